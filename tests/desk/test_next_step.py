"""The one thing to do next in a launch."""

from datetime import date

import pytest

from tests.desk.launching import make_backing, make_calendar, make_owner, make_wishing
from tests.factories import make_cohort, make_manager, make_program
from upwell.desk.queries.launch import launch_of
from upwell.programs.models import Cohort, Opening

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 1)


@pytest.fixture
def program():
    return make_program(make_manager(), name="Fresh eyes")


def make_ahead(program, *gates, **fields):
    return make_cohort(program=program, starts_on=date(2027, 1, 4), gates=gates, **fields)


def next_of(program, by=None):
    by = by or program.staff.get(role="program_manager").person
    found = launch_of(program, by=by, today=TODAY).next_step
    return found and found.to


def test_a_new_program_writes_down_its_goal(program):
    assert next_of(program) == "programs:goal_detail"


def test_once_it_is_backed_it_opens_a_cohort(program):
    make_backing(program)

    assert next_of(program) == "programs:cohort_create"


def test_what_somebody_else_was_asked_for_is_not_asked_of_the_manager(program):
    make_backing(program)
    program.staff.filter(role="executive_owner").update(accepted_at=None)

    assert next_of(program) == "programs:cohort_create"


def test_what_has_begun_is_completed_and_not_begun_again(program):
    make_backing(program)
    program.measures.all().delete()
    manager = program.staff.get(role="program_manager").person

    found = launch_of(program, by=manager, today=TODAY).next_step

    assert found.label == "Complete the goal and its measures"


@pytest.mark.parametrize(
    ("gates", "route"),
    [
        ([], "desk:gate_mentees"),
        (["mentees"], "programs:cohort_detail"),
        (["mentees", "mentors"], "programs:cohort_detail"),
    ],
)
def test_then_gates_and_people_take_turns(program, gates, route):
    make_backing(program)
    make_calendar(make_ahead(program, *gates))

    assert next_of(program) == route


def test_once_all_wishes_are_in_mentors_are_let_in_before_they_are_chosen(program):
    make_backing(program)
    cohort = make_ahead(program, "mentees")
    make_calendar(cohort)
    make_wishing(cohort, "Games")

    assert next_of(program) == "desk:gate_mentors"


@pytest.mark.parametrize(
    ("gates", "route"),
    [
        (["mentees"], "desk:gate_mentors"),
        (["mentees", "mentors"], "desk:gate_match"),
        ([*Opening.Gate], "pairs:run_list"),
    ],
)
def test_once_both_sides_are_there_the_gates_remain(program, gates, route):
    make_backing(program)
    cohort = make_ahead(program, *gates)
    make_calendar(cohort)
    make_wishing(cohort, "Games")
    make_wishing(cohort, "Games", role="mentor")

    assert next_of(program) == route


@pytest.mark.parametrize(
    ("kind", "gates", "label"),
    [
        ("guidelines", [], "Read and publish the guidelines"),
        ("lessons", ["mentees", "mentors"], "Read and publish the lessons"),
    ],
)
def test_what_a_closed_gate_needs_is_published_first(program, kind, gates, label):
    make_backing(program)
    program.publications.filter(kind=kind).delete()
    cohort = make_ahead(program, *gates)
    make_calendar(cohort)
    make_wishing(cohort, "Games")
    make_wishing(cohort, "Games", role="mentor")
    manager = program.staff.get(role="program_manager").person

    found = launch_of(program, by=manager, today=TODAY).next_step

    assert (found.to, found.label) == ("learning:text_list", label)


def test_nobody_publishes_for_gates_that_are_open(program):
    make_backing(program)
    program.publications.all().delete()
    cohort = make_ahead(program, *Opening.Gate)
    make_calendar(cohort)
    make_wishing(cohort, "Games")
    make_wishing(cohort, "Games", role="mentor")

    assert next_of(program) == "pairs:run_list"


def test_nothing_of_a_draft_is_opened(program):
    make_backing(program)
    cohort = make_ahead(program)
    make_calendar(cohort)
    make_wishing(cohort, "Games")
    make_wishing(cohort, "Games", role="mentor")
    Cohort.objects.update(is_draft=True)

    assert next_of(program) is None


def test_the_executive_owner_reads_and_is_offered_nothing(program):
    owner = make_owner(program).person
    make_ahead(program)

    found = launch_of(program, by=owner, today=TODAY)

    assert found.next_step is None
    assert {one.link for one in found.steps} == {None}
