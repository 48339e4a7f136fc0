"""Rules that every template and every stylesheet keeps."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.template.loader import render_to_string

SOURCE = Path(__file__).parents[2] / "src" / "upwell"
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))
PAGES = [path for path in TEMPLATES if not {"mail", "email"} & set(path.parts)]


def name_of(path):
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_pages_but_mails_hold_no_inline_style_or_script(path):
    text = path.read_text()

    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|javascript:", text)
    assert not re.search(r"<script(?![^>]*(src=|type=\"application/json\"))", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_part_with_a_form_is_given_what_its_form_needs(path):
    """With "only" a part sees nothing else, and its form would be refused for want of a token."""
    for name, rest in re.findall(r'{% include "([^"]+)"([^%]*)%}', path.read_text()):
        part = next((SOURCE.glob(f"*/templates/{name}")), None)
        if part and "only" in rest.split() and "{% csrf_token %}" in part.read_text():
            assert "csrf_token=csrf_token" in rest, name


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_long_texts_are_trimmed(path):
    assert not re.search(r"{% blocktranslate(?![^%]*trimmed)[^%]*%}\s*\n", path.read_text())


@pytest.mark.parametrize(
    "name",
    ["css/upwell.css", "js/dialog.js", "js/focus.js", "mark.svg", "fonts/figtree.woff2"],
)
def test_what_the_base_page_asks_for_is_there(name):
    assert finders.find(name)


def test_font_comes_with_its_license():
    assert (
        "SIL OPEN FONT LICENSE"
        in Path(finders.find("fonts/figtree-LICENSE.txt")).read_text().upper()
    )


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "405", "413", "429", "500"])
def test_error_pages_need_nothing_and_lead_home(name):
    html = render_to_string(f"{name}.html")

    assert re.search(r"<h1>[^<]+</h1>", html)
    assert '<a class="button button--primary" href="/">' in html


def test_meter_gives_each_part_its_share_and_its_words():
    parts = [
        {"kind": "strong", "label": "strong", "count": 3},
        {"kind": "weak", "label": "weak", "count": 0},
    ]

    html = render_to_string("components/meter.html", {"parts": parts, "total": 3})

    assert re.findall(r'width="(\d+)"', html) == ["30000", "1"]
    assert re.findall(r">(\d+ \w+)</span>", html) == ["3 strong", "0 weak"]


@pytest.mark.parametrize(
    ("number", "links"), [(1, ["?q=a&amp;page=2"]), (2, ["?q=a&amp;page=1", "?q=a&amp;page=3"])]
)
def test_pager_keeps_the_question(number, links):
    page = Paginator(range(30), 10).page(number)

    html = render_to_string("components/pager.html", {"page": page, "query": "q=a"})

    assert re.findall(r'href="([^"]+)"', html) == links


def test_pager_of_one_page_says_nothing():
    page = Paginator(range(3), 10).page(1)

    assert not render_to_string("components/pager.html", {"page": page}).strip()


def test_progress_without_a_value_has_no_end():
    html = render_to_string("components/progress.html", {"label": "Waiting"})

    assert "value=" not in html
    assert 'aria-label="Waiting"' in html


def test_mail_text_is_not_escaped(rf):
    request = rf.get("/")

    text = render_to_string("people/mail/login_code.txt", {"code": "A<B&C"}, request)

    assert "A<B&C" in text
