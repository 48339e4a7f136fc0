"""Every message says what kind it is, and whatever is not essential says how it is stopped.

The calls that post are found in the source, the templates in the folders of the apps: each template
is written out as each kind of message, to one reader and by a stencil.
"""

import ast
import re
from pathlib import Path

import pytest
from django.template.loader import get_template

import upwell
from tests.factories import make_person
from upwell.delivery import services
from upwell.delivery.models import Category
from upwell.delivery.stencils import Stencil

pytestmark = pytest.mark.django_db

SOURCE = Path(upwell.__file__).parent
COUNTED = re.compile(r"\bcount \w+=(\w+)")
POSTING = {"post", "compose", "Stencil"}
ROOM = SOURCE / "delivery"  # hands on what it is given
CARELESS = {
    "t/careless.subject.txt": "Hello",
    "t/careless.txt": "Hello",
    "t/careless.html": '{% extends "mail/base.html" %}',
}


def calls():
    """Every call outside of the room of delivery that writes a message, with where it stands."""
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text())
        names = imported(tree) if not path.is_relative_to(ROOM) else set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in names:
                yield f"{path.relative_to(SOURCE)}:{node.lineno}", node


def imported(tree):
    """The names by which a module calls what writes messages."""
    return {
        one.asname or one.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("upwell.delivery")
        for one in node.names
        if one.name in POSTING
    }


def kind_of(call):
    """What a call says that its message is; None where that cannot be told from the call.

    What it hands on as it was given is said by whoever gives it, or by the message itself.
    """
    said = next((one.value for one in call.keywords if one.arg == "category"), None)
    if said is None:
        return Category.ESSENTIAL
    if "category" in (getattr(said, "id", ""), getattr(said, "attr", "")):
        return Category.ESSENTIAL
    is_named = isinstance(said, ast.Attribute) and getattr(said.value, "id", "") == "Category"
    return getattr(Category, said.attr, None) if is_named else None


def templates():
    return [
        str(path.relative_to(path.parents[2])).removesuffix(".subject.txt")
        for path in sorted(SOURCE.glob("*/templates/*/mail/*.subject.txt"))
    ]


def counted(template):
    """What a template counts, and so must be a number."""
    texts = [get_template(f"{template}.{kind}").template.source for kind in ("txt", "html")]
    return COUNTED.findall(" ".join(texts))


def faults_of(template, category, reader):
    """Parts of a message that lack its link, or have one that they must not have."""
    link = reader.stop_href(category)
    numbers = dict.fromkeys(counted(template), 2)
    written = services.compose(template, to=reader, context=numbers, category=category)
    shared = {"person": reader, **numbers}
    filled = Stencil(template, shared, category=category).message(to=reader, words={})
    for message in (written, filled):
        for part in (message.text, message.html):
            if (link in part) != (category != Category.ESSENTIAL):
                yield f"{template} ({category}): {part[-300:]}"


def test_every_call_that_posts_says_one_of_the_kinds(tell):
    kinds = {place: kind_of(call) for place, call in calls()}

    tell(f"Mail: {len(kinds)} calls, {sum(one != 'essential' for one in kinds.values())} to stop")
    assert [place for place, kind in kinds.items() if kind is None] == []
    assert Category.NEWS in kinds.values()
    assert len(kinds) >= 6


def test_whatever_is_not_essential_says_how_it_is_stopped(tell):
    reader = make_person(contact_email="ana@example.com")
    found = templates()

    faults = [
        fault
        for template in found
        for category in Category
        for fault in faults_of(template, category, reader)
    ]

    tell(f"Mail: {len(found)} templates as {len(Category)} kinds, {len(faults)} faults")
    assert faults == []
    assert len(found) > 15


def test_the_proof_finds_a_template_that_does_not_say_it(settings):
    loaders = ["django.template.loaders.app_directories.Loader"]
    loaders = [("django.template.loaders.locmem.Loader", CARELESS), *loaders]
    options = settings.TEMPLATES[0]["OPTIONS"] | {"loaders": loaders}
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"OPTIONS": options}]
    reader = make_person(contact_email="ana@example.com")

    assert len([*faults_of("t/careless", Category.NEWS, reader)]) == 2
    assert not [*faults_of("t/careless", Category.ESSENTIAL, reader)]


@pytest.mark.parametrize("said", ["'news'", "kind", "Category.UNKNOWN", "other.NEWS"])
def test_the_proof_finds_a_call_that_says_no_kind(said):
    call = ast.parse(f"post('t/mail', to=ana, category={said})").body[0].value

    assert kind_of(call) is None
