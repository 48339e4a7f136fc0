"""People choose whom they would like to learn with: two who both say yes, and orders of lists."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.steps import import_people, link_in, open_gate, policy_levels, sign_in_by_code
from tests.e2e.test_company_file import confirm_unchecked, enroll_everybody
from tests.e2e.test_open_call import give_addresses, heading

PEOPLE = (
    "Employee ID,Name,E-mail,Level\n"
    "E1,Ada Fern,ada@meridian.example,Associate\nE2,Ben Reed,ben@meridian.example,Associate\n"
    "E3,Vera Stone,vera@meridian.example,Director\nE4,Omar Kay,omar@meridian.example,Director\n"
)


@pytest.fixture
def company(manager, installation, tmp_path):
    """Four people who can sign in, in the directory of the first person's page."""
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE)
    import_people(manager, installation.url, path)
    give_addresses(manager, installation.url)
    return manager


@pytest.fixture
def list_of(installation, new_context):
    """The short list of somebody, by the link of the message that tells them of it."""

    def opened(name):
        address = f"{name}@meridian.example"
        page = new_context().new_page()
        page.set_default_timeout(60_000)
        page.goto(link_in(installation.inbox.newest(address, "your short list is ready")))
        sign_in_by_code(page, installation.inbox, address)
        expect(heading(page)).to_have_text("Choose whom you would like to learn with")
        return page

    return opened


def test_two_who_choose_each_other_are_a_pair_and_the_rest_is_matched(company, list_of):
    let_people_choose(company, "chosen")
    ada, vera = list_of("ada"), list_of("vera")
    assert "Vera Stone" not in ada.content()

    choose_everybody(ada)
    choose_everybody(vera)

    expect(heading(vera)).to_have_text("You have found each other")
    vera.get_by_role("link", name="Open your pair").click()
    expect(heading(vera)).to_contain_text("Ada")
    see_matching(company)
    expect(main(company)).to_contain_text("1 pair has come about so far")
    close_it(company)
    run_and_publish(company)
    expect(main(company)).to_contain_text("chosen by both")
    expect(heading(company)).to_contain_text("2 pairs")


def test_orders_of_lists_count_in_the_run_that_is_published(company, list_of):
    let_people_choose(company, "ranked")
    ada, omar = list_of("ada"), list_of("omar")

    put_in_order(ada)
    put_in_order(omar)

    see_matching(company)
    expect(main(company)).to_contain_text("Who has chosen, and whom, is told to nobody.")
    close_it(company)
    expect(main(company)).to_contain_text("The order itself is told to nobody.")
    run_and_publish(company)
    expect(heading(company)).to_contain_text("2 pairs")
    ada.reload()
    expect(heading(ada)).to_have_text("Choosing is over")


def main(page):
    return page.get_by_role("main")


def see_matching(page):
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Matching").click()


def let_people_choose(page, way):
    """A cohort in which everybody has agreed, open for matching, whose lists are made."""
    page.get_by_role("navigation").get_by_role("link", name="Programs").click()
    main(page).get_by_role("link", name=re.compile("program", re.IGNORECASE)).first.click()
    page.get_by_label("Name").fill("Fresh eyes")
    page.get_by_role("button", name="Start the program").click()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Policy").click()
    policy_levels(page, mentors=["Associate"], mentees=["Director"])
    page.get_by_label("Levels between the two").fill("1")
    page.locator(f"[name='choosing'][value='{way}']").check()
    page.get_by_role("button", name="Save the policy").click()
    page.get_by_role("link", name=re.compile("cohort")).first.click()
    page.get_by_label("Name").fill("First cohort")
    page.get_by_label("Starts on").fill("2027-01-04")
    page.get_by_role("button", name="Open the cohort").click()
    enroll_everybody(page)
    open_gate(page, "Open for matching", "Everybody was trained in person.")
    see_matching(page)
    page.get_by_role("button", name="Let people choose").click()
    expect(page.get_by_role("heading", name="People choose until")).to_be_visible(timeout=60_000)


def choose_everybody(page):
    """Say yes to all on the list who can still be chosen, and yes where it is asked again."""
    button = page.get_by_role("button", name=re.compile("^I would like"))
    messages = page.locator("#messages")
    while button.count():
        button.first.click()
        expect(messages.or_(page.get_by_text("somebody else has nobody left"))).to_be_visible()


def put_in_order(page):
    """Everybody, and then the last one first."""
    for place in (1, 2):
        page.get_by_role("button", name=re.compile("^Add colleague")).first.click()
        expect(page.get_by_text(f"choice {place}", exact=True)).to_be_visible()
    last = page.locator("ol > li").last.get_by_role("heading").inner_text()
    page.get_by_role("button", name=re.compile("^Move colleague . up")).last.click()
    expect(page.locator("ol > li").first.get_by_role("heading")).to_have_text(last)


def close_it(page):
    page.get_by_text("Close it sooner").click()
    page.get_by_role("button", name="Close it now").click()
    expect(page.get_by_role("heading", name="People have chosen")).to_be_visible()


def run_and_publish(page):
    page.get_by_role("button", name="Find the best pairs").click()
    page.get_by_role("link", name="Publish now").click(timeout=120_000)
    confirm_unchecked(page)
    page.get_by_role("button", name="Publish and tell everybody").click()
    expect(page.locator("#messages")).to_contain_text("Published.")
