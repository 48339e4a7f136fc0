"""The poster of an open call: one page, everything on it, and nothing over anything else."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

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


LONG = "Reverse mentoring for the transformation of customer operations and of all else until 2030"
REASON = "Reason{0} that we choose somebody by, told at some length so that it says it all. " * 2


def written(call):
    """The words of a poster of one page, each with how high it stands, in points."""
    (page,) = PdfReader(BytesIO(poster_of(call))).pages
    found = []

    def see(text, place, _matrix, _font, _size):
        found.extend((word, place[5]) for word in text.split())

    page.extract_text(visitor_text=see)
    return found


@pytest.mark.parametrize(
    ("name", "count"), [("Fresh eyes", 1), (LONG, 5), (LONG[:40], 7), ("W" * 120, 5), (LONG, 40)]
)
def test_everything_stands_on_one_page_with_the_reasons_below_the_address(call, name, count):
    call.program.name = name
    reasons = [REASON.format(number)[: 1200 // count] for number in range(count)]
    call.how_chosen = "\n".join(reasons)
    call.closes_on = date(2030, 1, 31)

    found = written(call)

    address = values_of(call)["address"]
    (edge,) = (height for word, height in found if word == address)
    below = [word for word, height in found if height < edge]
    said = [word for line in reasons for word in line.split()]
    assert min(height for _word, height in found) > 0
    assert [word for word in below if word in said] == said
    assert "Jan." in below
