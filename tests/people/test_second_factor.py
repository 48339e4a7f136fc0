"""A role asks for a second factor, before any page."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse

from tests.factories import make_manager, make_person
from tests.people.signing_in import (
    PASSWORD,
    SECRET,
    answer_code,
    ask_for_code,
    hidden_next,
    signed_in,
    totp_code,
)
from upwell.delivery.models import OutboxMessage
from upwell.people import invitations, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    """A browser that nobody has signed in with."""
    return Client()


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


def test_one_time_codes_cannot_be_tried_for_long(client):
    ann = make_manager(sign_in_email="ann@example.com")
    TOTP.activate(ann, SECRET)
    ask_for_code(client, "ann@example.com")
    answer_code(client)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})

    late = client.post(reverse("mfa_authenticate"), {"code": totp_code()})

    assert "Too many" in late.content.decode()
    assert signed_in(client) is None


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


def begin_set_up(client, *, by_invitation=False):
    """Somebody with a role, before the page that sets the authenticator up."""
    ann = make_manager(sign_in_email="ann@example.com")
    if by_invitation:
        client.get(invitations.link(invitations.issue(ann, by=None)))
        client.post(reverse("people:invitation_accept"))
    else:
        ask_for_code(client, "ann@example.com")
        answer_code(client)
    return client.get("/people/?q=a", follow=True)


@pytest.mark.parametrize("by_invitation", [True, False])
def test_whoever_has_just_set_it_up_sees_the_recovery_codes_at_once(client, by_invitation):
    page = begin_set_up(client, by_invitation=by_invitation)
    secret = page.context["form"].secret
    posted = {"code": totp_code(secret), "next": "/people/?q=a"}

    codes = client.post(reverse("mfa_activate_totp"), posted, follow=True)

    assert [status for _url, status in codes.redirect_chain] == [302]
    assert codes.templates[0].name == "mfa/recovery_codes/index.html"
    assert len(codes.context["unused_codes"]) == 10
    assert "****" not in codes.content.decode()
    assert 'href="/people/?q=a">Done' in codes.content.decode()


def test_after_a_wrong_code_of_the_set_up_the_page_wanted_is_kept(client):
    page = begin_set_up(client)
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000", "next": "/people/?q=a"})

    assert hidden_next(page) == hidden_next(wrong) == ["/people/?q=a"]
    assert Authenticator.objects.count() == 0


@pytest.mark.parametrize("target", ["https://evil.example/", "javascript:alert(1)"])
def test_the_set_up_leads_nowhere_else(client, target):
    begin_set_up(client)
    page = client.get(reverse("mfa_activate_totp"), {"next": target})
    posted = {"code": totp_code(page.context["form"].secret), "next": target}

    codes = client.post(reverse("mfa_activate_totp"), posted, follow=True)

    assert "mfa/recovery_codes/index.html" in [one.name for one in codes.templates]
    assert target not in page.content.decode() + codes.content.decode()


def test_there_is_no_menu_before_the_second_factor(client):
    set_up = begin_set_up(client)
    out = client.get(reverse("account_logout"))
    secret = set_up.context["form"].secret
    done = client.post(reverse("mfa_activate_totp"), {"code": totp_code(secret)}, follow=True)

    assert "<nav" not in set_up.content.decode() + out.content.decode()
    assert "Sign out" in set_up.content.decode()
    assert '<nav class="nav"' in done.content.decode()
