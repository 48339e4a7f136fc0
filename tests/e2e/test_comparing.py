"""Two runs of a cohort, one under other rules, held side by side; one of them is used."""

import re

from playwright.sync_api import expect

from tests.e2e.steps import import_people, open_gate
from tests.e2e.test_company_file import confirm_unchecked, enroll_everybody, open_cohort

PEOPLE = (
    "Employee ID,Name,E-mail,Level,Unit,Manager ID\n"
    "E1,Iris Holt,iris@meridian.example,CSuite,Board,\n"
    "E2,Vera Stone,vera@meridian.example,Director,Sales,E1\n"
    "E3,Omar Kay,omar@meridian.example,VP,Finance,E1\n"
    "E4,Bo Lind,bo@meridian.example,SVP,Legal,E1\n"
    "E5,Ada Fern,ada@meridian.example,Associate,Sales,E4\n"
    "E6,Ben Reed,ben@meridian.example,Associate,Sales,E4\n"
    "E7,Cleo Marsh,cleo@meridian.example,Individual Contributor,Sales,E4\n"
)


def main(page):
    return page.get_by_role("main")


def heading(page):
    return page.get_by_role("heading", level=1)


def wait_for_result(page):
    expect(page.get_by_text(re.compile("^No other assignment .* can do better"))).to_be_visible(
        timeout=120_000
    )


def see_runs(page):
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Matching").click()


def test_runs_are_compared_and_the_one_under_other_rules_is_published(
    installation, manager, tmp_path
):
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE)
    import_people(manager, installation.url, path)
    open_cohort(manager)
    enroll_everybody(manager)
    open_gate(manager, "Open for matching", "Everybody was trained in person.")

    see_runs(manager)
    main(manager).get_by_role("button", name="Find the best pairs").click()
    wait_for_result(manager)
    first = decide_by_hand(manager)
    try_other_rules(manager)
    compare(manager)
    use(manager, "Run 2")

    expect(heading(manager)).not_to_contain_text("Publish")
    expect(main(manager)).to_contain_text(first)


def decide_by_hand(page):
    """Keep the first pair together, wherever the next run would put its two; return who mentors."""
    pair = page.locator("li.pair").first
    name = pair.locator(".person__name").first.inner_text()
    pair.get_by_role("button", name="Keep this pair").click()
    expect(pair).to_contain_text("Kept together from the next run on")
    main(page).get_by_role("link", name="Decided by hand").click()
    expect(heading(page)).to_have_text("1 couple decided by hand")
    return name


def try_other_rules(page):
    see_runs(page)
    page.get_by_role("link", name="Try other rules").click()
    page.get_by_label("A short name").fill("More topics")
    page.locator("[name='preferences.topics']").fill("90")
    page.get_by_role("button", name="Start a run under these rules").click()
    wait_for_result(page)
    expect(main(page).get_by_role("list")).not_to_have_count(0)
    expect(page.get_by_text("Topics: 90 instead of 50.")).to_be_visible()


def compare(page):
    see_runs(page)
    expect(main(page)).to_contain_text("More topics")
    for number in (1, 2):
        page.get_by_role("checkbox", name=f"Run {number}").check()
    page.get_by_role("button", name="Hold those ticked side by side").click()
    expect(heading(page)).to_have_text("2 runs side by side")
    table = main(page).get_by_role("region", name="What each comes to")
    expect(table.get_by_role("row").filter(has_text="Decided by hand")).to_contain_text(
        "1 together, 0 apart"
    )
    expect(page.locator("figure.chart svg").first).to_be_visible()


def use(page, run):
    page.get_by_role("link", name=re.compile(f"Use this one.*{run}")).click()
    if page.locator("textarea").count():
        confirm_unchecked(page)
    page.get_by_role("button", name="Publish and tell everybody").click()
    expect(page.get_by_role("status")).to_contain_text("Published.")
