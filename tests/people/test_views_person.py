"""The page of one person: how things are said there."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse

from tests.factories import make_person
from upwell.delivery.models import OutboxMessage
from upwell.people.models import Person, ReportingLine

pytestmark = pytest.mark.django_db
FORGET = "Forget a lost authenticator"


def page(client, person):
    return client.get(person.get_absolute_url()).content.decode()


def set_address(client, person, address):
    url = reverse("people:person_sign_in", args=[person.pk])
    return client.post(url, {"sign_in_email": address}, follow=True).content.decode()


def test_languages_are_shown_with_a_capital(client, manager):
    html = page(client, make_person(languages=["english", "português do brasil"]))

    assert "English, Português do brasil" in html


def test_thousands_are_parted(client, manager):
    head = make_person()
    people = Person.objects.bulk_create(Person(name=f"P {at}") for at in range(1_200))
    ReportingLine.objects.bulk_create(ReportingLine(person=one, manager=head) for one in people)

    assert "1,200 people report to them." in page(client, head)
    html = client.get("/people/").content.decode()
    assert "1,202 people in the directory" in html
    assert "1 to 50 of 1,202" in html


def test_an_authenticator_can_be_forgotten_where_there_is_one(client, administrator):
    person = make_person(sign_in_email="p@example.com")
    without = page(client, person)

    TOTP.activate(person, generate_totp_secret())

    assert FORGET not in without
    assert FORGET in page(client, person)


@pytest.mark.parametrize(
    ("change", "said", "messages"),
    [
        ((None, "new@example.com"), "The sign-in address is set.", 0),
        (("old@example.com", "new@example.com"), "both addresses are told.", 2),
        (("old@example.com", ""), "taken away, and the person is told.", 1),
        (("old@example.com", "old@example.com"), "is what it was.", 0),
    ],
)
def test_setting_an_address_says_who_is_told(client, administrator, change, said, messages):
    old, new = change
    html = set_address(client, make_person(sign_in_email=old), new)

    assert said in html
    assert OutboxMessage.objects.count() == messages


def test_a_first_address_is_not_announced_to_two(client, administrator):
    assert "both addresses" not in page(client, make_person())
    assert "tells both addresses" in page(client, make_person(sign_in_email="p@example.com"))


def test_the_last_administrator_keeps_their_address(client, administrator):
    assert "Somebody has to administer the directory." in set_address(client, administrator, "")

    administrator.refresh_from_db()
    assert administrator.sign_in_email
