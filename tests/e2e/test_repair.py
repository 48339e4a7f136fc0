"""A mentor is gone from the directory; the manager repairs, and only those affected read of it."""

import re
from itertools import chain

from playwright.sync_api import expect

from tests.e2e.steps import import_people, open_gate
from tests.e2e.test_company_file import enroll_everybody, open_cohort

MENTEES = ("Vera Stone", "Omar Kay", "Nils Berg")
MENTORS = ("Ada Fern", "Ben Reed", "Cleo Marsh", "Dan Moor")
HEAD = "Employee ID,Name,E-mail,Level,Manager ID\n"
TOPS = ("E1,Iris Holt,iris@meridian.example,SVP,", "E2,Bo Lind,bo@meridian.example,Manager,E1")


def people_file(path, *, without=""):
    sides = chain(
        ((name, "Director", "E1") for name in MENTEES),
        ((name, "Associate", "E2") for name in MENTORS),
    )
    rows = [
        f"E{number},{name},{address_of(name)},{level},{above}"
        for number, (name, level, above) in enumerate(sides, start=3)
        if name != without
    ]
    path.write_text(HEAD + "\n".join([*TOPS, *rows]) + "\n")
    return path


def address_of(name):
    return f"{name.partition(' ')[0].lower()}@meridian.example"


def main(page):
    return page.get_by_role("main")


def pairs_on(page):
    """Mentor by mentee, as the page of the pairs shows those under way."""
    found = {}
    for row in page.locator("li.pair").filter(has_text="End this pair").all():
        mentor, mentee = row.locator(".person__name").all_inner_texts()
        found[mentee] = mentor
    return found


def published(manager, installation, path):
    import_people(manager, installation.url, path)
    open_cohort(manager, mentors=("Associate",), mentees=("Director",))
    enroll_everybody(manager)
    open_gate(manager, "Open for matching", "Everybody was trained in person.")
    manager.get_by_role("navigation", name="Main").get_by_role("link", name="Matching").click()
    manager.get_by_role("button", name="Find the best pairs").click()
    manager.get_by_role("link", name="Publish now").click()
    for rule in main(manager).get_by_role("checkbox").all():
        rule.check()
    if reason := main(manager).locator("textarea").all():
        reason[0].fill("The lists were compared with the managers of both sides.")
    manager.get_by_role("button", name="Publish and tell everybody").click()
    expect(manager.get_by_role("heading", level=1)).to_contain_text("3 pairs")
    return pairs_on(manager)


def let_leave(page, url, path):
    """A whole file in which one person is not any more."""
    page.goto(f"{url}/people/import/")
    page.get_by_label("File", exact=True).set_input_files(path)
    page.get_by_role("radio", name=re.compile("whole", re.IGNORECASE)).check()
    page.get_by_role("button", name="Read the file").click()
    page.get_by_label("Yes, 1 person leaves").check(timeout=120_000)
    page.get_by_role("button", name="Bring them in").click()
    expect(page).to_have_url(re.compile("imported="), timeout=120_000)


def test_a_mentor_who_has_left_is_replaced_with_the_fewest_changes(installation, manager, tmp_path):
    before = published(manager, installation, people_file(tmp_path / "people.csv"))
    mentee, gone = next(iter(before.items()))
    (spare,) = set(MENTORS) - set(before.values())
    installation.inbox.newest(address_of(spare))
    let_leave(manager, installation.url, people_file(tmp_path / "later.csv", without=gone))
    written = len(installation.inbox.messages)

    manager.goto(installation.url)
    expect(main(manager)).to_contain_text("1 person has no counterpart any more")
    manager.get_by_role("link", name="Look for new counterparts").first.click()
    manager.get_by_role("button", name="Look for new counterparts").click()
    way = manager.get_by_role("region", name=re.compile("^Way 1: all other pairs stay"))
    expect(way).to_contain_text("2 people read of it in an e-mail. Nobody else hears of it.")
    way.get_by_role("button", name="Use this one").click()
    expect(manager.get_by_role("heading", level=1)).to_have_text("New counterparts were found")
    manager.get_by_role("link", name="See the pairs").click()
    expect(manager.locator("li.pair").filter(has_text="found since")).to_have_count(1)

    assert pairs_on(manager) == before | {mentee: spare}
    assert gone in installation.inbox.newest(address_of(mentee), f"{spare} is your mentor")
    installation.inbox.newest(address_of(spare), f"you and {mentee} are a pair")
    readers = {to for to, _message in installation.inbox.messages[written:]}
    assert readers == {address_of(mentee), address_of(spare)}
