"""Every page of the resolver in a real browser: for everybody to use, and pictures to look at.

Each page is opened by one person who may, wide and narrow, light and dark. The pictures are kept in
``var/screens/``.
"""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.security.browsing import cookies_of
from tests.security.walking import address, is_for
from tests.security.world import make_world, routes
from upwell.core.access import table

pytestmark = pytest.mark.django_db(transaction=True)

SCREENS = Path(__file__).parents[2] / "var" / "screens"
WHO = (
    *("manager", "administrator", "mentee", "mentor", "executive owner", "concern contact"),
    "anonymous",
)
WIDTHS = {1280: 800, 390: 844}
SCHEMES = ("light", "dark")
STANDARD = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
WATCH = """
window.__reports = [];
document.addEventListener("securitypolicyviolation", (event) =>
    window.__reports.push(event.violatedDirective + " " + event.blockedURI));
"""
LOOK = """() => ({
    headings: document.querySelectorAll("h1").length,
    title: document.title.trim(),
    wider: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    reports: window.__reports,
})"""


@pytest.fixture(scope="module", autouse=True)
def screens():
    shutil.rmtree(SCREENS, ignore_errors=True)
    SCREENS.mkdir(parents=True)


@pytest.fixture
def world(transactional_db, run_jobs, settings, tmp_path):
    settings.IMPORTS_DIR = settings.DATA_DIR = tmp_path
    return make_world(run_jobs)


def pages_by_person(world):
    """The address of every page by its route, for the first of ``WHO`` who may open it."""
    personas = {one.name: one for one in world.personas}
    found = {name: {} for name in WHO}
    for route, names in routes():
        for name in WHO:
            entries = [one for one in table().get(route, ()) if "GET" in one.methods]
            is_strangers = route.startswith("account_") and "everybody" in {
                audience.code for entry in entries for audience in entry.audiences
            }
            if is_strangers and name != "anonymous":
                continue
            if any(is_for(personas[name], entry) for entry in entries):
                found[name][route] = address(world, route, names)
                break
    return [(personas[name], pages) for name, pages in found.items()]


def faults_of(page, *, axe=None):
    seen = page.evaluate(LOOK)
    if seen["headings"] != 1:
        yield f"{seen['headings']} main headings"
    if not seen["title"]:
        yield "no title"
    if seen["wider"] > 0:
        yield f"{seen['wider']} px wider than the window"
    yield from (f"policy: {report}" for report in seen["reports"])
    if axe:
        for violation in axe.run(page, options=STANDARD).response["violations"]:
            where = "; ".join(str(node["target"]) for node in violation["nodes"][:3])
            yield f"axe {violation['id']}: {where}"


@dataclass(frozen=True)
class Window:
    """How wide a page is opened, and in which scheme."""

    width: int
    scheme: str

    def of(self, browser):
        return browser.new_context(
            viewport={"width": self.width, "height": WIDTHS[self.width]},
            color_scheme=self.scheme,
            reduced_motion="reduce",
        )


def visit(browser, server, persona, pages, window):
    """The faults of somebody's pages in a window, and which routes they are of."""
    context, axe = window.of(browser), Axe()
    context.set_default_timeout(20_000)
    cookies = cookies_of(persona.person)
    context.add_cookies([{"name": n, "value": v, "url": server.url} for n, v in cookies])
    page = context.new_page()
    page.add_init_script(WATCH)
    said = []
    page.on("console", lambda m: said.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    faults, opened = [], set()
    for route, path in pages.items():
        answer = context.request.get(server.url + path)
        if answer.status != 200 or "text/html" not in answer.headers["content-type"]:
            continue
        said.clear()
        page.goto(server.url + path, wait_until="load")
        found = [*faults_of(page, axe=axe), *(f"console: {text}" for text in said)]
        name = f"{route.replace(':', '.')}-{window.width}-{window.scheme}"
        faults += [f"{name} ({persona}): {fault}" for fault in found]
        page.screenshot(path=SCREENS / f"{name}.png", full_page=True)
        opened.add(route)
    context.close()
    return faults, opened


def test_every_page_is_for_everybody_to_use(world, browser, live_server, capsys):
    windows = [Window(width, scheme) for width in WIDTHS for scheme in SCHEMES]
    faults, opened = [], set()

    for persona, pages in pages_by_person(world):
        for window in windows:
            wrong, seen = visit(browser, live_server, persona, pages, window)
            faults += wrong
            opened |= seen

    with capsys.disabled():
        sys.stdout.write(
            f"\nPages: {len(opened)} pages, each at {len(WIDTHS)} widths, light and dark:"
            f" {len(faults)} faults; pictures in var/screens\n"
        )
    assert faults == []
    assert len(opened) > 35


def test_menu_and_search_are_for_everybody_when_open(world, browser, live_server):
    manager = next(one for one in world.personas if one.name == "manager")
    found = []
    for window in (Window(width, scheme) for width in WIDTHS for scheme in SCHEMES):
        context, name = window.of(browser), f"{window.width}-{window.scheme}.png"
        cookies = cookies_of(manager.person)
        context.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in cookies])
        page = context.new_page()
        page.add_init_script(WATCH)
        page.goto(live_server.url, wait_until="load")
        if window.width == 390:
            page.click(".menu__button")
            page.screenshot(path=SCREENS / f"menu-{name}")
            found += faults_of(page, axe=Axe())
            page.keyboard.press("Escape")
        page.keyboard.press("Control+k")
        page.keyboard.type("a")
        page.wait_for_selector("dialog[open] a[href]")
        page.screenshot(path=SCREENS / f"search-{name}")
        found += faults_of(page, axe=Axe())
        context.close()

    assert found == []


def test_a_page_that_is_not_for_everybody_is_found(page):
    page.add_init_script(WATCH)
    html = (
        '<h1>One</h1><h1>Two</h1><img src="x"><p style="width: 4000px">Wide</p>'
        '<p style="color: #999; background: #fff">Pale</p>'
    )
    page.goto(f"data:text/html,{quote(html)}")

    found = " ".join(faults_of(page, axe=Axe()))

    for fault in ("2 main headings", "no title", "px wider", "image-alt", "color-contrast"):
        assert fault in found
