"""What the home page says to program managers."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.desk.launching import make_backing, make_calendar, make_wishing
from tests.factories import (
    make_cohort,
    make_enrollment,
    make_manager,
    make_pair,
    make_person,
    make_program,
    make_run,
)
from upwell.desk.queries import home_of
from upwell.desk.queries.manager import Stage
from upwell.pairs.models import Conflict, MatchRun, Preview

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2026, 1, 1)


def make_published(cohort):
    return make_run(cohort, published_at=timezone.now())


def make_sides(cohort):
    return make_enrollment(cohort, "mentor"), make_enrollment(cohort, "mentee")


def test_manager_of_an_empty_directory_imports_people():
    task = home_of(make_manager()).main_task

    assert (task.stage, task.step.to) == (Stage.PEOPLE, "people:import_start")


def test_manager_with_people_creates_a_program():
    make_person()

    task = home_of(make_manager()).main_task

    assert (task.stage, task.step.to) == (Stage.PROGRAM, "programs:program_create")


def test_program_without_a_cohort_goes_on_with_its_launch():
    manager = make_manager()
    program = make_program(manager, name="Fresh eyes")

    home = home_of(manager)

    assert home.headline == "Fresh eyes: 0 of 10 steps are done"
    assert home.main_task.text == "Next: Write down the goal."
    assert (home.main_task.step.to, home.main_task.step.pk) == ("desk:launch", program.pk)
    assert home.main_task.stage == Stage.COHORT


def test_cohort_with_a_gate_before_it_goes_on_with_its_launch():
    manager = make_manager()
    cohort = make_cohort(manager, name="Spring", gates=("mentees", "mentors"))
    make_backing(cohort.program)
    make_calendar(cohort)
    make_wishing(cohort, "Games")
    make_wishing(cohort, "Games", role="mentor")

    task = home_of(manager, NEW_YEAR).main_task

    assert (task.title, task.text) == (
        f"{cohort.program}: 7 of 10 steps are done",
        "Next: Open for matching.",
    )
    assert task.step.query == f"cohort={cohort.pk}"
    assert task.stage == Stage.MATCH


def test_cohort_that_was_matched_waits_for_no_gate():
    manager = make_manager()
    cohort = make_cohort(manager, gates=())
    make_run(cohort)

    assert home_of(manager, NEW_YEAR).main_task.stage == Stage.PUBLISH


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


@pytest.mark.parametrize(
    ("today", "title", "to"),
    [
        (date(2025, 12, 31), "Spring begins on Jan. 1, 2026 with 0 pairs", "pairs:pair_list"),
        (date(2026, 1, 1), "Spring is under way with 0 pairs", "pairs:pair_list"),
        (date(2026, 6, 30), "Spring is under way with 0 pairs", "pairs:pair_list"),
        (date(2026, 7, 1), "Spring ended on June 30, 2026", "programs:cohort_create"),
    ],
)
def test_published_cohort_begins_is_under_way_and_ends(today, title, to):
    manager = make_manager()
    make_published(make_cohort(manager, name="Spring"))

    task = home_of(manager, today).tasks[0]

    assert (task.title, task.is_pressing, task.step.to) == (title, False, to)


def test_a_published_cohort_stays_when_a_later_one_is_opened():
    manager = make_manager()
    program = make_program(manager)
    make_published(make_cohort(program=program, name="Spring", starts_on=date(2026, 3, 1)))
    make_cohort(program=program, name="Autumn", starts_on=date(2026, 9, 1))

    home = home_of(manager, date(2026, 5, 1))

    assert [task.title for task in home.tasks] == [
        "Autumn waits for its participants",
        "Spring is under way with 0 pairs",
    ]
    assert home.main_task == home.tasks[0]
    assert home.journey == []


def test_of_what_waits_the_cohort_that_starts_first_comes_first():
    manager = make_manager()
    program = make_program(manager)
    for name, month in (("Late", 9), ("Early", 6), ("Middle", 7)):
        make_cohort(program=program, name=name, starts_on=date(2026, month, 1))
    make_program(manager, name="New one")

    home = home_of(manager, date(2026, 5, 1))

    assert [task.title.split()[0] for task in home.tasks] == ["Early", "Middle", "Late", "New"]
    assert home.headline == "2 programs wait for you"


def test_cohorts_of_one_program_that_wait_are_counted():
    manager = make_manager()
    program = make_program(manager)
    for month in (6, 7):
        make_cohort(program=program, starts_on=date(2026, month, 1))

    assert home_of(manager, date(2026, 5, 1)).headline == "2 cohorts wait for you"


def test_the_published_run_counts_though_a_later_one_is_there():
    manager = make_manager()
    cohort = make_cohort(manager)
    make_published(cohort)
    make_run(cohort, state=MatchRun.State.FAILED)

    assert home_of(manager, NEW_YEAR).tasks[0].stage == Stage.UNDER_WAY


def test_cohorts_that_have_ended_are_not_told_about_beside_others():
    manager = make_manager()
    program = make_program(manager)
    make_published(make_cohort(program=program, name="Last year", starts_on=date(2025, 1, 1)))
    make_cohort(program=program, name="This year", starts_on=date(2026, 1, 1))

    home = home_of(manager, date(2025, 12, 1))

    assert [task.title for task in home.tasks] == ["This year waits for its participants"]


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
    make_published(make_cohort(manager, name="Under way"))
    make_cohort(manager)
    make_cohort(manager)

    home = home_of(manager)

    assert home.headline == "2 programs wait for you"
    assert [task.is_pressing for task in home.tasks] == [True, True, False]
    assert home.main_task is None


def test_programs_that_wait_for_nothing_are_said_so():
    manager = make_manager()
    for _ in range(2):
        make_published(make_cohort(manager))

    assert home_of(manager, NEW_YEAR).headline == "Nothing waits for you today"


def test_journey_marks_what_is_done_and_what_is_next():
    manager = make_manager()
    make_program(manager)

    journey = home_of(manager).journey

    assert [leg.is_done for leg in journey] == [True, True, False, False, False, False]
    assert [leg.is_current for leg in journey].index(True) == 2


def test_journey_ends_with_publication():
    manager = make_manager()
    make_published(make_cohort(manager))

    assert home_of(manager).journey == []


@pytest.mark.parametrize(("today", "is_pressing"), [(NEW_YEAR, True), (date(2026, 7, 1), False)])
def test_pairs_that_break_a_rule_now_wait_for_the_manager(today, is_pressing):
    manager = make_manager()
    run = make_published(make_cohort(manager, name="Spring"))
    for _ in range(2):
        pair = make_pair(run=run)
        Conflict.objects.create(couple=pair.couples.get(), rule="reporting_line")

    task = home_of(manager, today=today).tasks[0]

    said = "Spring: 2 pairs now stand in one reporting line."
    assert (task.is_pressing, task.title == said) == (is_pressing, is_pressing)
    assert ("Upwell ends no pair by itself." in task.text) == is_pressing


def test_whoever_takes_part_hears_of_no_conflict():
    manager = make_manager()
    run = make_published(make_cohort(manager))
    Conflict.objects.create(couple=make_pair(run=run).couples.get(), rule="level_gap")
    make_enrollment(run.cohort, person=manager)

    assert not [task for task in home_of(manager, today=NEW_YEAR).tasks if task.is_pressing]


@pytest.mark.parametrize("administrators", [[], ["Tyler"], ["Tyler", "Una"]])
def test_people_in_a_pair_who_cannot_sign_in_wait_for_the_manager(administrators):
    manager = make_manager()
    run = make_published(make_cohort(manager, name="Spring"))
    make_pair(make_person(), make_person(sign_in_email="a@example.com"), run=run)
    make_enrollment(run.cohort)
    for name in administrators:
        make_person(name=name, roles=["directory_administrator"])

    task = home_of(manager, today=NEW_YEAR).tasks[0]

    assert task.title == "Spring: 1 person in a pair cannot sign in"
    assert (" or ".join(administrators) or "a directory administrator") in task.text
    assert task.step.href.endswith("/people/?access=without")


@pytest.mark.parametrize(("today", "is_pressing"), [(NEW_YEAR, True), (date(2026, 7, 1), False)])
def test_people_whose_counterpart_is_gone_wait_for_the_manager(today, is_pressing):
    manager = make_manager()
    run = make_published(make_cohort(manager, name="Spring"))
    mentee = make_enrollment(run.cohort, "mentee").person
    make_pair(make_person(is_active=False), mentee, run=run)

    task = home_of(manager, today=today).tasks[0]

    said = "Spring: 1 person has no counterpart any more"
    assert (task.is_pressing, task.title == said) == (is_pressing, is_pressing)


def test_the_reserve_is_nobody_whose_counterpart_is_gone():
    manager = make_manager()
    run = make_published(make_cohort(manager))
    make_enrollment(run.cohort)
    both = [make_enrollment(run.cohort, role).person for role in ("mentor", "mentee")]
    make_pair(*both, run=run)

    tasks = home_of(manager, today=NEW_YEAR).tasks
    assert not [task for task in tasks if "any more" in task.title]


def test_a_run_without_pairs_takes_no_credit_for_those_who_chose_each_other():
    manager = make_manager()
    cohort = make_cohort(manager)
    make_sides(cohort)
    make_pair(run=make_run(cohort), origin="chosen")
    make_run(cohort, figures={"pairs": 0})

    task = home_of(manager, NEW_YEAR).main_task

    assert "It found 0 pairs" in task.text
    assert (task.latest.pairs, task.latest.going_on) == (0, 1)


def test_the_run_that_both_sides_are_asked_about_comes_before_later_ones():
    manager = make_manager()
    cohort = make_cohort(manager)
    make_sides(cohort)
    asked = make_run(cohort)
    later = make_run(cohort, state=MatchRun.State.FAILED)
    Preview.objects.create(
        run=asked, cohort=cohort, opened_by=manager, closes_at=timezone.now() + timedelta(hours=9)
    )

    assert later.number > asked.number
    assert [task.latest.run for task in home_of(manager, NEW_YEAR).tasks] == [asked]
