"""Match runs as the worker computes them: their result, proven and kept."""

import json
import zlib
from dataclasses import replace
from datetime import date

import pytest

from tests.pairs.organizations import load_demo, manager_of
from tests.pairs.test_runs import computed, make_sides, set_policy, silent
from upwell.matching.document import check, without_proof
from upwell.pairs.models import MatchRun, Proposal, Unplaced
from upwell.pairs.services import compute_run, start_run
from upwell.pairs.services.private import private_part
from upwell.pairs.services.words import fault_sentences, unplaced_sentence
from upwell.people.models import Person
from upwell.policy import Policy, compile_problem
from upwell.programs.models import Enrollment

pytestmark = pytest.mark.django_db


def test_compute_run_keeps_a_proven_result():
    cohort, organization = load_demo(300)

    run = computed(cohort)

    policy = Policy.from_json(run.policy_json)
    part = private_part(run)
    compiled = compile_problem(policy, with_roles(organization, cohort), part.requests)
    verdict, faults = check(part.certificate, compiled.problem, compiled.stated(run.read_on))
    assert (run.state, faults) == (MatchRun.State.DONE, [])
    assert json.loads(run.certificate) == without_proof(part.certificate)
    assert run.problem_digest == compiled.problem.digest()
    figures = run.figures
    assert (figures["pairs"], figures["value"]) == (verdict.pairs, verdict.value)
    assert (figures["gap"], figures["pairs_bound"]) == (0, verdict.pairs)
    assert figures["strong"] + figures["good"] + figures["weak"] == verdict.pairs
    assert run.proposals.count() == verdict.pairs > 10
    assert sum(run.proposals.values_list("score", flat=True)) == verdict.value
    assert figures["mentors"] + figures["mentees"] == cohort.enrollments.count()
    placed = {side for row in run.proposals.all() for side in (row.mentor_id, row.mentee_id)}
    assert {*run.unplaced.values_list("enrollment", flat=True)} == (
        {*cohort.enrollments.values_list("pk", flat=True)} - placed
    )


def with_roles(people, cohort):
    """The table, with the roles of a cohort."""
    rows = cohort.enrollments.values_list("person__employee_id", "role")
    role = dict(rows)
    return replace(people, roles=tuple(role.get(id_, "none") for id_ in people.ids))


def test_compute_run_tells_how_far_it_is():
    cohort = make_sides()
    told = []

    computed(cohort, told.append)

    assert [step["step"] for step in told] == [
        *("compiling", "matching", "matching", "proving", "explaining"),
    ]
    assert {"pass", "pairs", "gap"} <= told[-1].keys()


def test_compute_run_twice_does_nothing_more():
    cohort = make_sides()
    run = computed(cohort)
    before = [*Proposal.objects.values()], [*MatchRun.objects.values()]

    compute_run(str(run.pk), report=silent)

    assert ([*Proposal.objects.values()], [*MatchRun.objects.values()]) == before


def test_compute_run_writes_nothing_where_another_worker_was_faster():
    cohort = make_sides()
    run = start_run(cohort, by=manager_of(cohort))

    def other_worker(progress):
        if progress["step"] == "proving":
            compute_run(run.pk, report=silent)

    compute_run(run.pk, report=other_worker)

    assert Proposal.objects.count() == 2


def test_compute_run_starts_over_where_somebody_withdraws_meanwhile():
    cohort = make_sides(2, 1)
    run = start_run(cohort, by=manager_of(cohort))

    def withdraw(progress):
        if progress["step"] == "proving" and cohort.enrollments.count() == 3:
            Enrollment.objects.filter(role="mentor").first().delete()

    compute_run(run.pk, report=withdraw)

    run.refresh_from_db()
    assert (run.state, run.figures["mentors"]) == (MatchRun.State.DONE, 1)
    assert Proposal.objects.count() == 1


def test_compute_run_is_gone_with_its_run():
    compute_run("00000000-0000-4000-8000-000000000000", report=silent)

    assert not MatchRun.objects.exists()


def test_a_policy_that_does_not_fit_fails_the_run_in_words():
    cohort = make_sides(pairs={"pin": [["E-unknown", "E-other"]]})

    run = computed(cohort)

    assert run.state == MatchRun.State.FAILED
    assert fault_sentences(run) == [
        '“Pairs to be made” names "E-unknown", who is not among the mentors.',
        '“Pairs to be made” names "E-other", who is not among the mentees.',
    ]
    assert not Proposal.objects.exists()


def test_people_outside_the_problem_are_unplaced_with_the_reason():
    cohort, organization = load_demo(60)
    set_policy(cohort, {"mentors": {"levels": organization.level_order[:1]}})
    gone = cohort.enrollments.mentees().first()
    Person.objects.filter(pk=gone.person_id).update(is_active=False)

    run = computed(cohort)

    said = {one.enrollment_id: unplaced_sentence(one) for one in run.unplaced.all()}
    too_high = cohort.enrollments.mentors().filter(person__level__height=2)
    assert said[gone.pk] == "Has left the directory."
    assert {said[one.pk] for one in too_high} == {"The policy leaves people of this level out."}


def test_reasons_and_rules_tell_nothing_singly_that_is_private():
    cohort, _people = load_demo(300)

    run = computed(cohort)

    codes = {reason["code"] for row in run.proposals.all() for reason in row.reasons}
    rules = {code for row in run.unplaced.all() for code in row.rules}
    assert codes == {"topics", "hours", "languages", "perspective"}
    assert rules.isdisjoint({"reporting_line", "former", "keep_apart"})


def test_inputs_name_nobody():
    cohort, people = load_demo(60)

    run = computed(cohort)

    stored = zlib.decompress(bytes(run.inputs)).decode()
    assert not [name for name in (*people.names, *people.emails) if name in stored]


def test_a_run_keeps_the_day_on_which_the_people_were_read():
    run = computed(make_sides())

    assert json.loads(run.certificate)["read_on"] == run.read_on.isoformat()
    assert isinstance(run.read_on, date)


def test_unplaced_people_take_a_row_each():
    cohort = make_sides(5, 2)

    computed(cohort)

    assert [one.why for one in Unplaced.objects.all()] == ["taken"] * 3
