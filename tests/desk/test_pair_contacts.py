"""The concern contacts on the page of a pair, and to whom they are not shown."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from tests.desk.test_pair_detail import page, paired
from tests.factories import make_lines, make_person
from upwell.desk.access import served_by
from upwell.desk.queries import pair_page
from upwell.pairs.models import Pair
from upwell.programs.models import Staff

pytestmark = pytest.mark.django_db
ACCEPTED = {"accepted_at": datetime(2026, 5, 1, tzinfo=UTC)}


def make_contact(pair, person=None, place=1, **fields):
    person = person or make_person()
    about = {"role": Staff.Role.CONCERN_CONTACT, "place": place, "program": pair.cohort.program}
    return Staff.objects.create(person=person, **about, **(fields or ACCEPTED)).person


def shown(pair, reader):
    return pair_page(pair, reader).contacts


def test_both_members_read_whom_they_can_turn_to_and_how(client):
    pair, jonas, marguerite = paired()
    fields = {"title": "Ombudsperson", "contact_email": "cleo@example.com"}
    make_contact(pair, make_person(name="Cleo Marsh", **fields))
    make_contact(pair, make_person(name="Otto Lind"), place=2)

    for reader in (jonas, marguerite):
        html = page(client, pair, reader)
        assert "Cleo Marsh" in html and "Ombudsperson" in html
        assert 'href="mailto:cleo@example.com"' in html
        assert "Otto Lind" in html and "Address not known." in html
        assert "keep what they hear to themselves" in html


@pytest.mark.parametrize("fields", [{"declined_at": timezone.now()}, {"asked_at": timezone.now()}])
def test_only_those_who_have_accepted_are_shown(fields):
    pair, jonas, _marguerite = paired()
    make_contact(pair, **fields)

    assert shown(pair, jonas) == []


def test_whoever_has_left_or_serves_another_program_is_not_shown():
    pair, jonas, _marguerite = paired()
    make_contact(pair, make_person(is_active=False))
    make_contact(paired()[0])

    assert shown(pair, jonas) == []


@pytest.mark.parametrize("kind", ["solid", "dotted"])
@pytest.mark.parametrize("is_above", [True, False])
def test_a_contact_in_a_members_line_is_not_shown_to_that_member(kind, is_above):
    pair, jonas, marguerite = paired()
    contact = make_contact(pair)
    between = make_person()
    line = (jonas, between, contact) if is_above else (contact, between, jonas)
    make_lines(*line, kind=kind)

    assert (shown(pair, jonas), shown(pair, marguerite)) == ([], [contact])


def test_somebody_outside_all_lines_is_shown_beside_one_who_is_not():
    pair, jonas, _marguerite = paired()
    make_lines(jonas, make_contact(pair))
    outside = make_contact(pair, place=2)

    assert shown(pair, jonas) == [outside]


def test_a_contact_in_the_counterparts_line_gives_way_to_one_outside_both():
    pair, jonas, marguerite = paired()
    make_lines(make_contact(pair), marguerite)
    outside = make_contact(pair, place=2)

    assert shown(pair, jonas) == [outside]


def test_a_member_who_is_a_contact_is_shown_to_neither():
    pair, jonas, marguerite = paired()
    make_contact(pair, marguerite)

    assert (shown(pair, jonas), shown(pair, marguerite)) == ([], [])


def test_without_contacts_the_page_says_nothing_of_them(client):
    pair, jonas, _marguerite = paired()

    assert "If something is wrong" not in page(client, pair, jonas)


def test_they_can_still_be_reached_once_the_pair_has_ended():
    pair, jonas, _marguerite = paired()
    contact = make_contact(pair)
    Pair.objects.update(state=Pair.State.ENDED)
    pair.refresh_from_db()

    assert shown(pair, jonas) == [contact]


def test_a_contact_reads_who_sees_them_as_one():
    pair, jonas, marguerite = paired()
    contact = make_contact(pair)
    make_lines(jonas, contact)

    assert [*served_by(contact)] == [marguerite]
    assert [*served_by(marguerite)] == []


@pytest.mark.parametrize("count", [1, 2])
def test_the_page_makes_the_same_queries_for_any_number(client, count, django_assert_num_queries):
    pair, jonas, _marguerite = paired(reasons=[])
    make_lines(jonas, make_person())
    for place in range(count):
        make_lines(make_contact(pair, place=place + 1), make_person())
    client.force_login(jonas)

    with django_assert_num_queries(11):
        client.get(pair.get_absolute_url())
