"""Two at once: one wins, and rows are there exactly once."""

from datetime import timedelta
from threading import Barrier, Event
from time import sleep

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.utils import timezone

from tests.databases import at_once
from tests.pairs.choosing import choose, make_choosing, sides_of
from tests.pairs.organizations import manager_of
from tests.pairs.test_ending import published
from tests.pairs.test_publication import WHY, make_run
from tests.pairs.test_repairs import looked_for, with_a_leaver
from tests.pairs.test_runs import computed, make_sides, silent
from upwell.delivery.deliver import deliver
from upwell.delivery.models import Job, OutboxMessage
from upwell.pairs.models import Couple, MatchRun, Member, Pair, Proposal, Repair
from upwell.pairs.services import (
    add_block,
    apply_repair,
    compute_run,
    end_pair,
    publish_run,
    start_run,
    stop_publication,
)
from upwell.people.models import ReportingLine
from upwell.people.services import raise_revision
from upwell.programs.models import Cohort, Enrollment
from upwell.programs.services import step_out

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_database")]

ROUNDS = 5


def together(action, gate, before):
    """Let an action wait for the others right before it sends this kind of statement."""

    def wrapper(execute, sql, *rest):
        if sql.startswith(before) and not waited:
            waited.append(True)
            gate.wait()
        return execute(sql, *rest)

    def act():
        with connections["default"].execute_wrapper(wrapper):
            return action()

    waited = []
    return act


def publish_together(*runs):
    """Publish, each from rows of its own, when all have found that nothing is published yet."""
    gate, by = Barrier(len(runs)), manager_of(runs[0].cohort)
    rows = [MatchRun.objects.select_related("cohort__program").get(pk=run.pk) for run in runs]
    actions = [lambda run=run: publish_run(run, reason=WHY, by=by) for run in rows]
    return at_once(*(together(act, gate, 'SELECT "pairs_couple"') for act in actions))


def refusals(outcomes):
    errors = [outcome for outcome in outcomes if outcome is not None]
    assert all(isinstance(error, ValidationError) for error in errors), errors
    return [error.message for error in errors]


def rows():
    return {model: model.objects.count() for model in (Pair, Couple, Member, OutboxMessage)}


def test_a_run_published_twice_at_once_is_published_once():
    for _round in range(ROUNDS):
        run, before = make_run(), rows()

        outcomes = publish_together(run, run)

        assert refusals(outcomes) == ["The pairs of this cohort are already published."]
        made = {model: count - before[model] for model, count in rows().items()}
        assert made == {Pair: 2, Couple: 2, Member: 4, OutboxMessage: 4}


def test_of_two_runs_published_at_once_one_is():
    for _round in range(ROUNDS):
        first, before = make_run(), rows()
        second = computed(first.cohort)

        outcomes = publish_together(first, second)

        assert refusals(outcomes) == ["The pairs of this cohort are already published."]
        published = MatchRun.objects.published().get(cohort=first.cohort)
        assert published.pairs.count() == 2
        made = {model: count - before[model] for model, count in rows().items()}
        assert made == {Pair: 2, Couple: 2, Member: 4, OutboxMessage: 4}


def test_without_its_constraints_two_runs_are_published_at_once():
    if connection.vendor == "postgresql":
        pytest.skip("the constraints are dropped in a database that is thrown away")
    first = make_run(1, 1, capacity={"mentor": 2, "mentee": 2})
    second = computed(first.cohort)
    with connection.cursor() as cursor:
        cursor.execute('DROP INDEX "one_published_run"')
        cursor.execute('DROP INDEX "couple_active_once"')

    outcomes = publish_together(first, second)

    assert outcomes == [None, None]
    assert MatchRun.objects.published().count() == 2


def test_of_a_stop_and_a_worker_that_sends_one_comes_first(settings, mailoutbox):
    """Whatever the clocks say: either nobody was told and there is nothing, or it is refused."""
    settings.STOP_MINUTES = 15
    seen = set()
    for number in range(4 * ROUNDS):
        run, by = make_run(), None
        publish_run(run, reason=WHY, by=run.started_by)
        due = OutboxMessage.objects.filter(state="waiting")
        due.update(next_attempt_at=timezone.now() - timedelta(seconds=1))
        mailoutbox.clear()
        by = run.started_by

        def stop(run=run, by=by, number=number):
            sleep(number % 5 / 100)
            stop_publication(run, by=by)

        refused = refusals(at_once(stop, lambda: deliver("", report=silent)))

        is_published = MatchRun.objects.published().filter(pk=run.pk).exists()
        assert (len(mailoutbox), run.pairs.count()) == ((4, 2) if is_published else (0, 0))
        assert is_published == bool(refused)
        seen.add(is_published)
    assert True in seen


def test_whoever_asks_to_be_kept_apart_waits_for_a_publication_and_neither_fails():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite locks no rows")
    run, gate = make_run(), Barrier(2)
    mentor, mentee = (side.person for side in run.cohort.enrollments.order_by("role", "pk")[1:3])
    by = manager_of(run.cohort)
    raise_revision()

    outcomes = at_once(
        together(lambda: publish_run(run, reason=WHY, by=by), gate, 'INSERT INTO "pairs_couple"'),
        together(lambda: add_block(mentor, mentee), gate, 'UPDATE "people_directory"'),
    )

    assert outcomes == [None, None]


def test_whoever_steps_out_at_the_last_yes_is_either_out_or_in_a_pair():
    found = make_choosing()
    Cohort.objects.update(starts_on=timezone.localdate())
    (mentor, *_), (mentee, *_) = sides_of(found)
    choose(found, mentor, mentee)
    is_about_to_be, is_out = Event(), Event()

    def wrapper(execute, sql, *rest):
        if sql.startswith('INSERT INTO "pairs_pair"'):
            is_about_to_be.set()
            is_out.wait(timeout=1)
        return execute(sql, *rest)

    def say_the_last_yes():
        with connections["default"].execute_wrapper(wrapper):
            choose(found, mentee, mentor)

    def leave():
        is_about_to_be.wait(timeout=5)
        step_out(mentor, asks_next=False, by=mentor.person)
        is_out.set()

    outcomes = at_once(say_the_last_yes, leave)

    refused, is_in = refusals(outcomes), Couple.objects.filter(is_active=True).exists()
    state = Enrollment.objects.get(pk=mentor.pk).state
    assert (is_in, state) in {(True, "enrolled"), (False, "out")} and len(refused) == 1


def test_of_two_runs_started_at_once_one_is():
    for _round in range(ROUNDS):
        cohort = make_sides()
        by, job_count = manager_of(cohort), Job.objects.count()

        def start(cohort=cohort, by=by):
            start_run(cohort, by=by)

        outcomes = at_once(start, start)

        assert refusals(outcomes) == ["A run of this cohort is already under way."]
        assert MatchRun.objects.get(cohort=cohort).number == 1
        assert Job.objects.count() == job_count + 1


def test_a_run_computed_by_two_workers_at_once_is_kept_once():
    for _round in range(ROUNDS):
        cohort = make_sides(3, 2)
        run = start_run(cohort, by=manager_of(cohort))
        gate = Barrier(2)

        def compute(run=run, gate=gate):
            def report(progress):
                if progress["step"] == "explaining":
                    gate.wait()

            compute_run(run.pk, report=report)

        outcomes = at_once(compute, compute)

        assert outcomes == [None, None]
        assert Proposal.objects.filter(run=run).count() == 2
        assert run.unplaced.count() == 1


def left_alone():
    """A repair with two ways, for a mentee whose mentor has left."""
    lost, (other,), spare = with_a_leaver()
    ReportingLine.objects.create(person=spare, manager=lost.mentee)
    repair = looked_for(lost.pair.cohort)
    assert len(repair.options) == 2
    return repair, other


def test_of_two_ways_used_at_once_one_is():
    for _round in range(ROUNDS):
        repair, _other = left_alone()
        gate, by, before = Barrier(2), manager_of(repair.cohort), rows()
        rows_of_each = [Repair.objects.select_related("cohort__program").get() for _ in range(2)]
        actions = [
            lambda row=row, way=way, by=by: apply_repair(row, way, by=by)
            for way, row in enumerate(rows_of_each)
        ]

        outcomes = at_once(*(together(act, gate, 'SELECT "pairs_matchrun"') for act in actions))

        assert refusals(outcomes) == ["One of these ways has been used already. See the pairs."]
        repair.refresh_from_db()
        way = repair.options[repair.applied_option]
        made = {model: count - before[model] for model, count in rows().items()}
        assert made[Pair] == len(way["begins"])
        assert Couple.objects.under_way().filter(pk__in=way["ends"]).count() == 0
        Repair.objects.all().delete()


def test_of_two_repairs_used_at_once_one_is():
    for _round in range(ROUNDS):
        first, _other = left_alone()
        second = looked_for(first.cohort)
        gate, by = Barrier(2), manager_of(first.cohort)
        keys = (first.pk, second.pk)
        found = [Repair.objects.select_related("cohort__program").get(pk=pk) for pk in keys]
        actions = [lambda row=row, by=by: apply_repair(row, 0, by=by) for row in found]

        outcomes = at_once(*(together(act, gate, 'SELECT "pairs_matchrun"') for act in actions))

        (said,) = refusals(outcomes)
        assert "have changed since" in said or "must be kept apart" in said
        assert Repair.objects.filter(state="applied").count() == 1
        Repair.objects.all().delete()


def test_a_pair_ended_twice_at_once_ends_once():
    for _round in range(ROUNDS):
        couple, _other = published()
        by = manager_of(couple.pair.cohort)
        found = [Pair.objects.select_related("cohort").get(pk=couple.pair_id) for _ in range(2)]
        gate = Barrier(2)
        actions = [lambda pair=pair, by=by: end_pair(pair, by=by) for pair in found]
        start = 'SELECT "programs_program"' if connection.vendor == "postgresql" else "BEGIN"

        outcomes = at_once(*(together(act, gate, start) for act in actions))

        assert refusals(outcomes) == ["This pair has ended already."]
        assert OutboxMessage.objects.count() == 2


def test_nothing_is_computed_twice_in_a_row():
    cohort = make_sides()
    run = computed(cohort)

    outcomes = at_once(*[lambda: compute_run(run.pk, report=silent)] * 2)

    assert outcomes == [None, None]
    assert Proposal.objects.count() == 2
