"""Two entries that look like one person and are said to be two."""

from functools import partial
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse

from tests.databases import at_once
from tests.factories import make_manager, make_person
from upwell.audit.models import AuditEntry
from upwell.people import services
from upwell.people.models import TwoPeople
from upwell.people.services.duplicates import find_likenesses

pytestmark = pytest.mark.django_db
LIST = reverse("people:duplicate_list")


@pytest.fixture
def by():
    return make_manager(name="Ada", roles=["directory_administrator"])


def make_alike(name="Ann", address="a@example.com"):
    return [make_person(name=name, contact_email=address) for _twice in range(2)]


def dismiss_url(one, other):
    return reverse("people:likeness_dismiss", args=[one.pk, other.pk])


def events():
    return AuditEntry.objects.filter(event="people.likeness.dismissed")


@pytest.mark.parametrize("is_turned", [True, False])
def test_a_likeness_that_was_dismissed_is_known_to_be(by, is_turned):
    one, other = make_alike()
    two = (other, one) if is_turned else (one, other)

    services.dismiss_likeness(*two, by=by)

    assert [found.is_dismissed for found in find_likenesses()] == [True]


def test_a_third_entry_is_still_compared_with_both(by):
    one, other = make_alike()
    make_person(contact_email="a@example.com")

    services.dismiss_likeness(one, other, by=by)

    assert sorted(found.is_dismissed for found in find_likenesses()) == [False, False, True]


def test_it_is_recorded_once(by):
    one, other = make_alike()

    services.dismiss_likeness(one, other, by=by)
    services.dismiss_likeness(other, one, by=by)

    entry = events().get()
    assert (entry.by, entry.object_id) == (str(by.pk), str(one.pk))
    assert entry.facts == {"other": str(other.pk)}


def test_only_directory_administrators_say_so():
    with pytest.raises(ValidationError):
        services.dismiss_likeness(*make_alike(), by=make_manager())

    assert not TwoPeople.objects.exists()


def test_somebody_who_has_gone_meanwhile_is_refused(by):
    one, other = make_alike()
    type(other).objects.filter(pk=other.pk).delete()

    with pytest.raises(ValidationError):
        services.dismiss_likeness(one, other, by=by)


def test_the_database_keeps_two_in_one_order_alone():
    low, high = (make_person(pk=UUID(int=key)) for key in (1, 2))

    with pytest.raises(IntegrityError):
        TwoPeople.objects.create(one=high, other=low)


def test_after_a_merge_it_is_said_of_whoever_stays(by):
    kept, gone = make_alike()
    colleague = make_person(contact_email="a@example.com")
    for other in (kept, gone):
        services.dismiss_likeness(other, colleague, by=by)
    services.dismiss_likeness(kept, gone, by=by)

    services.merge_people(kept, gone, taken=[], by=by)

    row = TwoPeople.objects.get()
    assert {row.one_id, row.other_id} == {kept.pk, colleague.pk}


def test_the_button_takes_two_off_the_list_and_the_list_says_how_many(client, administrator):
    make_alike("Bo", "b@example.com")
    one, other = make_alike()
    url = dismiss_url(one, other)
    before = client.get(LIST).content.decode()

    response = client.post(url, {"page": 1}, follow=True)
    after = response.content.decode()

    assert response.redirect_chain == [(f"{LIST}?page=1", 302)]
    assert (url in before, url in after) == (True, False)
    assert "1 was set aside as two people." in after


def test_those_set_aside_are_shown_again_to_be_compared(client, administrator):
    one, other = make_alike()
    services.dismiss_likeness(one, other, by=administrator)

    html = client.get(LIST, {"show": "dismissed"}).content.decode()

    assert "1 set aside as two people" in html
    assert reverse("people:person_merge", args=[one.pk, other.pk]) in html
    assert dismiss_url(one, other) not in html


def test_it_can_be_said_after_comparing(client, administrator):
    one, other = make_alike()
    shown = client.get(reverse("people:person_merge", args=[one.pk, other.pk])).content.decode()

    client.post(dismiss_url(one, other), {"keep": "one"})

    assert f'formaction="{dismiss_url(one, other)}"' in shown
    assert TwoPeople.objects.count() == 1


def test_others_find_nothing_there(client, manager):
    one, other = make_alike()

    assert client.post(dismiss_url(one, other)).status_code == 404
    assert not TwoPeople.objects.exists()


def test_nobody_is_dismissed_from_themselves(client, administrator):
    one = make_person()

    client.post(dismiss_url(one, one))

    assert not TwoPeople.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_those_set_aside_costs_the_same_for_any_number(
    client, administrator, count, django_assert_num_queries
):
    for number in range(count):
        services.dismiss_likeness(*make_alike(address=f"p{number}@example.com"), by=administrator)

    with django_assert_num_queries(8):
        page = client.get(LIST, {"show": "dismissed"})

    assert len(page.context["pairs"]) == count


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_database")
def test_of_two_who_say_it_at_once_one_is_kept():
    by = make_manager(name="Ada", roles=["directory_administrator"])
    one, other = make_alike()

    outcomes = at_once(
        partial(services.dismiss_likeness, one, other, by=by),
        partial(services.dismiss_likeness, other, one, by=by),
    )

    assert outcomes == [None, None]
    assert (TwoPeople.objects.count(), events().count()) == (1, 1)
