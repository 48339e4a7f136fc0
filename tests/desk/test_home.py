"""What the home page says to whom. The links themselves: test_views.py."""

from datetime import date

import pytest
from django.utils import timezone

from tests.factories import (
    make_cohort,
    make_enrollment,
    make_manager,
    make_pair,
    make_person,
    make_program,
    make_run,
)
from upwell.delivery.models import Job, OutboxMessage
from upwell.desk.queries import home_of
from upwell.desk.queries.manager import Stage
from upwell.pairs.models import MatchRun, Pair

pytestmark = pytest.mark.django_db


def make_administrator():
    return make_person(roles=["directory_administrator"])


def make_sides(cohort):
    return make_enrollment(cohort, "mentor"), make_enrollment(cohort, "mentee")


def test_manager_of_an_empty_directory_imports_people():
    task = home_of(make_manager()).main_task

    assert (task.stage, task.step.to) == (Stage.PEOPLE, "people:import_start")


def test_manager_with_people_creates_a_program():
    make_person()

    task = home_of(make_manager()).main_task

    assert (task.stage, task.step.to) == (Stage.PROGRAM, "programs:program_create")


def test_program_without_a_cohort_opens_one():
    manager = make_manager()
    program = make_program(manager, name="Fresh eyes")

    home = home_of(manager)

    assert home.headline == "Fresh eyes has no cohort yet"
    assert (home.main_task.step.to, home.main_task.step.pk) == (
        "programs:cohort_create",
        program.pk,
    )


@pytest.mark.parametrize(
    ("roles", "headline"),
    [
        ([], "Spring waits for its participants"),
        (["mentor"], "Spring has no mentees yet"),
        (["mentee"], "Spring has no mentors yet"),
    ],
)
def test_cohort_that_misses_a_side_takes_participants(roles, headline):
    manager = make_manager()
    cohort = make_cohort(manager, name="Spring")
    for role in roles:
        make_enrollment(cohort, role)

    home = home_of(manager)

    assert home.headline == headline
    assert (home.main_task.step.to, home.main_task.step.pk) == (
        "programs:participant_add",
        cohort.pk,
    )


def test_cohort_with_both_sides_is_matched():
    manager = make_manager()
    cohort = make_cohort(manager, name="Spring")
    make_sides(cohort)

    home = home_of(manager)

    assert home.headline == "Spring is ready to match"
    assert (home.main_task.stage, home.main_task.step.to) == (Stage.MATCH, "pairs:run_list")


@pytest.mark.parametrize(
    ("fields", "title", "stage", "is_pressing"),
    [
        ({"state": "waiting"}, "Run 1 of Spring is being computed", Stage.MATCH, False),
        ({"state": "failed"}, "Run 1 of Spring did not come to an end", Stage.MATCH, True),
        ({}, "Run 1 of Spring waits for your word", Stage.PUBLISH, True),
    ],
)
def test_cohort_with_a_run_leads_to_it(fields, title, stage, is_pressing):
    manager = make_manager()
    run = make_run(make_cohort(manager, name="Spring"), **fields)

    task = home_of(manager).tasks[0]

    assert (task.title, task.stage, task.is_pressing) == (title, stage, is_pressing)
    assert (task.step.to, task.step.pk) == ("pairs:run_detail", run.pk)


def test_published_cohort_leads_to_its_pairs():
    manager = make_manager()
    cohort = make_cohort(manager, name="Spring")
    make_run(cohort, published_at=timezone.now())

    task = home_of(manager).tasks[0]

    assert (task.title, task.is_pressing) == ("Spring is under way with 0 pairs", False)
    assert (task.step.to, task.step.pk) == ("pairs:pair_list", cohort.pk)


def test_the_published_run_counts_though_a_later_one_is_there():
    manager = make_manager()
    cohort = make_cohort(manager)
    make_run(cohort, published_at=timezone.now())
    make_run(cohort, state=MatchRun.State.FAILED)

    assert home_of(manager).tasks[0].stage == Stage.UNDER_WAY


def test_the_latest_cohort_counts():
    manager = make_manager()
    program = make_program(manager)
    make_cohort(program=program, name="Last year", starts_on=date(2025, 1, 1))
    make_cohort(program=program, name="This year", starts_on=date(2026, 1, 1))

    assert home_of(manager).headline == "This year waits for its participants"


def test_manager_in_the_cohort_sees_no_figures_of_it():
    manager = make_manager()
    cohort = make_cohort(manager, name="Spring")
    make_enrollment(cohort, person=manager)
    make_run(cohort)

    task = home_of(manager).tasks[0]

    assert task.title == "You take part in Spring yourself"
    assert (task.latest, task.is_pressing) == (None, False)


def test_programs_of_others_are_not_told_about():
    make_cohort(make_manager())

    assert home_of(make_manager()).tasks[0].program is None


def test_several_programs_are_counted_and_the_pressing_come_first():
    manager = make_manager()
    make_run(make_cohort(manager, name="Under way"), published_at=timezone.now())
    make_cohort(manager)
    make_cohort(manager)

    home = home_of(manager)

    assert home.headline == "2 programs wait for you"
    assert [task.is_pressing for task in home.tasks] == [True, True, False]
    assert home.main_task is None


def test_all_programs_under_way_are_said_so():
    manager = make_manager()
    for _ in range(2):
        make_run(make_cohort(manager), published_at=timezone.now())

    assert home_of(manager).headline == "All your programs are under way"


def test_journey_marks_what_is_done_and_what_is_next():
    manager = make_manager()
    make_program(manager)

    journey = home_of(manager).journey

    assert [leg.is_done for leg in journey] == [True, True, False, False, False, False]
    assert [leg.is_current for leg in journey].index(True) == 2


def test_journey_ends_with_publication():
    manager = make_manager()
    make_run(make_cohort(manager), published_at=timezone.now())

    assert home_of(manager).journey == []


def test_administrator_of_an_empty_directory_imports_people():
    home = home_of(make_administrator())

    assert home.headline == "The directory is empty"
    assert home.matters[0].step.to == "people:import_start"


def test_administrator_sees_participants_without_address_but_nobody_else():
    participant = make_enrollment().person
    make_enrollment(person=make_person(sign_in_email="a@example.com"))
    make_person()

    home = home_of(make_administrator())

    assert home.headline == "1 participant has no sign-in address"
    assert home.matters[0].people == (participant,)


def test_administrator_sees_what_failed():
    make_person()
    Job.objects.create(service="x", target="y", state=Job.State.FAILED)
    OutboxMessage.objects.create(
        address="a@example.com", template="x", message_id="1", subject="s", state="failed"
    )

    titles = [matter.title for matter in home_of(make_administrator()).matters]

    assert titles == ["1 job has failed", "1 message could not be sent"]


def test_administrator_is_told_when_all_is_well():
    make_person()

    assert home_of(make_administrator()).headline == "Everything runs"


def test_mentor_and_mentee_see_each_other():
    lena, thomas = make_person(name="Lena"), make_person(name="Thomas")
    pair = make_pair(lena, thomas)

    assert home_of(lena).headline == "You mentor Thomas"
    assert home_of(thomas).headline == "Lena is your mentor"
    assert [part.pair for part in home_of(lena).parts] == [pair]


def test_ended_pairs_are_left_out():
    lena = make_person()
    make_pair(lena, state=Pair.State.ENDED)

    assert home_of(lena).parts == []


def test_several_pairs_are_counted():
    thomas = make_person()
    make_pair(mentee=thomas)
    make_pair(mentee=thomas)

    assert home_of(thomas).headline == "You are in 2 pairs"


def test_somebody_enrolled_waits_and_sees_no_proposal():
    cohort = make_cohort()
    lena = make_enrollment(cohort).person
    make_run(cohort)

    home = home_of(lena)

    assert home.headline == "Your counterpart is being found"
    assert [(part.cohort, part.counterpart) for part in home.parts] == [(cohort, None)]


def test_somebody_without_any_part_gets_an_explanation():
    home = home_of(make_person())

    assert (home.headline, home.is_bare) == ("You are not in a cohort yet", True)
