"""Who of a cohort can sign in, and inviting all of them at once."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_cohort, make_enrollment, make_person
from upwell.delivery.models import Job, OutboxMessage
from upwell.people.invitations import invite
from upwell.people.models import Invitation, Person, Role
from upwell.programs import services
from upwell.programs.queries import INVITE, access_of
from upwell.programs.services.invitations import CHUNK, write_invitations

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(manager):
    return make_cohort(manager, name="Spring")


def make_able(cohort, name="Ann", **fields):
    """Somebody of the cohort who has a sign-in address."""
    fields = {"sign_in_email": f"{name.lower()}.{cohort.pk.hex}@example.com"} | fields
    return make_enrollment(cohort, person=make_person(name=name, **fields), state="asked").person


def url(name, cohort, query=""):
    return reverse(f"programs:participant_{name}", args=[cohort.pk]) + query


def silent(progress):
    pass


def answered(person):
    person.enrollments.update(answered_at=timezone.now())


def test_everybody_who_can_sign_in_and_was_not_asked_is_invited_once(
    client, cohort, manager, run_jobs
):
    ann = make_able(cohort)
    invite(make_able(cohort, "Invited"), by=manager)
    answered(make_able(cohort, "Here", last_login=timezone.now()))
    make_able(cohort, "Left", is_active=False)
    make_enrollment(cohort)

    first = client.post(url("invite", cohort), follow=True).content.decode()
    write_invitations(Job.objects.get(service=INVITE).target, report=silent)
    message = OutboxMessage.objects.get(person=ann)
    run_jobs()
    again = client.post(url("invite", cohort), follow=True).content.decode()

    assert "1 invitation is on its way." in first
    assert "Everybody who can sign in has been asked." in again
    assert Invitation.objects.get(person=ann).invited_by == manager
    assert Invitation.objects.count() == 2
    assert f"invites you to take part in {cohort.program}, in Spring." in message.text


def test_an_invitation_to_another_cohort_hides_nobody(cohort, manager):
    ann = make_able(cohort)
    other = make_cohort(manager)
    make_enrollment(other, person=ann, state="asked")
    services.invite_participants(other, by=manager)
    write_invitations(Job.objects.get(service=INVITE).target, report=silent)

    assert (access_of(other).to_invite, access_of(cohort).to_invite) == (0, 1)


def test_an_invitation_says_as_what_and_by_when(cohort, manager):
    ann = make_able(cohort)
    vera = make_enrollment(
        cohort, "mentee", person=make_person(sign_in_email="v@example.com"), state="asked"
    )
    type(cohort).objects.update(enrolls_until=date(2031, 5, 9))
    services.invite_participants(cohort, by=manager)
    write_invitations(Job.objects.get(service=INVITE).target, report=silent)

    said = {one.person: " ".join(one.text.split()) for one in OutboxMessage.objects.all()}
    assert "You are asked as a mentor. Saying yes takes five minutes." in said[ann]
    assert "You are asked as a mentee. Saying yes takes two minutes." in said[vera.person]
    assert all("Please answer by May 9, 2031." in text for text in said.values())


def test_the_page_before_says_how_many_are_invited_and_sends_nothing(client, cohort, manager):
    make_able(cohort, "Ann")

    html = client.get(url("invite", cohort)).content.decode()
    Person.objects.update(sign_in_email=None)
    nobody = client.get(url("invite", cohort))

    assert ("Invite 1 person?" in html, "Send 1 e-mail" in html) == (True, True)
    assert nobody.headers["Location"] == url("list", cohort)
    assert not Invitation.objects.exists()


def test_whose_invitation_has_expired_or_went_elsewhere_is_invited_again(cohort, manager):
    ann, ben = make_able(cohort), make_able(cohort, "Ben")
    invite(ann, by=manager)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    invite(ben, by=manager)
    Invitation.objects.filter(person=ben).update(address="old@example.com")

    assert services.invite_participants(cohort, by=manager) == 2


def test_invitations_are_asked_for_once_at_a_time(cohort, manager):
    make_able(cohort)
    services.invite_participants(cohort, by=manager)

    with pytest.raises(ValidationError, match="being written already"):
        services.invite_participants(cohort, by=manager)

    assert Job.objects.count() == 1


def test_the_job_goes_on_where_it_was_cut_off_and_tells_how_far_it_is(cohort, manager):
    for number in range(CHUNK + 1):
        make_able(cohort, f"P{number}")
    told = []

    write_invitations(f"{cohort.pk.hex}{manager.pk.hex}", report=told.append)
    write_invitations(f"{cohort.pk.hex}{manager.pk.hex}", report=told.append)

    assert told == [{"done": CHUNK, "of": CHUNK + 1}, {"done": CHUNK + 1, "of": CHUNK + 1}]
    assert Invitation.objects.count() == CHUNK + 1


def test_the_job_invites_nobody_for_whoever_lost_the_cohort(cohort, manager):
    make_able(cohort)
    manager.roles.all().delete()

    write_invitations(f"{cohort.pk.hex}{manager.pk.hex}", report=silent)

    assert not Invitation.objects.exists()


def test_access_of_a_cohort_is_counted(cohort, manager):
    make_enrollment(cohort, person=make_person(contact_email="c@example.com"))
    make_enrollment(cohort)
    make_able(cohort)
    make_able(make_cohort(manager))

    access = access_of(cohort)

    assert (access.without_address, access.to_invite) == (2, 1)
    assert (access.is_inviting, access.is_complete) == (False, False)


def test_the_list_says_who_cannot_sign_in_and_shows_them_alone(client, cohort):
    make_able(cohort)
    ben = make_enrollment(cohort, person=make_person(name="Ben"))

    page = client.get(url("list", cohort)).content.decode()
    alone = client.get(url("list", cohort, "?access=without")).context["page"]
    uninvited = client.get(url("list", cohort, "?access=uninvited")).context["page"]

    assert "1 person cannot sign in yet: they have no sign-in address." in page
    assert "Invite 1 person who can sign in" in page
    assert "A directory administrator can give them one." in page
    assert list(alone) == [ben]
    assert [one.person.name for one in uninvited] == ["Ann"]


def test_the_list_says_when_everybody_can_sign_in(client, cohort):
    answered(make_able(cohort, last_login=timezone.now()))

    assert (
        "Everybody can sign in, and has been asked."
        in client.get(url("list", cohort)).content.decode()
    )


def test_the_list_says_that_invitations_are_being_written(client, cohort, manager):
    make_able(cohort)
    services.invite_participants(cohort, by=manager)

    page = client.get(url("list", cohort)).content.decode()

    assert "Invitations are being written." in page
    assert "Invite 1 person" not in page


def test_a_directory_administrator_lets_the_cohort_sign_in_by_contact_address(
    client, cohort, manager, run_jobs
):
    person = make_person(contact_email="ann@example.com")
    ann = make_enrollment(cohort, person=person, state="asked").person
    elsewhere = make_person(contact_email="else@example.com")
    Role.objects.create(person=manager, kind=Role.Kind.DIRECTORY_ADMINISTRATOR)
    page = client.get(url("list", cohort))
    ids = page.context["unable"]

    preview = client.post(reverse("people:sign_in_addresses"), {"people": ids})
    given = {"people": ids, "revision": preview.context["choice"].revision, "and_invite": "on"}
    client.post(reverse("people:sign_in_addresses"), given)
    run_jobs()

    ann.refresh_from_db()
    elsewhere.refresh_from_db()
    assert "Let them sign in with their contact address" in page.content.decode()
    assert (ann.sign_in_email, elsewhere.sign_in_email) == ("ann@example.com", None)
    assert Invitation.objects.get().person == ann
    assert access_of(cohort).is_complete
