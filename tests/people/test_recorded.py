"""Who came in, who tried to, and what changed about how somebody signs in is in the audit log."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.factories import make_manager, make_person
from tests.people.signing_in import (
    PASSWORD,
    SECRET,
    answer_code,
    ask_for_code,
    newest_code,
    totp_code,
)
from upwell.audit.models import AuditEntry
from upwell.people import invitations, services
from upwell.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    """A browser that nobody has signed in with."""
    return Client()


def entries():
    found = AuditEntry.objects.filter(event__startswith="people.").order_by("at")
    return list(found.values_list("event", "by", "object_id", "facts"))


def test_a_sign_in_is_recorded_with_its_ways(client):
    ann = make_person(sign_in_email="ann@example.com")
    ask_for_code(client, "ann@example.com")

    answer_code(client)

    assert entries() == [("people.sign_in.succeeded", str(ann.pk), str(ann.pk), {"ways": ["code"]})]


def test_wrong_codes_are_recorded_once_a_minute(client):
    ann = make_person(sign_in_email="ann@example.com")
    ask_for_code(client, "ann@example.com")

    answer_code(client, "BBBB-BBBB")
    answer_code(client, "BBBB-BBBB")
    within_a_minute = entries()
    cache.clear()
    answer_code(client, "BBBB-BBBB")

    failed = ("people.sign_in.failed", "system", str(ann.pk), {"way": "code"})
    assert (within_a_minute, entries()) == ([failed], [failed, failed])


@pytest.mark.parametrize("has_role", [True, False])
def test_a_wrong_password_is_recorded_and_unknown_addresses_without_their_text(client, has_role):
    ann = make_person(
        sign_in_email="ann@example.com", roles=["program_manager"] if has_role else []
    )
    ann.set_password(PASSWORD)
    ann.save()
    login = reverse("account_login")

    given = "something else entirely" if has_role else PASSWORD
    client.post(login, {"login": "Ann@example.com", "password": given})
    for address in ("bob@example.com", "eve@example.com"):
        client.post(login, {"login": address, "password": "something else entirely"})

    failed, facts = ("people.sign_in.failed", "system"), {"way": "password"}
    assert entries() == [(*failed, str(ann.pk), facts), (*failed, "", facts)]


def test_an_invitation_that_is_accepted_is_recorded_with_the_sign_in(client):
    ann = make_person(sign_in_email="ann@example.com")
    token = invitations.issue(ann, by=None)
    client.get(reverse("people:invitation", args=[token]))

    client.post(reverse("people:invitation_accept"))

    assert [(event, by) for event, by, _on, _facts in entries()][1:] == [
        ("people.invitation.accepted", str(ann.pk)),
        ("people.sign_in.succeeded", str(ann.pk)),
    ]


def test_an_authenticator_that_comes_fails_and_goes_is_recorded(client):
    ann = make_manager(sign_in_email="ann@example.com")
    client.force_login(ann)
    set_up = reverse("mfa_activate_totp")
    secret = client.get(set_up).context["form"].secret

    client.post(set_up, {"code": totp_code(secret)})
    other = Client()
    other.force_login(ann)
    other.post(reverse("mfa_reauthenticate"), {"code": "000000"})
    client.post(reverse("mfa_deactivate_totp"))

    assert [(event, on) for event, _by, on, _facts in entries()] == [
        ("people.second_factor.added", str(ann.pk)),
        ("people.second_factor.failed", str(ann.pk)),
        ("people.second_factor.removed", str(ann.pk)),
        ("people.sessions.ended", str(ann.pk)),
    ]


def test_both_factors_of_a_sign_in_are_recorded(client):
    ann = make_manager(sign_in_email="ann@example.com")
    TOTP.activate(ann, SECRET)
    ask_for_code(client, "ann@example.com")
    answer_code(client, follow=True)

    client.post(reverse("mfa_authenticate"), {"code": totp_code()})

    (entry,) = entries()
    assert (entry[0], entry[3]) == ("people.sign_in.succeeded", {"ways": ["code", "mfa"]})


def test_a_password_that_is_set_is_recorded(client):
    ann = make_manager(sign_in_email="ann@example.com")
    client.post(reverse("account_reset_password"), {"email": "ann@example.com"})
    client.post(
        reverse("account_confirm_password_reset_code"), {"code": newest_code()}, follow=True
    )

    client.post(
        reverse("account_complete_password_reset"), {"password1": PASSWORD, "password2": PASSWORD}
    )

    assert entries() == [("people.password.changed", str(ann.pk), str(ann.pk), {})]


def test_whoever_leaves_is_recorded_with_who_let_them():
    ann, ben = make_manager(), make_person()

    services.end_access(Person.objects.filter(pk=ben.pk), by=ann)

    assert entries() == [("people.access.ended", str(ann.pk), str(ben.pk), {})]
