"""Match runs, from the start to their place in line."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from tests.factories import make_cohort, make_enrollment, make_manager
from tests.pairs.organizations import manager_of
from upwell.delivery.models import Job
from upwell.pairs.models import Couple, MatchRun, Pair
from upwell.pairs.services import compute_run, start_run
from upwell.pairs.services.words import fault_sentences, unplaced_sentence
from upwell.people.models import Person
from upwell.policy import Policy
from upwell.programs.models import Opening, Program

pytestmark = pytest.mark.django_db

NO_RULES = {
    "rules": {"level_gap": 0, "overlap_hours": 0.0, "shared_language": False, "team": "any"}
}


def silent(progress):
    """For runs whose progress nobody follows."""


def make_sides(mentors=2, mentees=2, **policy):
    """A cohort whose people may all be paired."""
    cohort = make_cohort(make_manager())
    set_policy(cohort, {**NO_RULES, **policy})
    for role, count in (("mentor", mentors), ("mentee", mentees)):
        for _ in range(count):
            make_enrollment(cohort, role)
    return cohort


def set_policy(cohort, values):
    text = Policy.from_values(values).to_json()
    Program.objects.filter(pk=cohort.program_id).update(policy_json=text)


def computed(cohort, report=silent):
    run = start_run(cohort, by=manager_of(cohort))
    compute_run(run.pk, report=report)
    run.refresh_from_db()
    return run


def test_start_run_keeps_the_policy_and_asks_the_worker():
    cohort = make_sides()

    run = start_run(cohort, by=manager_of(cohort))

    assert (run.number, run.state) == (1, MatchRun.State.WAITING)
    assert run.policy_json == Program.objects.get().policy_json
    job = Job.objects.get()
    assert (job.service, job.target, job.cluster) == (
        "upwell.pairs.services.compute_run",
        str(run.pk),
        "long",
    )
    assert MatchRun.objects.get().job == job


def test_runs_are_counted_in_their_cohort():
    cohort = make_sides()

    numbers = [computed(cohort).number for _ in range(2)]

    assert numbers == [1, 2]


@pytest.mark.parametrize(
    ("mentors", "mentees", "refusal"),
    [(0, 1, "No mentor has said yet that they take part"), (1, 0, "No mentee has said")],
)
def test_start_run_refuses_an_empty_side(mentors, mentees, refusal):
    cohort = make_sides(mentors, mentees)

    with pytest.raises(ValidationError, match=refusal):
        start_run(cohort, by=manager_of(cohort))

    assert not MatchRun.objects.exists()


def test_start_run_counts_nobody_who_left():
    cohort = make_sides(1, 1)
    Person.objects.filter(enrollments__role="mentor").update(is_active=False)

    with pytest.raises(ValidationError, match="No mentor"):
        start_run(cohort, by=manager_of(cohort))


def test_start_run_refuses_whoever_takes_part():
    cohort = make_sides()
    manager = manager_of(cohort)
    make_enrollment(cohort, person=manager)

    with pytest.raises(ValidationError, match="You take part in this cohort"):
        start_run(cohort, by=manager)


def test_start_run_refuses_whoever_does_not_manage():
    cohort = make_sides()

    with pytest.raises(ValidationError, match="Only the program's managers"):
        start_run(cohort, by=make_manager())


def test_start_run_refuses_a_second_one_at_a_time():
    cohort = make_sides()
    start_run(cohort, by=manager_of(cohort))

    with pytest.raises(ValidationError, match="already under way"):
        start_run(cohort, by=manager_of(cohort))

    assert MatchRun.objects.count() == 1


def test_a_cohort_has_one_waiting_run_whoever_writes():
    cohort = make_sides()
    run = start_run(cohort, by=manager_of(cohort))
    run.pk, run.number = None, 2

    with pytest.raises(IntegrityError):
        run.save(force_insert=True)


def test_a_run_whose_job_was_given_up_makes_way():
    cohort = make_sides()
    first = start_run(cohort, by=manager_of(cohort))
    Job.objects.update(state=Job.State.FAILED)

    second = start_run(cohort, by=manager_of(cohort))

    first.refresh_from_db()
    assert (first.state, second.number) == (MatchRun.State.FAILED, 2)
    assert fault_sentences(first) == ["The run was given up after an error. Start another one."]


def test_start_run_refuses_a_published_cohort():
    cohort = make_sides()
    MatchRun.objects.filter(pk=computed(cohort).pk).update(published_at="2026-01-01T00:00Z")

    with pytest.raises(ValidationError, match="already published"):
        start_run(cohort, by=manager_of(cohort))


def test_people_who_were_a_pair_are_kept_apart():
    cohort = make_sides(1, 1)
    mentor, mentee = (cohort.enrollments.get(role=role).person for role in ("mentor", "mentee"))
    earlier = make_cohort()
    run = MatchRun.objects.create(
        cohort=earlier, number=1, policy_json="{}", read_on="2025-01-01", started_by=mentee
    )
    pair = Pair.objects.create(cohort=earlier, run=run, state="ended")
    Couple.objects.create(pair=pair, mentor=mentee, mentee=mentor, is_active=False)

    run = computed(cohort)

    assert (run.state, run.figures["pairs"]) == (MatchRun.State.DONE, 0)
    assert {unplaced_sentence(one) for one in run.unplaced.all()} == {
        "Whoever may be paired with them has somebody already, or was a pair with them before,"
        " or one of the two has asked in private for something else."
    }


def test_run_waits_for_the_gate_of_the_match():
    cohort = make_sides()
    cohort.openings.filter(gate=Opening.Gate.MATCH).delete()

    with pytest.raises(ValidationError, match="This cohort is not open for matching yet"):
        start_run(cohort, by=manager_of(cohort))

    assert not cohort.runs.exists()
