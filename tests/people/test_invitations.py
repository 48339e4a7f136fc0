import re
from datetime import timedelta
from functools import partial

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.databases import at_once
from tests.factories import make_manager, make_person
from upwell.delivery.models import OutboxMessage
from upwell.people import invitations, sign_in
from upwell.people.models import Invitation

pytestmark = pytest.mark.django_db
ACCEPT = "/people/invitation/"


@pytest.fixture
def client():
    """A browser that nobody has signed in with."""
    return Client()


def make_link(person, **options):
    return invitations.link(invitations.issue(person, by=None, **options))


def signed_in(client):
    return client.session.get("_auth_user_id")


def test_invite_posts_a_link_and_keeps_its_hash_only():
    ann = make_person(name="Ann", sign_in_email="ann@example.com", contact_email="old@example.com")

    invitations.invite(ann, by=make_manager(name="Ben"), about="Mentors wanted")

    message = OutboxMessage.objects.get()
    token = re.search(r"/people/invitation/([\w-]{43})/", message.text).group(1)
    row = Invitation.objects.get()
    assert message.address == "ann@example.com"
    assert message.subject == "Ben invites you to Upwell"
    assert "Mentors wanted" in message.text
    assert token in message.html
    assert (row.token_hash, row.address) == (invitations.hashed(token), "ann@example.com")
    assert token not in str(Invitation.objects.values())


@pytest.mark.parametrize(
    "fields", [{"sign_in_email": None}, {"sign_in_email": "a@example.com", "is_active": False}]
)
def test_invite_refuses_who_cannot_sign_in(fields):
    with pytest.raises(ValidationError, match="no sign-in address"):
        invitations.invite(make_person(**fields), by=make_manager())

    assert Invitation.objects.count() == OutboxMessage.objects.count() == 0


def test_opening_the_link_uses_nothing_up_and_the_button_signs_in_once(client):
    ann = make_person(name="Ann", sign_in_email="ann@example.com")
    href = make_link(ann, about="Mentors wanted")

    for _ in range(3):
        page = client.get(href, follow=True)
    before = Invitation.objects.get().used_at
    accepted = client.post(ACCEPT)
    again = Client()
    closed = again.get(href, follow=True)

    assert page.redirect_chain == [(ACCEPT, 302)]
    assert "Mentors wanted" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert before is None
    assert (accepted.url, signed_in(client)) == ("/", str(ann.pk))
    assert "no longer open" in closed.content.decode()
    assert reverse("account_request_login_code") in closed.content.decode()
    assert signed_in(again) is None


def test_a_link_that_nobody_sent_opens_nothing(client):
    page = client.get(reverse("people:invitation", args=["x" * 43]), follow=True)
    posted = client.post(ACCEPT)

    assert page.status_code == posted.status_code == 200
    assert "no longer open" in posted.content.decode()
    assert signed_in(client) is None


@pytest.mark.parametrize("change", ["expired", "address", "address_and_back", "left", "used"])
def test_an_invitation_that_no_longer_holds_signs_nobody_in(client, change):
    ann = make_person(sign_in_email="ann@example.com")
    client.get(make_link(ann))
    if change == "expired":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif change == "address":
        sign_in.set_address(ann, "new@example.com")
    elif change == "address_and_back":
        sign_in.set_address(ann, "new@example.com")
        sign_in.set_address(ann, "ann@example.com")
    elif change == "left":
        ann.is_active = False
        ann.save()
    else:
        Invitation.objects.update(used_at=timezone.now())

    page = client.post(ACCEPT)

    assert "no longer open" in page.content.decode()
    assert signed_in(client) is None


def test_accepting_as_somebody_else_signs_that_one_out(client):
    ann, ben = make_person(sign_in_email="ann@example.com"), make_person()
    client.force_login(ben)
    client.get(make_link(ann))

    client.post(ACCEPT)

    assert signed_in(client) == str(ann.pk)


def test_an_invitation_does_not_pass_by_the_second_factor(client):
    ann = make_manager(sign_in_email="ann@example.com")
    Authenticator.objects.create(user=ann, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    client.get(make_link(ann))

    accepted = client.post(ACCEPT)

    assert accepted.url == reverse("mfa_authenticate")
    assert signed_in(client) is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_database")
def test_of_two_who_press_the_button_at_once_one_gets_in():
    ann = make_person(sign_in_email="ann@example.com")
    invitations.issue(ann, by=None)
    rows = [Invitation.objects.select_related("person").get() for _ in range(4)]

    let_in = at_once(*(partial(invitations.accept, row) for row in rows))

    assert (let_in.count(ann), let_in.count(None)) == (1, 3)
