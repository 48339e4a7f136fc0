"""Without a mouse: everything can be reached, what has the focus is seen, and the main paths go."""

import sys
from contextlib import contextmanager

import pytest
from django.urls import reverse

from tests.e2e.test_every_page import pages_by_person
from tests.security.browsing import cookies_of
from tests.security.world import make_world
from upwell.pairs.models import BlockList, MatchRun, Pair
from upwell.people.models import Person
from upwell.programs.models import Cohort, Program

pytestmark = pytest.mark.django_db(transaction=True)

MOST_STOPS = 400
# Numbers what can be reached; of a group of radio buttons one stands for all.
REACHABLE = """() => {
    const groups = new Set();
    const found = [];
    const asked = "a[href], button, input, select, textarea, summary, [tabindex='0']";
    for (const element of document.querySelectorAll(asked)) {
        const isSeen = element.checkVisibility({ visibilityProperty: true });
        if (!isSeen || element.disabled || element.type === "hidden" || element.tabIndex < 0)
            continue;
        if (element.type === "radio") {
            const group = element.name + (element.form ? element.form.action : "");
            if (groups.has(group)) continue;
            groups.add(group);
            for (const other of document.getElementsByName(element.name))
                other.dataset.stop = found.length;
        }
        element.dataset.stop = found.length;
        found.push(element.outerHTML.slice(0, 90));
    }
    return found;
}"""
STARTS_IN_FIELD = "() => document.activeElement !== document.body"
# The number of what has the focus, and whether that can be seen on it or around it.
FOCUSED = """() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const stop = element.closest("[data-stop]");
    const shows = (one) => {
        const style = getComputedStyle(one);
        return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
            || style.boxShadow !== "none";
    };
    const around = [element, element.parentElement, ...(element.labels || [])];
    return { stop: stop ? Number(stop.dataset.stop) : -1, isSeen: around.some(shows) };
}"""


@pytest.fixture
def world(transactional_db, run_jobs, settings, tmp_path):
    settings.IMPORTS_DIR = settings.DATA_DIR = tmp_path
    return make_world(run_jobs)


@contextmanager
def page_of(browser, server, person):
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    context.set_default_timeout(20_000)
    cookies = cookies_of(person)
    context.add_cookies([{"name": n, "value": v, "url": server.url} for n, v in cookies])
    try:
        yield context.new_page()
    finally:
        context.close()


def faults_of(page):
    """What cannot be reached with Tab, or does not show that it has the focus."""
    reachable = page.evaluate(REACHABLE)
    reached, seen = set(), set()
    # Where a field has the focus from the start, what stands before it is reached backwards.
    for key in ("Tab", "Shift+Tab") if page.evaluate(STARTS_IN_FIELD) else ("Tab",):
        for _stop in range(MOST_STOPS):
            page.keyboard.press(key)
            focused = page.evaluate(FOCUSED)
            if focused is None:
                break
            reached.add(focused["stop"])
            if focused["isSeen"]:
                seen.add(focused["stop"])
    missed = [text for stop, text in enumerate(reachable) if stop not in reached]
    hidden = [reachable[stop] for stop in reached - seen if stop >= 0]
    return [*(f"not reached: {one}" for one in missed), *(f"not seen: {one}" for one in hidden)]


def test_everything_on_every_page_is_reached_and_seen(world, browser, live_server, capsys):
    faults, opened = [], 0

    for persona, pages in pages_by_person(world):
        with page_of(browser, live_server, persona.person) as page:
            for route, path in pages.items():
                answer = page.context.request.get(live_server.url + path)
                if answer.status != 200 or "text/html" not in answer.headers["content-type"]:
                    continue
                page.goto(live_server.url + path, wait_until="load")
                faults += [f"{route} ({persona}): {fault}" for fault in faults_of(page)]
                opened += 1

    with capsys.disabled():
        sys.stdout.write(f"\nKeyboard: {opened} pages, {len(faults)} faults\n")
    assert faults == []
    assert opened > 35


def test_what_the_keyboard_does_not_reach_is_found(page):
    page.set_content(
        '<a href="/x" style="outline: none">Unseen</a><button>Seen</button>'
        "<button onfocus='this.blur()'>Never</button>"
    )

    found = " ".join(faults_of(page))

    assert "not seen: <a" in found
    assert "Never" in found


def tab_to(page, selector):
    """Go on with Tab until something has the focus."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("(asked) => document.activeElement.matches(asked)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector} on {page.url}")


def follow(page, path):
    tab_to(page, f'a[href="{path}"]')
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{path}")


def test_manager_goes_from_home_to_the_reasons_of_a_run(world, browser, live_server):
    ids, manager = world.ids, next(one for one in world.personas if one.name == "manager")
    with page_of(browser, live_server, manager.person) as page:
        page.goto(live_server.url)

        follow(page, reverse("programs:program_list"))
        follow(page, reverse("programs:program_detail", args=[ids[Program]]))
        follow(page, reverse("programs:cohort_detail", args=[ids[Cohort]]))
        follow(page, reverse("pairs:pair_list", args=[ids[Cohort]]))
        page.goto(live_server.url + reverse("pairs:run_detail", args=[ids[MatchRun]]))
        follow(page, reverse("pairs:run_why_not", args=[ids[MatchRun]]))
        tab_to(page, "input[name=mentor]")

        assert page.evaluate("document.activeElement.labels[0].textContent").strip() == "Mentor"


def test_somebody_is_found_by_typing_alone(world, browser, live_server):
    manager = next(one for one in world.personas if one.name == "manager")
    person = Person.objects.get(pk=world.ids[Person])
    with page_of(browser, live_server, manager.person) as page:
        page.goto(live_server.url)

        page.keyboard.press("Control+k")
        page.wait_for_selector("dialog[open]")
        page.keyboard.press("Escape")
        page.wait_for_selector("dialog[open]", state="detached")
        back = page.wait_for_selector(":focus[data-opens]")  # once the dialog has said it is closed
        back_at = back.get_attribute("data-opens")
        page.keyboard.press("Control+k")
        page.keyboard.type(person.name)
        page.wait_for_selector(f'dialog a[href="{person.get_absolute_url()}"]')
        while page.evaluate("document.activeElement.pathname") != person.get_absolute_url():
            page.keyboard.press("ArrowDown")
        with page.expect_navigation():
            page.keyboard.press("Enter")

        assert back_at == "search"
        assert page.inner_text("h1") == person.name


def test_mentor_opens_the_pair_and_asks_to_be_kept_apart(world, browser, live_server):
    mentor = next(one for one in world.personas if one.name == "mentor").person
    BlockList.objects.all().delete()
    stranger = Person.objects.exclude(pk=mentor.pk).filter(is_active=True).first()
    with page_of(browser, live_server, mentor) as page:
        page.goto(live_server.url)

        follow(page, Pair(pk=world.ids[Pair]).get_absolute_url())
        page.goto(live_server.url)
        follow(page, reverse("pairs:block_list"))
        tab_to(page, "input[name=colleague]")
        page.keyboard.type(stranger.contact_email)
        page.keyboard.press("Enter")
        page.wait_for_selector(f"text={stranger.contact_email}")
        tab_to(page, "button[aria-label]")
        page.keyboard.press("Enter")
        page.wait_for_selector("text=Taken off your list.")

        assert BlockList.objects.get().blocks == []
