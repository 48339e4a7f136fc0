"""Every mail that the library behind sign-in sends is one of ours."""

from pathlib import Path

import allauth
import pytest
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_manager, make_person
from tests.people.signing_in import ask_for_code
from upwell.delivery.models import OutboxMessage
from upwell.people import invitations, sign_in
from upwell.people.adapter import AccountAdapter

pytestmark = pytest.mark.django_db

TEMPLATES = Path(allauth.__file__).parent / "templates"
NEVER_SENT = {
    "account_already_exists": "nobody can sign up",
    "email_changed": "an address is changed by a directory administrator, with a mail of ours",
    "email_confirm": "addresses are not confirmed",
    "email_confirmation": "addresses are not confirmed",
    "email_confirmation_signup": "nobody can sign up",
    "email_deleted": "an address is changed by a directory administrator, with a mail of ours",
    "password_reset_key": "a password is reset by a code, not by a link",
    "webauthn_added": "passkeys are not offered",
    "webauthn_removed": "passkeys are not offered",
}
SENT = sorted(
    {
        path.name.removesuffix("_subject.txt")
        for app in ("account", "mfa")
        for path in TEMPLATES.glob(f"{app}/email/*_subject.txt")
    }
    - NEVER_SENT.keys()
)


@pytest.fixture(autouse=True)
def _installation(settings):
    settings.ORGANIZATION, settings.BASE_URL = "Example Group", "https://mentoring.example.com"


def send(name):
    """Have the library send a mail, with whatever any of its mails knows."""
    known = {
        "code": "BCDF-GHJK",
        "ip": "192.0.2.7",
        "timestamp": timezone.now(),
        "user_agent": "Browser/1 <b>",
        "signup_url": "https://elsewhere.example/signup/",
    }
    AccountAdapter().send_mail(f"any/email/{name}", "ann@example.com", known)
    return OutboxMessage.objects.latest("created_at")


def test_what_is_about_signing_in_goes_at_any_hour_and_an_invitation_does_not():
    ann = make_person(sign_in_email="ann@example.com")
    invitations.invite(ann, by=None)
    sign_in.reset_second_factor(ann)
    sign_in.set_address(ann, "new@example.com")
    for name in SENT:
        send(name)

    waiting = OutboxMessage.objects.filter(is_urgent=False)
    assert [one.template for one in waiting] == ["people/mail/invitation"]
    assert OutboxMessage.objects.filter(is_urgent=True).count() == len(SENT) + 3


def test_there_is_something_to_compare():
    assert len(SENT) >= 9
    assert all(
        (TEMPLATES / f"account/email/{name}_subject.txt").exists() for name in ("login_code",)
    )


@pytest.mark.parametrize("name", SENT)
def test_what_may_be_sent_is_written_by_us(name):
    for ending in ("subject.txt", "txt", "html"):
        origin = get_template(f"people/mail/{name}.{ending}").origin.name
        assert "upwell/people/templates" in origin


@pytest.mark.parametrize(
    "name", [name for name in NEVER_SENT if not name.startswith(("email", "account"))]
)
def test_what_is_not_sent_stays_impossible(name, settings):
    assert {
        "password_reset_key": settings.ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED,
        "webauthn_added": "webauthn" not in settings.MFA_SUPPORTED_TYPES,
        "webauthn_removed": "webauthn" not in settings.MFA_SUPPORTED_TYPES,
    }[name]


@pytest.mark.parametrize("name", SENT + ["no_password"])
def test_mails_of_signing_in_are_whole_and_end_with_where_they_come_from(name):
    make_manager(sign_in_email="ann@example.com")

    message = send(name)

    assert message.template == f"people/mail/{name}"
    assert message.address == "ann@example.com"
    assert "Upwell" in message.subject and "\n" not in message.subject
    for body in (message.text, message.html):
        assert "Example Group" in body
        assert "https://mentoring.example.com" in body
        assert "{" not in body.replace(body[body.find("<style>") : body.find("</style>")], "")
        assert "sign up" not in body.lower() and "elsewhere.example" not in body
    assert "<b>" not in message.html.replace("<body", "")
    assert message.text.index("\n-- \nUpwell, Example Group\nhttps://mentoring.example.com\n") > 0


@pytest.mark.parametrize("name", ["login_code", "password_reset_code"])
def test_a_code_is_kept_for_ten_minutes_at_most(name):
    make_manager(sign_in_email="ann@example.com")
    before = timezone.now()

    message = send(name)

    assert message.has_secret
    assert 599 <= (message.useful_until - before).total_seconds() <= 660
    assert "BCDF-GHJK" in message.text and "BCDF-GHJK" in message.html


@pytest.mark.parametrize("name", sorted(set(SENT) - {"login_code", "password_reset_code"}))
def test_other_mails_hold_no_secret_and_are_never_too_late(name):
    message = send(name)

    assert (message.has_secret, message.useful_until) == (False, None)


def test_an_invitation_is_a_secret_of_fourteen_days():
    ann = make_person(sign_in_email="ann@example.com")

    invitations.invite(ann, by=None)

    message = OutboxMessage.objects.get()
    assert message.has_secret
    assert (message.useful_until - timezone.now()).days == 13


@pytest.mark.parametrize("contact", ["ann@example.com", None])
def test_an_address_that_nobody_signs_in_with_is_told_so(client, contact):
    make_person(contact_email=contact or "other@example.com")

    ask_for_code(client, "ann@example.com")

    message = OutboxMessage.objects.get()
    assert message.template == "people/mail/unknown_account"
    assert message.subject == "Nobody signs in to Upwell with this address"
    assert "Accounts come by invitation" in message.text
    assert f"https://mentoring.example.com{reverse('account_login')}" in message.text
