"""Rules that the stylesheets and the classes in templates keep."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.urls import reverse

from upwell.core.stylesheet import NAME, SOURCES, StylesheetFinder, stylesheet

UPWELL = Path(__file__).parents[2] / "src" / "upwell"
STYLES = sorted(SOURCES.rglob("*.css"))
PARTS = SOURCES / "components"
TEMPLATES = sorted(UPWELL.glob("*/templates/**/*.html"))
COMPONENTS = UPWELL / "core" / "templates" / "components"
LAYERS = {"controls": "base", "shell": "layout", "blocks": "layout", "extras": "layout"}
FROM_DJANGO = {"errorlist", "htmx-request", "nonfield"}


def named_in_styles():
    """Every class with a rule."""
    text = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", stylesheet(), flags=re.DOTALL)
    selectors = re.findall(r"([^{};]+)\{", text)
    return {name for part in selectors for name in re.findall(r"\.([a-zA-Z][\w-]*)", part)}


def named_in_templates():
    """Whole classes, and beginnings such as ``badge--`` whose end a variable gives."""
    whole, begun = set(), set()
    for path in TEMPLATES:
        if {"mail", "email"} & set(path.parts):
            continue
        whole |= set(re.findall(r"{% block width %}([\w-]+){% endblock %}", path.read_text()))
        for given in re.findall(r'\bclass="((?:{%.*?%}|{{.*?}}|[^"])*)"', path.read_text()):
            begun |= set(re.findall(r"([\w-]+--)(?:{{|{%)", given))
            whole |= set(re.sub(r"[\w-]*{{.*?}}|[\w-]+--(?={%)|{%.*?%}", " ", given).split())
    return whole, begun


def test_every_class_with_a_rule_is_used():
    whole, begun = named_in_templates()

    unused = named_in_styles() - whole - FROM_DJANGO

    assert {name for name in unused if not name.startswith(tuple(begun))} == set()


def test_every_class_in_a_template_has_a_rule():
    whole, _ = named_in_templates()

    assert whole - named_in_styles() - {"done", "warn", "neutral"} == set()


def test_each_component_is_a_template_and_a_stylesheet_of_one_name():
    templates = {path.stem for path in COMPONENTS.glob("*.html")}

    assert templates == {path.stem for path in PARTS.glob("*.css")}


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_stylesheets_are_short_and_stay_in_their_layer(path):
    text = path.read_text()

    assert "!important" not in text
    assert not re.search(r"^\s*#[a-z]", text, re.MULTILINE)
    layer = "components" if path.parent == PARTS else LAYERS.get(path.stem, path.stem)
    assert re.findall(r"^@layer (\w+) {", text, re.MULTILINE) == [layer]
    assert len(text.splitlines()) <= 150


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_values_come_from_the_tokens(path):
    used = set(re.findall(r"var\((--[\w-]+)", path.read_text()))
    known = set(re.findall(r"^\s+(--[\w-]+):", (SOURCES / "tokens.css").read_text(), re.MULTILINE))

    assert used <= known


def test_one_stylesheet_holds_all_of_them_with_the_order_of_layers_first():
    text = Path(finders.find(NAME)).read_text()

    assert text == stylesheet()
    assert all(path.read_text() in text for path in STYLES)
    assert text.index("@layer tokens, base, layout, components, utilities;") < text.index("{")


def test_stylesheet_is_written_anew_when_a_part_changed(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    finder = StylesheetFinder()
    path = Path(finder.find(NAME))
    path.write_text("of yesterday")

    assert finder.find("css/tokens.css") == []
    assert Path(finder.find(NAME)).read_text() == stylesheet()
    assert [name for name, _ in finder.list([])] == [NAME]
    assert [entry.name for entry in path.parent.iterdir()] == ["upwell.css"]


def test_page_links_one_stylesheet():
    head = render_to_string("core/_head.html")

    assert re.findall(r'rel="stylesheet" href="([^"]+)"', head) == ["/static/css/upwell.css"]


def test_what_every_page_loads_is_small():
    names = ["css/upwell.css", "js/dialog.js", "js/focus.js", "django_htmx/htmx-2.min.js"]
    packed = sum(len(gzip.compress(Path(finders.find(name)).read_bytes())) for name in names)
    font = Path(finders.find("fonts/figtree.woff2")).stat().st_size

    assert packed + font <= 60_000  # of 100,000, so that a page may have 40,000 for itself


@pytest.mark.django_db
def test_pages_are_sent_packed(client):
    response = client.get(reverse("account_login"), headers={"Accept-Encoding": "gzip"})

    assert response.headers["Content-Encoding"] == "gzip"
    assert b"<h1>" in gzip.decompress(response.content)
