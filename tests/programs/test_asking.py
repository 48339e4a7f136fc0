"""Asking people of the roster: whom it reaches, and for which cohort they are willing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    make_call,
    make_cohort,
    make_enrollment,
    make_person,
    make_program,
    make_run,
    make_willing,
)
from upwell.delivery.models import OutboxMessage
from upwell.programs import services
from upwell.programs.models import Enrollment, Willing
from upwell.programs.queries.roster import cohorts_to_ask_for

pytestmark = pytest.mark.django_db


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def program(manager):
    return make_program(manager)


@pytest.fixture
def cohort(program):
    return make_cohort(program=program, name="Spring", starts_on=today(60))


def able(name="Ann"):
    return make_person(name=name, sign_in_email=f"{name.lower()}@example.com")


def ask(client, cohort, *willing):
    return client.post(
        reverse("programs:roster_ask", args=[cohort.program.pk]),
        {"cohort": cohort.pk, "willing": [one.pk for one in willing]},
        follow=True,
    )


def test_those_ticked_are_written_to_each_in_their_role(client, program, cohort):
    chosen = [make_willing(program, role, person=able(role)) for role in ("mentor", "mentee")]
    make_willing(program)

    response = ask(client, cohort, *chosen)

    asked = {(one.person_id, one.role): one.asked_at for one in cohort.enrollments.all()}
    assert set(asked) == {(one.person_id, one.role) for one in chosen}
    assert all(asked.values())
    assert {one.person for one in OutboxMessage.objects.all()} == {one.person for one in chosen}
    assert "2 people are asked by e-mail to take part." in response.content.decode()


@pytest.mark.parametrize(("address", "gates"), [(None, ["mentors"]), ("a@example.com", [])])
def test_whoever_cannot_be_written_to_is_added_and_it_is_said(client, program, address, gates):
    cohort = make_cohort(program=program, starts_on=today(60), gates=gates)
    willing = make_willing(program, person=make_person(sign_in_email=address))

    response = ask(client, cohort, willing)

    assert cohort.enrollments.get().asked_at is None
    assert not OutboxMessage.objects.exists()
    assert "Added, and not asked yet: 1." in response.content.decode()
    assert response.redirect_chain[-1][0] == reverse("programs:participant_list", args=[cohort.pk])


def test_whoever_was_added_before_is_asked_once(client, program, cohort):
    willing = make_willing(program, person=able())
    make_enrollment(cohort, person=willing.person, state="asked")

    for _ in range(2):
        ask(client, cohort, willing)

    assert OutboxMessage.objects.count() == 1


def test_nobody_ticked_and_somebody_of_another_program_are_refused(client, cohort):
    for willing in ([], [make_willing()]):
        ask(client, cohort, *willing)

    assert not cohort.enrollments.exists()


def test_nobody_is_asked_for_a_draft_or_once_the_pairs_are_published(program, manager, cohort):
    matched = make_cohort(program=program, starts_on=today(10))
    make_run(matched, published_at=timezone.now())
    make_cohort(program=program, starts_on=today(20), is_draft=True)

    assert list(cohorts_to_ask_for(program, by=manager)) == [cohort]


def meant_for(cohort):
    return {one.person.name for one in Willing.objects.for_cohort(cohort)}


def test_the_next_one_is_not_a_later_one(program, cohort):
    later = make_cohort(program=program, name="Autumn", starts_on=today(240))
    said = {"Ann": "next", "Bea": "any", "Cleo": "named"}
    for name, when in said.items():
        named = later if when == "named" else None
        make_willing(program, person=make_person(name=name), when=when, cohort=named)

    assert meant_for(cohort) == {"Ann", "Bea"}
    assert meant_for(later) == {"Bea", "Cleo"}


def test_the_next_one_is_the_first_that_somebody_is_not_in(program, cohort):
    later = make_cohort(program=program, name="Autumn", starts_on=today(240))
    ann, bea = make_person(name="Ann"), make_person(name="Bea")
    for person in (ann, bea):
        make_willing(program, person=person)
    make_enrollment(cohort, person=ann, state=Enrollment.State.OUT)

    assert (meant_for(cohort), meant_for(later)) == ({"Bea"}, {"Ann"})
    make_run(cohort, published_at=timezone.now())
    assert meant_for(later) == {"Ann", "Bea"}


def test_whoever_named_a_cohort_that_was_deleted_means_no_other(program, cohort):
    gone = make_cohort(program=program, name="Autumn", starts_on=today(240))
    make_willing(program, person=make_person(name="Ann"), when="named", cohort=gone)
    gone.delete()

    assert meant_for(cohort) == set()
    assert Willing.objects.get().meant == "one that is not planned any more"


def test_whoever_is_willing_for_another_cohort_is_left_out_and_it_is_said(client, program, cohort):
    later = make_cohort(program=program, name="Autumn", starts_on=today(240))
    willing = make_willing(program, person=able(), when="named", cohort=later)

    response = ask(client, cohort, willing)

    assert not cohort.enrollments.exists()
    assert "willing for another cohort: 1." in response.content.decode()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"state": "enrolled"}, "You are a mentor in Spring already"),
        ({"state": "asked", "asked_at": timezone.now()}, "You are asked to take part in Spring"),
        ({"state": "asked"}, None),
    ],
)
def test_the_call_says_what_somebody_has_been_told(client, program, cohort, fields, says):
    call, person = make_call(program), able()
    make_enrollment(cohort, person=person, **fields)
    client.force_login(person)

    text = client.get(call.get_absolute_url()).content.decode()

    found = [one for one in ("You are a mentor in", "You are asked to take part") if one in text]
    assert found == ([] if says is None else [found[0]])
    assert says is None or says in text


def test_no_draft_is_written_for(program, cohort, manager):
    cohort.is_draft = True
    cohort.save()
    willing = make_willing(program, person=able())

    asked = services.ask_willing(cohort, Willing.objects.filter(pk=willing.pk), by=manager)

    assert (asked.asked, asked.waiting) == (0, 1)
