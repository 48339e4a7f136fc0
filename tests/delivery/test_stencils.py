"""One message for many people, and the same one that each would get alone."""

import pytest

from tests.factories import make_person
from upwell.delivery.models import Category, OutboxMessage
from upwell.delivery.services import compose
from upwell.delivery.stencils import Stencil

pytestmark = pytest.mark.django_db

NAMES = ["Ana", "<b>Bo & Co</b>", "{{ 7 }} %s %(name)s", "x\n\x00y", "Zoë “Z” O'Neill", "x" * 400]
TEMPLATES = {
    "t/mail.subject.txt": "About {{ name }}",
    "t/mail.txt": "{{ kind }}: {{ name }}.{% for one in notes %}\n- {{ one }}{% endfor %}\n",
    "t/mail.html": "<p>{{ kind }} {{ name }}</p>{% for one in notes %}<i>{{ one }}</i>{% endfor %}",
    "t/stop.subject.txt": "Hello",
    "t/stop.txt": "{% if stop_href %}Stop: {{ stop_href }}{% endif %}",
    "t/stop.html": "{% if stop_href %}<a href='{{ stop_href }}'>Stop</a>{% endif %}",
}


@pytest.fixture(autouse=True)
def templates(settings):
    """Two e-mails, in memory."""
    loaders = [("django.template.loaders.locmem.Loader", TEMPLATES)]
    options = settings.TEMPLATES[0]["OPTIONS"] | {"loaders": loaders}
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"OPTIONS": options}]


@pytest.mark.parametrize("name", NAMES)
def test_a_stencil_says_what_a_message_of_its_own_says(name):
    ana = make_person(contact_email="ana@example.com")
    notes = [name, "two & two"]

    stencil = Stencil(
        "t/mail",
        {"kind": "<kind>"},
        words=["name"],
        lists={"notes": 2},
        category=Category.REMINDER,
    )
    filled = stencil.message(to=ana, words={"name": name, "notes": notes}, once="1")
    alone = compose(
        "t/mail",
        to=ana,
        context={"kind": "<kind>", "name": name, "notes": notes},
        once="1",
        category=Category.REMINDER,
    )

    for field in ("person", "address", "is_bound", "template", "category", "once_key"):
        assert getattr(filled, field) == getattr(alone, field)
    assert (filled.subject, filled.text, filled.html) == (alone.subject, alone.text, alone.html)
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize("category", Category)
def test_each_reader_gets_a_link_of_their_own_to_stop_what_can_be_stopped(category):
    readers = [make_person(contact_email=f"{name}@example.com") for name in ("a", "b")]
    stencil = Stencil("t/stop", {}, category=category)

    for reader in readers:
        alone = compose("t/stop", to=reader, category=category)
        filled = stencil.message(to=reader, words={})
        is_there = category != Category.ESSENTIAL
        assert (filled.text, filled.html) == (alone.text, alone.html)
        assert (reader.stop_href(category) in filled.text) == is_there


def test_nobody_without_an_address_gets_one():
    stencil = Stencil("t/mail", {}, words=["name"])

    assert stencil.message(to=make_person(), words={"name": "Ana"}) is None
