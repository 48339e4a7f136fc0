"""Sessions begin anew and end in time."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import Client as Browser
from tests.factories import make_manager, make_person
from tests.people.signing_in import PASSWORD, answer_code, ask_for_code, signed_in
from upwell.people import invitations, sign_in
from upwell.people.models import Person

pytestmark = pytest.mark.django_db


OTHER = "seven lanterns under the bridge"


def signed_in_at_home(client):
    return client.get("/").status_code == 200


@pytest.fixture
def client():
    """A browser that nobody has signed in with."""
    return Client()


def test_who_left_is_refused_at_the_next_request(client):
    ann = make_person(sign_in_email="ann@example.com")
    ask_for_code(client, "ann@example.com")
    answer_code(client)
    before = client.get("/").status_code

    Person.objects.update(is_active=False)
    after = client.get("/")

    assert (before, after.status_code, ann.is_active) == (200, 302, True)
    assert after.url.startswith(reverse("account_login"))


def test_ended_sessions_are_refused_at_the_next_request_and_signing_in_works_again(client):
    ann = make_person(sign_in_email="ann@example.com")
    ask_for_code(client, "ann@example.com")
    answer_code(client)

    sign_in.end_sessions(ann, by=None)
    ended = client.get("/").status_code
    ask_for_code(client, "ann@example.com")
    answer_code(client)

    assert ended == 302
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(("roles", "hours"), [((), 14 * 24), (("program_manager",), 12)])
def test_a_session_ends_in_time_however_much_it_is_used(client, roles, hours, monkeypatch):
    ann = make_person(sign_in_email="ann@example.com", roles=roles)
    client.force_login(ann)
    session = client.session
    sign_in.begin_session(session, ann, second_factor=True)
    session.save()
    now = time.time()

    monkeypatch.setattr(sign_in.time, "time", lambda: now + hours * 3600 - 60)
    before = client.get("/").status_code
    monkeypatch.setattr(sign_in.time, "time", lambda: now + hours * 3600 + 60)

    assert before == 200
    assert client.get("/").status_code == 302
    assert signed_in(client) is None


def test_a_new_password_ends_the_other_sessions(client):
    ann = make_manager(sign_in_email="ann@example.com")
    ann.set_password(PASSWORD)
    ann.save()
    here, elsewhere = Browser(), Browser()
    for browser in (here, elsewhere):
        browser.force_login(ann)
    posted = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}

    here.post(reverse("account_change_password"), posted)

    assert Person.objects.get().check_password(OTHER)
    assert [signed_in_at_home(browser) for browser in (here, elsewhere)] == [True, False]


@pytest.mark.parametrize("way", ["code", "invitation"])
def test_a_session_gets_a_new_key_at_sign_in(client, way):
    ann = make_person(sign_in_email="ann@example.com")
    if way == "code":
        ask_for_code(client, "ann@example.com")
        before = client.session.session_key
        answer_code(client)
    else:
        client.get(invitations.link(invitations.issue(ann, by=None)))
        before = client.session.session_key
        client.post(reverse("people:invitation_accept"))

    assert signed_in(client) == str(ann.pk)
    assert client.session.session_key != before
    assert not client.session.exists(before)
