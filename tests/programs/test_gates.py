"""What waits for a gate, and cohorts that are older than gates."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.factories import make_cohort, make_enrollment, make_manager, make_person
from upwell.people.models import Invitation
from upwell.programs import services
from upwell.programs.models import Enrollment, Opening
from upwell.programs.queries import access_of

pytestmark = pytest.mark.django_db
EARLIER = import_module("upwell.programs.migrations.0005_gates_of_earlier_cohorts")


@pytest.fixture
def manager():
    return make_manager()


def make_able(cohort, role):
    address = f"{role}.{cohort.pk.hex}@example.com"
    return make_enrollment(
        cohort, role, person=make_person(sign_in_email=address), state="asked"
    ).person


def invited():
    return set(Invitation.objects.values_list("person", flat=True))


def test_nobody_is_invited_before_a_gate_is_open(manager):
    cohort = make_cohort(manager, gates=())
    make_able(cohort, "mentee")

    with pytest.raises(ValidationError, match="Open the cohort to mentees first"):
        services.invite_participants(cohort, by=manager)


@pytest.mark.parametrize(("gate", "role"), [("mentees", "mentee"), ("mentors", "mentor")])
def test_a_side_is_invited_once_its_gate_is_open(manager, run_jobs, gate, role):
    cohort = make_cohort(manager, gates=(gate,))
    people = {side: make_able(cohort, side).pk for side in Enrollment.Role.values}

    count = services.invite_participants(cohort, by=manager)
    run_jobs()

    assert count == 1
    assert invited() == {people[role]}


def test_those_who_wait_for_a_gate_are_counted_apart(manager):
    cohort = make_cohort(manager, gates=("mentees",))
    for side in Enrollment.Role.values:
        make_able(cohort, side)

    found = access_of(cohort)

    assert (found.to_invite, found.held_back, found.is_complete) == (1, 1, False)


def test_a_gate_of_another_cohort_opens_nothing(manager):
    make_cohort(manager, gates=("mentees",))
    cohort = make_cohort(manager, gates=())
    make_able(cohort, "mentee")

    assert access_of(cohort).to_invite == 0


def test_people_are_added_at_any_time(manager):
    cohort = make_cohort(manager, gates=())

    result = services.enroll_people(cohort, [make_person()], role="mentee", by=manager)

    assert result.added == 1


def test_the_list_says_that_people_wait_for_a_gate(client, manager):
    cohort = make_cohort(manager, gates=())
    make_able(cohort, "mentee")
    client.force_login(manager)

    page = client.get(reverse("programs:participant_list", args=[cohort.pk])).content.decode()

    assert "1 person is not invited before the cohort is open to their side." in page
    assert reverse("programs:participant_invite", args=[cohort.pk]) not in page


def test_the_cohort_says_which_gates_are_open_and_leads_to_the_others(client, manager):
    cohort = make_cohort(manager, gates=("mentees",))
    client.force_login(manager)

    page = client.get(cohort.get_absolute_url()).content.decode()

    assert [
        reverse(f"desk:gate_{gate}", args=[cohort.pk]) in page for gate in Opening.Gate.values
    ] == [False, True, True]


def test_cohorts_that_are_older_than_gates_have_all_open():
    cohort = make_cohort(gates=())

    EARLIER.open_all(apps, None)
    EARLIER.open_all(apps, None)

    rows = cohort.openings.values_list("gate", "missing", "opened_by", "opened_at")
    assert sorted(rows) == [
        (gate, [], None, cohort.created_at) for gate in ("match", "mentees", "mentors")
    ]
