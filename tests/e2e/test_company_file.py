"""From the real company file to a mentee who sees their mentor, as people do it in the browser."""

import re

from playwright.sync_api import expect

from tests.e2e.steps import (
    accept_invitation,
    import_people,
    link_in,
    open_gate,
    policy_levels,
)

MENTEES, MENTORS = ("Director", "VP", "SVP", "CSuite"), ("Associate", "Individual Contributor")
ADDRESS = "mentee@meridian.example"


def test_company_file_becomes_pairs_and_a_mentee_sees_the_mentor(
    installation, manager, new_context, company_file
):
    import_people(manager, installation.url, company_file)
    open_cohort(manager)
    enroll_everybody(manager)
    open_gate(manager, "Open for matching", "Everybody was trained in person.")
    names = match_and_publish(manager)
    invite(manager, installation.url, names["mentee"])
    invitation = link_in(installation.inbox.newest(ADDRESS, "/people/invitation/"))

    mentee = new_context().new_page()
    mentee.set_default_timeout(60_000)
    accept_invitation(mentee, invitation)

    expect(mentee.get_by_role("main")).to_contain_text(names["mentor"])
    mentee.get_by_role("main").get_by_role("link", name=re.compile(names["mentor"])).first.click()
    expect(mentee.get_by_role("heading", level=1)).to_contain_text(names["mentor"].split()[0])


def open_cohort(page, *, mentors=MENTORS, mentees=MENTEES):
    page.get_by_role("navigation").get_by_role("link", name="Programs").click()
    page.get_by_role("main").get_by_role(
        "link", name=re.compile("program", re.IGNORECASE)
    ).first.click()
    page.get_by_label("Name").fill("Closer to younger customers")
    page.get_by_role("button", name="Start the program").click()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Policy").click()
    policy_levels(page, mentors=mentors, mentees=mentees)
    page.get_by_role("button", name="Save the policy").click()
    page.get_by_role("link", name=re.compile("cohort")).first.click()
    page.get_by_label("Name").fill("First cohort")
    page.get_by_label("Starts on").fill("2027-01-04")
    page.get_by_role("button", name="Open the cohort").click()


def enroll_everybody(page):
    for side in ("mentees", "mentors"):
        page.get_by_role("link", name=f"Add {side}").first.click()
        page.get_by_label("They have agreed already").check()
        page.get_by_role("button", name=re.compile(f"Add all .* {side}")).click()


def match_and_publish(page):
    """Run and publish; return the names of the first pair shown."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Matching").click()
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_text("No other assignment of these people can do better.")).to_be_visible(
        timeout=120_000
    )
    expect(page.get_by_role("main")).to_contain_text("320")
    page.get_by_role("button", name="Check it again").click()
    expect(page.get_by_text(re.compile("proven|holds", re.IGNORECASE)).first).to_be_visible()
    names = page.locator("li.pair").first.locator(".person__name").all_inner_texts()
    page.get_by_role("link", name="Publish now").click()
    confirm_unchecked(page)
    page.get_by_role("button", name="Publish and tell everybody").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("320")
    return {"mentor": names[0], "mentee": names[1]}


def confirm_unchecked(page):
    """The file has no reporting lines, so each rule that needs more asks for a yes and a reason."""
    rules = page.get_by_role("main").get_by_role("checkbox").all()
    assert rules
    for rule in rules:
        rule.check()
    page.locator("textarea").fill("The lists were compared with the managers of both sides.")


def invite(page, url, name):
    """As a directory administrator, set the sign-in address on the mentee's page and invite."""
    page.goto(f"{url}/people/")
    page.get_by_label("Name, e-mail or ID").fill(name)
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name=re.compile(name)).first.click()
    page.get_by_label("Sign-in address").fill(ADDRESS)
    page.get_by_role("button", name="Set the sign-in address").click()
    page.get_by_role("button", name="Send an invitation").click()
    expect(page.get_by_role("status")).to_contain_text("nvit")
