"""Contact addresses used as sign-in addresses, for many people at once."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError

from tests.factories import make_manager, make_person
from upwell.delivery.models import Job, OutboxMessage
from upwell.people import services, sign_in
from upwell.people.models import Directory, Invitation, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_manager(name="Ada", roles=["directory_administrator"])


def use(ada, people=None, **options):
    everybody = Person.objects.all() if people is None else people
    return services.use_contact_addresses(everybody, by=ada, **options)


def left_out(choice):
    return [(one.person.name, one.why, one.other) for one in choice.left_out]


def test_contact_addresses_become_sign_in_addresses(ada):
    ann = make_person(name="Ann", contact_email="Ann@Example.com")

    done = use(ada)

    ann.refresh_from_db()
    assert [one.person for one in done.ready] == [ann]
    assert ann.sign_in_email == "ann@example.com"
    row = EmailAddress.objects.get(user=ann)
    assert (row.email, row.primary, row.verified) == ("ann@example.com", True, True)
    assert (Invitation.objects.count(), Job.objects.count()) == (0, 0)


def test_a_sign_in_address_that_stands_is_never_changed(ada):
    ann = make_person(sign_in_email="ann@example.com", contact_email="new@example.com")

    done = use(ada)

    ann.refresh_from_db()
    assert (ann.sign_in_email, ann.sessions_ended, done.already) == ("ann@example.com", 0, 2)
    assert not done.ready


@pytest.mark.parametrize(
    ("address", "why", "other"),
    [
        ("", "missing", ""),
        ("nonsense", "wrong", ""),
        ("ann@exämple.com", "wrong", ""),
        ("TAKEN@example.com", "taken", "Tom"),
        ("Desk@example.com", "shared", "Sue"),
    ],
)
def test_people_whose_address_cannot_be_used_are_named(ada, address, why, other):
    make_person(name="Tom", sign_in_email="taken@example.com", is_active=False)
    make_person(name="Sue", sign_in_email="sue@example.com", contact_email="desk@example.com")
    make_person(name="Ann", contact_email=address)

    done = use(ada)

    assert left_out(done) == [("Ann", why, other)]
    assert Person.objects.get(name="Ann").sign_in_email is None


def test_two_who_share_an_address_both_stay_without(ada):
    for name in ("Ann", "Bo"):
        make_person(name=name, contact_email="desk@example.com")

    assert left_out(use(ada)) == [("Ann", "shared", "Bo"), ("Bo", "shared", "Ann")]


def test_whoever_has_left_or_was_not_chosen_gets_nothing(ada):
    ann = make_person(contact_email="ann@example.com")
    make_person(contact_email="bo@example.com")
    make_person(contact_email="cy@example.com", is_active=False)

    done = use(ada, Person.objects.filter(name=ann.name))

    assert len(done.ready) == 1
    assert (
        Person.objects.filter(sign_in_email__in=["bo@example.com", "cy@example.com"]).count() == 0
    )


def test_only_a_directory_administrator_gives_addresses():
    ann = make_person(contact_email="ann@example.com")

    with pytest.raises(ValidationError, match="Only a directory administrator"):
        use(make_manager())

    ann.refresh_from_db()
    assert ann.sign_in_email is None


def test_a_directory_that_changed_meanwhile_has_to_be_looked_at_again(ada):
    ann = make_person(contact_email="ann@example.com")
    looked_at = services.choose_contact_addresses(Person.objects.all())
    services.set_contact_address(ann, "somebody-else@example.com", by=None)

    with pytest.raises(ValidationError, match="changed meanwhile"):
        use(ada, revision=looked_at.revision)

    ann.refresh_from_db()
    assert ann.sign_in_email is None


def test_an_address_taken_at_the_last_moment_leaves_nothing_written(ada, monkeypatch):
    ann = make_person(name="Ann", contact_email="ann@example.com")
    bo = make_person(name="Bo", contact_email="bo@example.com")
    choice = services.choose_contact_addresses(Person.objects.all())
    sign_in.set_address(make_person(), "bo@example.com")
    chosen = "upwell.people.services.addresses.choose_contact_addresses"
    monkeypatch.setattr(chosen, lambda people: choice)
    before = Directory.current().revision

    with pytest.raises(ValidationError, match="changed meanwhile"):
        use(ada)

    found = Person.objects.filter(pk__in=[ann.pk, bo.pk]).exclude(sign_in_email=None)
    assert (found.count(), Directory.current().revision) == (0, before)


def test_they_are_invited_once_however_often_the_job_runs(ada, run_jobs):
    ann = make_person(contact_email="ann@example.com")
    make_person(name="Without")

    use(ada, and_invite=True)
    target = Job.objects.get().target
    run_jobs()
    services.addresses.invite_person(target, report=print)

    invitation = Invitation.objects.get()
    assert (invitation.person, invitation.invited_by) == (ann, ada)
    assert OutboxMessage.objects.get().address == "ann@example.com"


def test_nobody_is_invited_who_has_left_meanwhile(ada, run_jobs):
    make_person(contact_email="ann@example.com")
    use(ada, and_invite=True)

    Person.objects.filter(contact_email="ann@example.com").update(is_active=False)
    run_jobs()

    assert not Invitation.objects.exists()
