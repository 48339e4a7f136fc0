"""A mentor and a mentee on a phone: from the invitation to the yes."""

import re
import time
from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from tests.e2e.steps import accept_invitation, import_people, open_gate
from tests.e2e.test_open_call import PHONE, give_addresses, heading, is_as_wide_as_the_phone

PEOPLE = (
    "Employee ID,Name,E-mail,Level,Manager ID\n"
    "E1,Ada Fern,ada@meridian.example,Associate,E3\n"
    "E2,Vera Stone,vera@meridian.example,VP,\n"
    "E3,Bo Lind,bo@meridian.example,Manager,\n"
    "E4,Kim Ode,kim@meridian.example,Associate,E3\n"
)
TWO_MINUTES, FIVE_MINUTES = 120, 300
MOST_FIELDS = 8
SLOW = 180  # milliseconds a key, of somebody who types with two fingers
FIELDS = (
    "main form#enrollment :is(input:not([type=hidden]):not([type=checkbox]):not([type=radio]),"
    " textarea, select, fieldset, .field--check):visible"
)


@pytest.fixture
def manager(manager, installation, tmp_path):
    """A page of the first person, who has a program with a cohort that is open to both sides."""
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE)
    import_people(manager, installation.url, path)
    give_addresses(manager, installation.url)
    start_program(manager, installation.url)
    return manager


def start_program(page, url):
    """A program with a cohort that starts in a while, open to both sides."""
    page.goto(f"{url}/programs/new/")
    page.get_by_label("Name").fill("Fresh eyes")
    page.get_by_label("younger customers").check()
    page.get_by_role("button", name="Start the program").click()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Launch").click()
    page.get_by_role("main").get_by_role("link", name="Open a cohort").first.click()
    page.get_by_label("Name").fill("Spring")
    page.get_by_label("Starts on").fill(str(localdate() + timedelta(days=60)))
    page.get_by_role("button", name="Open the cohort").click()
    for gate in ("Open to mentees", "Open to mentors"):
        open_gate(page, gate, "Everything is settled by word of mouth.")


def invite(page, role, name):
    """Ask somebody whether they take part."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Cohorts").click()
    page.get_by_role("main").get_by_role("link", name="Spring").first.click()
    expect(page).to_have_url(re.compile("/cohorts/[0-9a-f-]{36}/"))
    cohort = page.url
    page.goto(f"{cohort}people/add/?role={role}&chosen=on&q={name.split()[0]}")
    page.get_by_role("checkbox", name=name).check()
    page.get_by_role("button", name="Add those ticked").click()
    page.goto(f"{cohort}people/")
    page.get_by_role("link", name=re.compile("^Invite")).click()
    page.get_by_role("button", name=re.compile("^Send")).click()
    return cohort


def opened_on_a_phone(new_context, inbox, address):
    """The page to which the link of the invitation leads, once its button is pressed."""
    page = new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    page.set_default_timeout(20_000)
    text = inbox.newest(address, "invites you to take part")
    accept_invitation(page, re.search(r"http\S+/invitation/\S+", text).group())
    page.get_by_role("main").get_by_role("link", name="Answer").first.click()
    return page


def type_slowly(page, label, words):
    field = page.get_by_label(label)
    field.click()
    field.press_sequentially(words, delay=SLOW)


def test_a_mentee_says_yes_on_one_screen_in_two_minutes(installation, manager, new_context):
    cohort = invite(manager, "mentee", "Vera Stone")
    page = opened_on_a_phone(new_context, installation.inbox, "vera@meridian.example")
    expect(heading(page)).to_have_text("Will you be mentored in Fresh eyes?")
    fields = page.locator(FIELDS).count()

    began = time.monotonic()
    type_slowly(page, "What do younger colleagues", "How people under 30 choose what they buy")
    page.get_by_role("group", name="What would you like to learn").get_by_role("checkbox").nth(
        0
    ).check()
    type_slowly(page, "Your assistant’s e-mail address", "kim@meridian.example")
    page.get_by_label("I promise this").check()
    page.get_by_role("button", name="Yes, I take part").click()
    expect(heading(page)).to_have_text("You take part in Fresh eyes")
    took = time.monotonic() - began

    assert fields <= MOST_FIELDS
    assert took < TWO_MINUTES
    assert is_as_wide_as_the_phone(page)
    assert "You take part in Fresh eyes" in installation.inbox.newest(
        "vera@meridian.example", "begins on"
    )
    say_how_to_reach(new_context, installation)
    manager.goto(f"{cohort}people/")
    expect(manager.get_by_role("row", name="Vera Stone")).to_contain_text("takes part")


def say_how_to_reach(new_context, installation):
    """The assistant, by a link that needs no sign-in."""
    text = installation.inbox.newest("kim@meridian.example", "as their assistant")
    page = new_context(viewport=PHONE).new_page()
    page.goto(re.search(r"http\S+/reach/\S+", text).group())
    expect(heading(page)).to_have_text("How can Vera Stone be reached?")
    page.get_by_label("Mobile phone").fill("+49 30 901820")
    page.get_by_role("button", name="Save").click()
    expect(heading(page)).to_have_text("Thank you, that is all")


def test_a_mentor_says_yes_in_five_minutes_and_finds_what_they_wrote(
    installation, manager, new_context
):
    cohort = invite(manager, "mentor", "Ada Fern")
    page = opened_on_a_phone(new_context, installation.inbox, "ada@meridian.example")
    expect(heading(page)).to_have_text("Will you mentor a senior leader in Fresh eyes?")

    began = time.monotonic()
    type_slowly(page, "What else interests you?", "Jazz and long trains")
    page.get_by_label("another generation").check()
    expect(page.locator("#saved")).to_contain_text("Saved.")
    page.reload()
    expect(page.get_by_label("What else interests you?")).to_have_value("Jazz and long trains")
    topics = page.get_by_role("group", name="What could you show a senior leader?")
    topics.get_by_role("checkbox").first.check()
    topics.get_by_role("combobox").first.select_option(label="very well")
    type_slowly(page, "What do you not want to be asked about?", "My family")
    page.get_by_label("My line manager may know").check()
    page.get_by_text("What Bo Lind would read").click()
    expect(page.get_by_text("Ada Fern has said yes to being a mentor")).to_be_visible()
    page.get_by_label("I promise this").check()
    page.get_by_role("button", name="Yes, I take part").click()
    expect(heading(page)).to_have_text("You take part in Fresh eyes")

    assert time.monotonic() - began < FIVE_MINUTES
    assert is_as_wide_as_the_phone(page)
    assert "Please let them have this time." in installation.inbox.newest("bo@meridian.example")
    manager.goto(f"{cohort}people/")
    expect(manager.get_by_role("row", name="Ada Fern")).to_contain_text("takes part")


def test_whoever_says_no_by_the_link_of_a_message_does_not_take_part(
    installation, manager, new_context
):
    cohort = invite(manager, "mentor", "Ada Fern")
    text = installation.inbox.newest("ada@meridian.example", "invites you to take part")
    page = new_context(viewport=PHONE).new_page()

    page.goto(re.search(r"http\S+/enrollments/no/\S+", text).group())
    page.get_by_role("button", name="Not this time, ask me for the next").click()

    expect(heading(page)).to_have_text("All right, not this time")
    manager.goto(f"{cohort}people/")
    row = manager.get_by_role("row", name="Ada Fern")
    expect(row).to_contain_text("not this time, ask for the next")
