"""The pages in German: for everybody who looks, nothing of ours is left in English."""

import gettext
import html
import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.conftest import Client
from tests.security.walking import address, expected
from tests.security.world import make_world, routes

pytestmark = pytest.mark.django_db

CATALOG = Path(settings.LOCALE_PATHS[0], "de", "LC_MESSAGES", "django.mo")
ASKED = {"Accept-Language": "de-DE,de;q=0.9,en;q=0.5"}


PAGES = {}
"""As soon as they have been read; the tests only look at them."""


@pytest.fixture
def pages(run_jobs, settings, tmp_path):
    """The HTML of every page that somebody may read, by who reads it and the route."""
    if not PAGES:
        settings.IMPORTS_DIR = tmp_path
        world = make_world(run_jobs)
        for persona in world.personas:
            PAGES.update({(persona.name, route): page for route, page in read(world, persona)})
    return PAGES


def read(world, persona):
    client = Client(headers=ASKED)
    if persona.person:
        client.force_login(persona.person)
    for route, names in routes():
        if route == "account_logout" or expected(persona, route, "GET") != "in":
            continue
        answer = client.get(address(world, route, names))
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            yield route, answer.content.decode()


def words_of(page):
    """What somebody sees or hears of a page, on one line, but for what is marked as English."""
    page = re.sub(r'(?s)<(article|textarea)\b[^>]*\blang="en"[^>]*>.*?</\1>', " ", page)
    spoken = re.findall(r'\b(?:aria-label|placeholder|title|alt)="([^"]*)"', page)
    text = " ".join([re.sub(r"<[^>]*>", " ", page), *spoken])
    return " ".join(html.unescape(text).split())


def english_texts():
    """Pieces of at least three words of every text that says something else in German."""
    with CATALOG.open("rb") as file:
        texts = gettext.GNUTranslations(file)._catalog  # noqa: SLF001 -- the only way to all of them
    for text, german in texts.items():
        english = text[0] if isinstance(text, tuple) else text
        for piece in re.split(r"%\(\w+\)\w|%%|<[^>]*>", english):
            plain = " ".join(piece.split()).strip(" ,.;:?!…")
            if len(plain.split()) > 2 and plain not in german:
                yield plain


def test_no_page_holds_a_text_of_ours_in_english(pages):
    english = re.compile("|".join(rf"\b{re.escape(text)}\b" for text in set(english_texts())))

    left = {where: english.findall(words_of(page)) for where, page in pages.items()}

    assert len(pages) > 120
    assert {where: texts for where, texts in left.items() if texts} == {}


def test_every_page_says_that_it_is_german(pages):
    whole = [page for page in pages.values() if "<html" in page]

    assert len(whole) > 120
    assert all('<html lang="de"' in page for page in whole)


def test_headlines_dates_and_numbers_are_german(pages):
    words = {where: words_of(page) for where, page in pages.items()}

    assert "Schön, Sie zu sehen" in words["anonymous", "account_login"]
    day = r"\d+\. [A-Zä-ü]\w+ 20\d\d"
    assert re.search(f"{day} bis {day}", words["manager", "programs:cohort_detail"])
    assert re.search(r"Summe \d\.\d{3} Punkte", words["manager", "pairs:run_detail"])


def test_no_comment_of_a_template_is_shown(pages):
    assert [where for where, page in pages.items() if "{#" in page or "{%" in page] == []
