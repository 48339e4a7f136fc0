"""From "New program" to "open to mentees", as a program manager does it in the browser."""

import pytest
from playwright.sync_api import expect

from tests.e2e.steps import import_people, open_gate

PEOPLE = (
    "Employee ID,Name,Level,Topics wanted\n"
    "E1,Ada Fern,Associate,\nE2,Ben Reed,Director,Games\nE3,Cleo Marsh,VP,Law\n"
)
WHY = "The guidelines stand in the intranet, and everybody signs them."


@pytest.fixture
def people_file(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE)
    return path


def test_a_new_program_is_opened_to_its_mentees(installation, manager, people_file):
    import_people(manager, installation.url, people_file)
    start_from_template(manager, "Fresh eyes", "younger customers")
    add_first_measure(manager)
    see_launch(manager)
    expect(heading(manager)).to_have_text("Fresh eyes: 1 of 10 steps is done")
    expect(manager.get_by_role("main")).to_contain_text("There is no cohort yet.")

    open_cohort(manager, "First cohort")
    see_launch(manager)
    expect(gate(manager, "Open to mentees")).to_contain_text(
        "2 of 4 done. Missing: Executive owner and Guidelines"
    )
    open_gate(manager, "Open to mentees", WHY)

    opened = gate(manager, "Open to mentees")
    expect(opened).to_contain_text("Missing at the time: Executive owner and Guidelines")
    expect(opened).to_contain_text(WHY)
    expect(gate(manager, "Open to mentors")).to_contain_text("closed")


def heading(page):
    return page.get_by_role("heading", level=1)


def gate(page, name):
    """The tile of a gate on the launch page."""
    title = page.get_by_role("heading", level=3, name=name, exact=True)
    return page.locator("section[id^=gate-]").filter(has=title)


def start_from_template(page, name, template):
    page.get_by_role("navigation").get_by_role("link", name="Programs").click()
    page.get_by_role("main").get_by_role("link", name="program").first.click()
    page.get_by_label("Name").fill(name)
    page.get_by_label(template).check()
    page.get_by_role("button", name="Start the program").click()


def add_first_measure(page):
    """The first that the template suggests, by the goal's page."""
    page.get_by_role("main").get_by_role("link", name="Use this").first.click()
    page.get_by_label("Baseline").fill("9")
    page.get_by_label("Target").fill("15")
    page.get_by_label("To be reached by").fill("2031-05-01")
    page.get_by_role("button", name="Add the measure").click()
    expect(page.get_by_role("main")).to_contain_text("From 9 to 15 % of new customers")


def see_launch(page):
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Launch").click()


def open_cohort(page, name):
    """By the link of the step that waits for one."""
    page.get_by_role("main").get_by_role("link", name="Open a cohort").first.click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Starts on").fill("2027-01-04")
    page.get_by_role("button", name="Open the cohort").click()
