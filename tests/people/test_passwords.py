"""Passwords are for those who hold a role, and long."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_manager, make_person
from tests.people.signing_in import PASSWORD, hidden_next, newest_code, signed_in
from upwell.delivery.models import OutboxMessage
from upwell.people import services, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    """A browser that nobody has signed in with."""
    return Client()


def test_a_known_and_an_unknown_address_get_the_same_answer_to_a_wrong_password():
    ann = make_person(sign_in_email="ann@example.com")
    ann.set_password(PASSWORD)
    ann.save()
    pages = []
    for address in ("ann@example.com", "bob@example.com"):
        posted = {"login": address, "password": "something else entirely"}
        page = Client().post(reverse("account_login"), posted)
        hidden = re.sub(r'value="[A-Za-z0-9]{64}"', "", page.content.decode())
        pages.append((page.status_code, hidden.replace(address, "…")))

    assert pages[0] == pages[1]
    assert "not correct" in pages[0][1]


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("short-one-2938", "15 characters"),
        ("ann-lindqvist-example", "similar"),
        ("polniypizdec0211", "common"),
        ("ab-ab-ab-ab-ab-ab-", "easy to guess"),
        ("correct2correct2", "easy to guess"),
        ("2026!!sunshine!!2026", "easy to guess"),
        ("201703112938475", "numeric"),
    ],
)
def test_a_weak_password_is_refused(client, password, word):
    ann = make_manager(name="Ann Lindqvist", sign_in_email="ann-lindqvist@example.com")
    client.force_login(ann)
    session = client.session
    sign_in.begin_session(session, ann, second_factor=True)
    session.save()

    page = client.post(
        reverse("account_set_password"), {"password1": password, "password2": password}
    )

    assert word in page.content.decode()
    ann.refresh_from_db()
    assert not ann.has_usable_password()


def test_after_a_wrong_password_one_still_comes_to_the_page_one_wanted(client):
    ann = make_manager(sign_in_email="ann@example.com")
    ann.set_password(PASSWORD)
    ann.save()
    url = reverse("account_login")
    posted = {"login": "ann@example.com", "next": "/people/"}

    wrong = client.post(url, posted | {"password": "something else entirely"})
    right = client.post(url, posted | {"password": PASSWORD})

    assert set(hidden_next(wrong)) == {"/people/"}
    assert right.url == "/people/"


def test_a_participant_signs_in_with_no_password_whatever_was_kept(client):
    ann = make_person(sign_in_email="ann@example.com")
    ann.set_password(PASSWORD)
    ann.save()

    page = client.post(reverse("account_login"), {"login": "ann@example.com", "password": PASSWORD})

    assert "not correct" in page.content.decode()
    assert signed_in(client) is None


@pytest.mark.parametrize("name", ["account_set_password", "account_change_password"])
def test_a_participant_has_no_page_for_passwords(client, name):
    ann = make_person(sign_in_email="ann@example.com")
    client.force_login(ann)
    posted = {"password1": PASSWORD, "password2": PASSWORD}

    assert client.get(reverse(name)).status_code == 404
    assert client.post(reverse(name), posted).status_code == 404
    ann.refresh_from_db()
    assert not ann.has_usable_password()


def test_a_participant_who_asks_for_a_password_is_told_of_codes(client):
    make_person(sign_in_email="ann@example.com")
    make_manager(sign_in_email="ben@example.com")
    pages = []
    for address in ("ann@example.com", "ben@example.com"):
        browser = Client()
        page = browser.post(reverse("account_reset_password"), {"email": address}, follow=True)
        hidden = re.sub(r'value="[A-Za-z0-9]{64}"', "", page.content.decode())
        pages.append(hidden.replace(address, "…"))

    to_ann, to_ben = OutboxMessage.objects.order_by("address")
    assert pages[0] == pages[1]
    assert (to_ann.template, to_ben.template) == (
        "people/mail/no_password",
        "people/mail/password_reset_code",
    )
    assert "You sign in with a code that we send" in to_ann.text
    assert not re.search(r"[B-Z]{4}-[B-Z]{4}", to_ann.text + to_ann.html)


def test_a_password_goes_with_the_last_role():
    make_manager(sign_in_email="ada@example.com", roles=["directory_administrator"])
    ann = make_manager(roles=["program_manager", "directory_administrator"])
    ann.set_password(PASSWORD)
    ann.save()

    services.take_role(ann, "program_manager", by=None)
    ann.refresh_from_db()
    before = ann.has_usable_password()
    services.take_role(ann, "directory_administrator", by=None)
    ann.refresh_from_db()

    assert (before, ann.has_usable_password()) == (True, False)


def test_a_role_taken_during_a_reset_takes_the_password_too(client):
    ann = make_manager(sign_in_email="ann@example.com")
    client.post(reverse("account_reset_password"), {"email": "ann@example.com"})
    client.post(reverse("account_confirm_password_reset_code"), {"code": newest_code()})

    ann.roles.all().delete()
    posted = {"password1": PASSWORD, "password2": PASSWORD}
    answered = client.post(reverse("account_complete_password_reset"), posted)

    assert answered.url == reverse("account_login")
    ann.refresh_from_db()
    assert not ann.has_usable_password()
