"""Signing in through the pages, with the real outbox."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from tests.factories import make_person
from tests.people.signing_in import (
    PASSWORD,
    answer_code,
    ask_for_code,
    hidden_next,
    newest_code,
    signed_in,
)
from upwell.delivery.models import OutboxMessage
from upwell.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    """A browser that nobody has signed in with."""
    return Client()


def test_a_code_from_the_mail_signs_in():
    client, ann = Client(), make_person(sign_in_email="ann@example.com")

    asked = ask_for_code(client, "Ann@Example.com")
    answered = answer_code(client)

    assert asked.redirect_chain[-1][0] == reverse("account_confirm_login_code")
    assert answered.url == "/"
    assert signed_in(client) == str(ann.pk)
    assert OutboxMessage.objects.get().address == "ann@example.com"


def test_a_code_works_for_who_asked_only_and_three_times_at_most(client):
    make_person(sign_in_email="ann@example.com")
    ask_for_code(client, "ann@example.com")

    elsewhere = answer_code(Client())
    for _ in range(3):
        answer_code(client, "BBBB-BBBB")
    late = answer_code(client)

    assert elsewhere.url == late.url == reverse("account_request_login_code")
    assert signed_in(client) is None


def test_a_known_and_an_unknown_address_get_the_same_answer():
    make_person(sign_in_email="ann@example.com")
    make_person(sign_in_email="left@example.com", is_active=False)
    pages = []
    for address in ("ann@example.com", "left@example.com", "bob@example.com"):
        client = Client()
        page = ask_for_code(client, address)
        hidden = re.sub(r'value="[A-Za-z0-9]{64}"', "", page.content.decode())
        pages.append((page.status_code, page.redirect_chain, hidden.replace(address, "…")))

    assert pages[0] == pages[1] == pages[2]
    assert OutboxMessage.objects.count() == 3


def test_nobody_can_sign_up(client):
    posted = {"email": "new@example.com", "password1": PASSWORD}

    page = client.post(reverse("account_signup"), posted)

    assert page.status_code == 200
    assert page.templates[0].name == "account/signup_closed.html"
    assert "Your directory administrator sends it" in page.content.decode()
    assert Person.objects.count() == 0


def test_ones_own_address_is_shown_and_cannot_be_changed_there(client):
    ann = make_person(sign_in_email="ann@example.com")
    client.force_login(ann)

    page = client.get(reverse("account_email"))
    posted = client.post(reverse("account_email"), {"action_add": "", "email": "b@example.com"})

    assert "You sign in as <b>ann@example.com</b>" in page.content.decode()
    assert posted.status_code == 405
    assert EmailAddress.objects.filter(email="b@example.com").count() == 0


def test_a_person_without_an_address_breaks_nothing(client):
    make_person(sign_in_email=None, contact_email="contact@example.com")

    ask_for_code(client, "contact@example.com")

    assert signed_in(client) is None
    assert "code" not in OutboxMessage.objects.get().subject


def test_the_pages_on_the_way_say_nothing_that_is_not_so(client):
    page = ask_for_code(client, "nobody@example.com").content.decode()

    assert re.search(r"If somebody signs in as\s.*nobody@example.com", page)
    assert "has been sent" not in page
    assert "Only the newest code works." in page


@pytest.mark.parametrize("wrong", [1, 2, 3])
def test_after_wrong_codes_one_still_comes_to_the_page_one_wanted(client, wrong):
    make_person(sign_in_email="ann@example.com")
    asked = {"email": "ann@example.com", "next": "/people/?q=a"}
    page = client.post(reverse("account_request_login_code"), asked, follow=True)
    for _ in range(wrong):
        assert "/people/?q=a" in hidden_next(page)
        posted = {"code": "BBBB-BBBB", "next": "/people/?q=a"}
        page = client.post(reverse("account_confirm_login_code"), posted, follow=True)

    assert set(hidden_next(page)) == {"/people/?q=a"}
    if wrong == 3:
        client.post(reverse("account_request_login_code"), asked)
    posted = {"code": newest_code(), "next": "/people/?q=a"}
    assert client.post(reverse("account_confirm_login_code"), posted).url == "/people/?q=a"


def test_a_page_asked_for_while_a_code_is_awaited_is_kept(client):
    make_person(sign_in_email="ann@example.com")
    ask_for_code(client, "ann@example.com")

    page = client.get("/people/?q=a", follow=True)

    assert page.redirect_chain[-1][0].startswith(reverse("account_confirm_login_code"))
    assert set(hidden_next(page)) == {"/people/?q=a"}


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "javascript:alert(1)",
        "http://testserver/people/",
    ],
)
def test_nobody_is_led_away_from_the_installation(client, target):
    make_person(sign_in_email="ann@example.com")
    client.post(reverse("account_request_login_code"), {"email": "ann@example.com"})

    posted = {"code": newest_code(), "next": target}
    answered = client.post(reverse("account_confirm_login_code"), posted)

    assert answered.url == "/"
    assert signed_in(client)
