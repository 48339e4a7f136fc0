"""The page of private requests: it shows what its owner typed, and is no way to look people up."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_pair, make_person
from upwell.core.access import audiences_of
from upwell.pairs.models import BlockList
from upwell.pairs.queries import typed_blocks
from upwell.pairs.services import add_block
from upwell.pairs.services.blocks import MOST_TRIES

pytestmark = pytest.mark.django_db

PAGE = "/not-with/"
WORDS = ("a lot of names", "Kept. It counts")


def post(client, text):
    return client.post(PAGE, {"colleague": text}, follow=True).content.decode()


@pytest.fixture
def asking(client):
    person = make_person()
    client.force_login(person)
    return person


def test_list_shows_what_was_typed_and_nothing_else_of_the_person(client, asking):
    make_person(name="Robin Fox", contact_email="r.fox@example.com", team="Lagoon")

    html = post(client, " R.Fox@example.com")

    assert "<p>R.Fox@example.com</p>" in html
    assert not {"Robin Fox", "Lagoon"} & {*html.split()} and "Robin Fox" not in html
    assert typed_blocks(asking) == ["R.Fox@example.com"]


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Robin Fox", "robin\N{NO-BREAK SPACE}FOX"),
        ("Robin\N{NO-BREAK SPACE}Fox", "Robin  Fox"),
        ("Émile Zé", "émile zé"),
    ],
)
def test_case_and_spacing_of_a_name_do_not_count(client, asking, stored, typed):
    meant = make_person(name=stored)

    post(client, typed)

    assert [one.colleague for one in BlockList.objects.get(person=asking).blocks] == [meant.pk]


@pytest.mark.parametrize(
    ("text", "says"),
    [("Robin", "exactly this name"), ("Kim Lee", "Several people"), ("", "required")],
)
def test_page_offers_nobody(client, asking, text, says):
    make_person(name="Robin Fox")
    make_person(name="Kim Lee")
    make_person(name="Kim Lee")

    answer = client.post(PAGE, {"colleague": text})

    assert says in answer.content.decode()
    assert "Robin Fox" not in answer.content.decode()


def test_page_stays_where_the_list_cannot_be_read(client, asking):
    add_block(asking, make_person())
    with connection.cursor() as cursor:
        table = BlockList._meta.db_table  # noqa: SLF001 -- a public API of Django
        cursor.execute(f"UPDATE {table} SET colleagues = %s", [b"\x01" * 90])

    answers = [client.get(PAGE), client.post(PAGE, {"colleague": make_person(name="Ann Ash").name})]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert all("cannot be read at the moment" in answer.content.decode() for answer in answers)


def test_page_of_three_costs_no_more_queries_than_of_one(client, asking):
    counts = []
    for number in (1, 2):
        for _one in range(number):
            add_block(asking, make_person())
        client.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_names_can_be_tried_out_a_few_times_a_day_only(client, asking):
    meant = make_person(name="Robin Fox")
    for _try in range(MOST_TRIES - 1):
        assert "exactly this name" in post(client, "Nobody At All")
    last = post(client, meant.name)

    known, unknown = post(client, make_person(name="Kim Lee").name), post(client, "Nobody At All")

    assert "Kept. It counts from the next match on." in last
    assert [word in text for text in (known, unknown) for word in WORDS] == [
        *(True, False),
        *(True, False),
    ]
    assert typed_blocks(asking) == ["Robin Fox"]


def test_naming_ones_counterpart_says_whom_to_ask(client, asking):
    counterpart = make_person(name="Robin Fox")
    make_pair(asking, counterpart)

    html = post(client, "Robin Fox")

    assert "ask your program manager, who is named at the foot of this page" in html


def test_page_says_what_can_still_be_guessed(client, asking):
    assert "who was not paired may give it away" in client.get(PAGE).content.decode()


def test_table_of_access_says_that_existence_is_told():
    assert [audience.code for audience in audiences_of("pairs.listed")] == ["signed_in"]
