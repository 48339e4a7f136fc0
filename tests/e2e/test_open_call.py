"""A volunteer on a phone: from the address on a poster to the roster, and off it again."""

import time

import pytest
from playwright.sync_api import expect

from tests.e2e.steps import (
    import_people,
    sign_in_by_code,
)

PHONE = {"width": 390, "height": 844}
PEOPLE = (
    "Employee ID,Name,E-mail,Level\n"
    "E1,Ada Fern,ada@meridian.example,Associate\nE2,Ben Reed,ben@meridian.example,Director\n"
)
TWO_MINUTES = 120


@pytest.fixture
def people_file(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE)
    return path


def test_a_volunteer_says_that_they_are_willing(installation, manager, new_context, people_file):
    import_people(manager, installation.url, people_file)
    give_addresses(manager, installation.url)
    address = open_call(manager)
    page = new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    page.set_default_timeout(60_000)

    sign_in_on_the_way(page, address, installation.inbox)
    began = time.monotonic()
    page.get_by_label("as a mentor").check()
    page.get_by_label("First topic").select_option(label="Short video")
    page.get_by_label("How well").first.select_option(label="very well")
    page.get_by_label("the next one, or a later one").check()
    assert is_as_wide_as_the_phone(page)
    page.get_by_role("button", name="I am willing").click()

    expect(heading(page)).to_have_text("You are willing to be a mentor in Fresh eyes")
    expect(page.get_by_role("main")).to_contain_text("Short video")
    assert time.monotonic() - began < TWO_MINUTES
    manager.get_by_role("link", name="See the roster").click()
    expect(heading(manager)).to_have_text("1 person is willing")

    page.get_by_role("button", name="Take it back").click()

    expect(heading(page)).to_have_text("Are you willing to take part in Fresh eyes?")
    manager.reload()
    expect(heading(manager)).to_have_text("Nobody is on the roster yet")


def heading(page):
    return page.get_by_role("heading", level=1)


def give_addresses(page, url):
    """Everybody signs in with the address of the file; nobody is invited."""
    page.goto(f"{url}/people/sign-in-addresses/")
    page.get_by_role("checkbox").uncheck()
    page.get_by_role("button", name="Use these as sign-in addresses").click()
    expect(page.get_by_role("status")).to_be_visible()


def open_call(page):
    """Start a program, open its call, and return the address."""
    page.get_by_role("navigation").get_by_role("link", name="Programs").click()
    page.get_by_role("main").get_by_role("link", name="program").first.click()
    page.get_by_label("Name").fill("Fresh eyes")
    page.get_by_label("younger customers").check()
    page.get_by_role("button", name="Start the program").click()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Cohorts").click()
    page.get_by_role("link", name="Open call").click()
    page.get_by_role("button", name="Open the call").click()
    return page.locator("a[href^='/call/']").inner_text()


def sign_in_on_the_way(page, address, inbox):
    """Whoever scans the poster signs in with an e-mailed code, and comes back to the call."""
    page.goto(address)
    sign_in_by_code(page, inbox, "ada@meridian.example")
    expect(heading(page)).to_have_text("Are you willing to take part in Fresh eyes?")


def is_as_wide_as_the_phone(page):
    return page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
