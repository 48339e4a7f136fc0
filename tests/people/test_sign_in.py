"""Signing in through the pages, with the real outbox."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from tests.factories import make_manager, make_person
from upwell.delivery.models import OutboxMessage
from upwell.people import sign_in
from upwell.people.models import Person

pytestmark = pytest.mark.django_db

PASSWORD = "three lanterns over the harbour"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _outbox(settings):
    """Django's test runner puts a backend of its own in the place of the outbox."""
    settings.EMAIL_BACKEND = "upwell.delivery.backends.OutboxBackend"


@pytest.fixture
def client():
    """A browser that nobody has signed in with."""
    return Client()


def ask_for_code(client, address):
    return client.post(reverse("account_request_login_code"), {"email": address}, follow=True)


def newest_code():
    text = OutboxMessage.objects.latest("created_at").text
    return re.search(r"[B-Z]{4}-[B-Z]{4}", text).group()


def answer_code(client, code=None, **options):
    url = reverse("account_confirm_login_code")
    return client.post(url, {"code": code or newest_code()}, **options)


def totp_code(secret=SECRET):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def signed_in(client):
    return client.session.get("_auth_user_id")


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


def test_nobody_can_sign_up(client):
    posted = {"email": "new@example.com", "password1": PASSWORD}

    page = client.post(reverse("account_signup"), posted)

    assert page.status_code == 200
    assert page.templates[0].name == "account/signup_closed.html"
    assert Person.objects.count() == 0


def test_a_program_manager_must_set_up_a_second_factor_before_any_page(client):
    make_manager(sign_in_email="ann@example.com")
    ask_for_code(client, "ann@example.com")
    answer_code(client)
    set_up = reverse("mfa_activate_totp")

    first = client.get("/")
    other = client.post(reverse("account_set_password"))
    page = client.get(set_up)
    secret = page.context["form"].secret
    client.post(set_up, {"code": totp_code(secret)})

    assert (first.url, other.url) == (f"{set_up}?next=%2F", set_up)
    assert Authenticator.objects.filter(type="totp").count() == 1
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("role", ["program_manager", "directory_administrator"])
def test_a_second_factor_set_up_elsewhere_is_asked_for_in_an_older_session(client, role):
    ann = make_person(sign_in_email="ann@example.com")
    ask_for_code(client, "ann@example.com")
    answer_code(client)
    ann.roles.create(kind=role)
    TOTP.activate(ann, SECRET)

    led = client.get("/")
    answered = client.post(led.url, {"code": totp_code()})

    assert led.url == f"{reverse('mfa_reauthenticate')}?next=%2F"
    assert answered.url == "/"
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("way", ["code", "password"])
def test_somebody_with_an_authenticator_is_signed_in_after_its_code_only(client, way):
    ann = make_manager(sign_in_email="ann@example.com")
    ann.set_password(PASSWORD)
    ann.save()
    TOTP.activate(ann, SECRET)
    if way == "code":
        ask_for_code(client, "ann@example.com")
        halfway = answer_code(client)
    else:
        posted = {"login": "ann@example.com", "password": PASSWORD}
        halfway = client.post(reverse("account_login"), posted)

    before = signed_in(client)
    wrong = client.post(halfway.url, {"code": "000000"})
    still = signed_in(client)
    client.post(halfway.url, {"code": totp_code()})

    assert halfway.url == reverse("mfa_authenticate")
    assert (before, wrong.status_code, still) == (None, 200, None)
    assert signed_in(client) == str(ann.pk)
    assert client.get("/").status_code == 200


def test_a_one_time_code_works_once():
    ann = make_manager(sign_in_email="ann@example.com")
    TOTP.activate(ann, SECRET)
    code = totp_code()
    browsers = [Client(), Client()]
    for browser in browsers:
        ask_for_code(browser, "ann@example.com")
        answer_code(browser)
        browser.post(reverse("mfa_authenticate"), {"code": code})

    assert [signed_in(browser) for browser in browsers] == [str(ann.pk), None]


def test_taking_the_authenticator_away_signs_out_everywhere(client):
    ann = make_manager(sign_in_email="ann@example.com")
    TOTP.activate(ann, SECRET)
    other = Client()
    other.force_login(ann)
    client.force_login(ann)
    url = reverse("mfa_deactivate_totp")

    asked = client.get(url)
    client.post(asked.url, {"code": totp_code()})
    done = client.post(url, follow=True)

    assert asked.url.startswith(reverse("mfa_reauthenticate"))
    assert Authenticator.objects.count() == 0
    assert done.redirect_chain[-1][0].startswith(reverse("account_login"))
    assert signed_in(client) is None
    assert other.get("/").url.startswith(reverse("account_login"))


def test_a_lost_authenticator_is_reset_and_its_owner_told(client):
    ann, ben = make_manager(sign_in_email="ann@example.com"), make_manager(name="Ben")
    TOTP.activate(ann, SECRET)
    client.force_login(ann)

    sign_in.reset_second_factor(ann, by=ben)

    message = OutboxMessage.objects.get()
    assert Authenticator.objects.count() == 0
    assert client.get("/").url.startswith(reverse("account_login"))
    assert (message.address, "Ben changed this." in message.text) == ("ann@example.com", True)


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

    sign_in.end_sessions(ann)
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
def test_a_weak_password_is_refused(client, password, word, monkeypatch):
    ann = make_person(name="Ann Lindqvist", sign_in_email="ann-lindqvist@example.com")
    client.force_login(ann)

    page = client.post(
        reverse("account_set_password"), {"password1": password, "password2": password}
    )

    assert word in page.content.decode()
    ann.refresh_from_db()
    assert not ann.has_usable_password()


def test_ones_own_address_is_shown_and_cannot_be_changed_there(client):
    ann = make_person(sign_in_email="ann@example.com")
    client.force_login(ann)

    page = client.get(reverse("account_email"))
    posted = client.post(reverse("account_email"), {"action_add": "", "email": "b@example.com"})

    assert "You sign in as ann@example.com" in page.content.decode()
    assert posted.status_code == 405
    assert EmailAddress.objects.filter(email="b@example.com").count() == 0


def test_a_person_without_an_address_breaks_nothing(client):
    make_person(sign_in_email=None, contact_email="contact@example.com")

    ask_for_code(client, "contact@example.com")

    assert signed_in(client) is None
    assert "code" not in OutboxMessage.objects.get().subject
