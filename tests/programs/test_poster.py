"""The poster of an open call: one page, everything on it, and nothing over anything else."""

import pytest
from django.urls import reverse
from django.utils import translation

from tests.factories import make_call, make_program
from upwell.programs.poster import poster_of, values_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return make_call(make_program(name="Fresh eyes"))


def test_the_poster_is_a_file_to_keep(client, manager):
    call = make_call(make_program(manager, name="Fresh eyes"))

    response = client.get(reverse("programs:call_poster", args=[call.program.pk]))

    assert response.headers["Content-Disposition"] == 'attachment; filename="fresh-eyes-call.pdf"'
    assert response.content.startswith(b"%PDF")


def test_the_poster_says_where_and_how_in_the_readers_language(call):
    with translation.override("de"):
        values = values_of(call)

    assert values["language"] == "de"
    assert values["address"].endswith(f"/call/{call.token}")
    assert values["chosen"] == "Wie ausgewählt wird"
    assert values["qr"].startswith("<?xml")


def test_the_poster_holds_long_words_and_many(call):
    call.program.name = "Reverse mentoring for the transformation of customer operations"
    call.how_chosen = "\n".join(f"Reason {number}. " * 6 for number in range(9))

    assert poster_of(call).startswith(b"%PDF")
