"""Both sides are asked, one says "someone else, please", and a publication is stopped once."""

import re
import sqlite3
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.e2e.steps import import_people, link_in, open_gate, sign_in_by_code
from tests.e2e.test_company_file import confirm_unchecked, enroll_everybody
from tests.e2e.test_launch import open_cohort, start_from_template
from tests.e2e.test_open_call import give_addresses, heading

MENTEES = ("Vera Stone", "Omar Kay", "Iris Holt")
PEOPLE = (
    "Employee ID,Name,E-mail,Level,Unit,Team,Manager ID\n"
    "E1,Lea Board,lea@meridian.example,CEO,Board,Board,\n"
    "E2,Vera Stone,vera@meridian.example,Director,Sales,North,E1\n"
    "E3,Omar Kay,omar@meridian.example,Director,Sales,South,E1\n"
    "E4,Iris Holt,iris@meridian.example,Director,Sales,West,E1\n"
    "E5,Bo Lind,bo@meridian.example,Manager,Finance,Books,E1\n"
    "E6,Ada Fern,ada@meridian.example,Associate,Finance,Tax,E5\n"
    "E7,Ben Reed,ben@meridian.example,Associate,Finance,Tax,E5\n"
    "E8,Cleo Marsh,cleo@meridian.example,Associate,Finance,Tax,E5\n"
)


@pytest.fixture
def variables():
    return {"UPWELL_STOP_MINUTES": "15"}


@pytest.fixture
def manager(manager, installation, tmp_path):
    """A page of the first person, who has a cohort that can be matched."""
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE)
    import_people(manager, installation.url, path)
    give_addresses(manager, installation.url)
    start_from_template(manager, "Fresh eyes", "younger customers")
    manager.get_by_role("navigation", name="Main").get_by_role("link", name="Launch").click()
    open_cohort(manager, "First cohort")
    enroll_everybody(manager)
    open_gate(manager, "Open for matching", "Everybody was trained in person.")
    return manager


def test_both_sides_are_asked_and_a_publication_is_stopped(installation, manager, new_context):
    run = first_run(manager)
    before = pairs_on(manager)
    ask_both_sides(manager)

    mentee = new_context().new_page()
    mentee.set_default_timeout(60_000)
    refused = say_no(mentee, installation.inbox, before)
    manager.reload()
    expect(main(manager)).to_contain_text("Both sides are being asked")
    expect(main(manager)).to_contain_text("whether anybody does is shown to nobody")

    end_previews(installation.folder)
    text = installation.inbox.newest("robin@meridian.example", "changes the fewest", within=60)
    manager.goto(link_in(text))
    expect(main(manager)).to_contain_text(
        "Run 2, after the preview: 2 pairs changed", timeout=60_000
    )
    after = pairs_on(manager)
    assert refused not in after
    assert (len(after), len(before & after)) == (3, 1)
    assert manager.url != run

    publish(manager)
    expect(main(manager)).to_contain_text("Published. Messages go at")
    expect(mentee_home(mentee, installation.url)).not_to_contain_text("See how to reach")
    manager.get_by_role("button", name="Stop").click()
    expect(manager.get_by_role("status")).to_contain_text("Stopped. Nobody was told")

    publish(manager)
    let_messages_go(installation.folder)
    installation.inbox.newest("vera@meridian.example", "You are the mentee", within=60)
    expect(mentee_home(mentee, installation.url)).to_contain_text("You are the mentee")
    manager.reload()
    expect(main(manager)).not_to_contain_text("Messages go at")


def main(page):
    return page.get_by_role("main")


def first_run(page):
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Matching").click()
    page.get_by_role("button", name="Find the best pairs").click()
    expect(heading(page)).to_have_text("Every mentee has a mentor", timeout=60_000)
    return page.url


def pairs_on(page):
    """Mentor and mentee of each pair on the page."""
    rows = page.locator("li.pair").all()
    return {tuple(row.locator(".person__name").all_inner_texts()) for row in rows}


def ask_both_sides(page):
    main(page).get_by_role("link", name="Ask both sides first").first.click()
    expect(heading(page)).to_have_text("Ask 6 people whether it fits?")
    page.get_by_role("button", name="Ask both sides").click()
    expect(page.get_by_role("status")).to_contain_text("is being asked by e-mail")


def say_no(page, inbox, pairs):
    """As Vera, who follows the link of her message; returns the pair that she does not want."""
    (pair,) = (two for two in pairs if two[1] == "Vera Stone")
    page.goto(link_in(inbox.newest("vera@meridian.example", f"{pair[0]} in mind for you")))
    sign_in_by_code(page, inbox, "vera@meridian.example")
    expect(heading(page)).to_have_text("Whom we have in mind for you")
    expect(main(page)).to_contain_text(pair[0])
    page.get_by_role("button", name=f"Someone else than {pair[0]}, please").click()
    expect(page.get_by_role("status")).to_contain_text("nobody is told")
    return pair


def mentee_home(page, url):
    page.goto(url)
    return main(page)


def publish(page):
    page.get_by_role("link", name="Publish these pairs").click()
    confirm_unchecked(page)
    page.get_by_role("button", name="Publish and tell everybody").click()
    expect(heading(page)).to_have_text(re.compile("3 pairs in First cohort"))


def end_previews(folder):
    change(folder, "UPDATE pairs_preview SET closes_at = ?")


def let_messages_go(folder):
    change(folder, "UPDATE pairs_matchrun SET told_from = ? WHERE told_from IS NOT NULL")
    change(folder, "UPDATE pairs_pair SET shown_from = ?")
    change(folder, "UPDATE delivery_outboxmessage SET next_attempt_at = ? WHERE state = 'waiting'")


def change(folder, statement):
    """As if it were that late already."""
    (path,) = (one for one in folder.rglob("upwell.sqlite3"))
    now = datetime.now(UTC).replace(tzinfo=None).isoformat(sep=" ")
    with sqlite3.connect(path, timeout=30) as database:
        database.execute(statement, [now])
    database.close()
