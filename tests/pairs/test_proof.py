"""Runs proven again, and pairs not made explained."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from tests.factories import make_enrollment
from tests.pairs.organizations import load_demo, manager_of
from tests.pairs.test_runs import computed, make_sides, set_policy
from upwell.pairs.models import MatchRun
from upwell.pairs.services import check_again, recheck_run, start_run, why_not
from upwell.pairs.services.inputs import unpack
from upwell.pairs.services.words import check_sentences
from upwell.people.models import Person, ReportingLine
from upwell.policy import Policy, compile_problem
from upwell.policy.phrases import rule_names

pytestmark = pytest.mark.django_db


def couple_of(run):
    proposal = run.proposals.first()
    return proposal.mentor, proposal.mentee


def test_a_run_is_proven_again_from_what_was_stored_alone():
    cohort, _people = load_demo(120)
    run = computed(cohort)
    ReportingLine.objects.all().delete()
    Person.objects.update(languages=[], hours_from=None, hours_until=None)

    verdict, faults = check_again(run)

    assert faults == []
    assert (verdict.pairs, verdict.gap) == (run.figures["pairs"], 0)


def test_a_stable_run_is_proven_again_and_tells_no_count():
    cohort, _people = load_demo(120)
    set_policy(cohort, {"objective": "stable"})
    run = computed(cohort)

    assert check_again(run)[1] == []
    assert run.figures["objective"] == "stable"
    assert "blocking_pairs" not in run.figures  # how many there are would tell of private requests


@pytest.mark.parametrize("part", ["certificate", "inputs"])
def test_what_was_changed_is_found(part):
    cohort, _people = load_demo(120)
    run = computed(cohort)
    if part == "certificate":
        body = json.loads(run.certificate)
        run.certificate = json.dumps({**body, "value": body["value"] + 1})
    else:
        other = load_other(cohort)
        run.inputs = other.inputs

    _verdict, faults = check_again(run)

    assert faults


def load_other(cohort):
    """A run of the same people with other working hours."""
    Person.objects.update(hours_from=0, hours_until=600)
    return computed(cohort)


def test_a_run_without_a_result_proves_nothing():
    cohort = make_sides()
    run = start_run(cohort, by=manager_of(cohort))

    with pytest.raises(ValidationError, match="no result"):
        check_again(run)


def test_nothing_is_in_the_way_of_a_pair_that_was_made():
    run = computed(make_sides())

    rules = why_not(run, *couple_of(run))

    assert rules == []


def test_private_rules_are_told_as_one():
    cohort = make_sides()
    mentor, mentee = cohort.enrollments.mentors()[0], cohort.enrollments.mentees()[0]
    ReportingLine.objects.create(person=mentor.person, manager=mentee.person)
    run = computed(cohort)

    rules = why_not(run, mentor, mentee)

    assert rules == ["kept apart (reporting line, earlier pair or private request)"]


def test_rules_are_those_of_the_run_though_the_id_has_changed():
    cohort = make_sides()
    mentor, mentee = cohort.enrollments.mentors()[0], cohort.enrollments.mentees()[0]
    run = computed(cohort)
    Person.objects.filter(pk=mentor.person_id).update(employee_id="E-new")
    ReportingLine.objects.create(person=mentor.person, manager=mentee.person)

    rules = why_not(run, mentor, mentee)

    assert rules == []


def test_somebody_who_came_later_is_not_explained():
    cohort = make_sides()
    run = computed(cohort)
    late = make_enrollment(cohort)

    with pytest.raises(ValidationError, match="was not among the people of this run"):
        why_not(run, late, cohort.enrollments.mentees()[0])


def test_two_people_compiled_alone_are_kept_apart_by_the_same_rules_as_among_all():
    cohort, _people = load_demo(120)
    first = couple_of(computed(cohort))
    ids = [side.person.employee_id for side in first]
    policy = {"pairs": {"pin": [ids]}, "rules": {"region": "across", "unit": "different"}}
    set_policy(cohort, policy)
    run = computed(cohort)
    inputs = unpack(bytes(run.inputs))
    problem = compile_problem(Policy.from_json(run.policy_json), inputs.people).problem

    found = set()
    for mentor in cohort.enrollments.mentors().select_related("person")[:12]:
        for mentee in cohort.enrollments.mentees().select_related("person")[:12]:
            at = (
                problem.mentors.index(mentor.person.employee_id),
                problem.mentees.index(mentee.person.employee_id),
            )
            said = why_not(run, mentor, mentee)
            assert said == rule_names(problem.rules_between(*at))
            found |= {*said}
    assert len(found) > 3


def test_somebody_whose_level_the_policy_leaves_out_is_not_explained():
    cohort, people = load_demo(60)
    set_policy(cohort, {"mentors": {"levels": people.level_order[:1]}})
    run = computed(cohort)
    outside = cohort.enrollments.mentors().filter(person__level__height=2)[0]

    with pytest.raises(ValidationError, match=f"{outside.person.name} was not among"):
        why_not(run, outside, cohort.enrollments.mentees()[0])


def test_time_and_outcome_of_the_last_check_are_kept():
    run = computed(make_sides())
    before = run.checked_at

    held = recheck_run(run)
    first = MatchRun.objects.get()
    run.certificate = run.certificate.replace("value", "valve")
    faults = recheck_run(run)
    last = MatchRun.objects.get()

    assert (before, held, first.check_faults) == (None, [], [])
    assert faults and check_sentences(last) == faults
    assert first.checked_at < last.checked_at


def test_what_was_wrong_is_said_in_the_language_of_whoever_reads_it():
    run = computed(make_sides())
    run.certificate = run.certificate.replace("value", "valve")

    english = recheck_run(run)
    with translation.override("de"):
        german = check_sentences(MatchRun.objects.get())

    assert english[0] == "the certificate has been changed: its digest does not fit"
    assert german[0].startswith("der Nachweis wurde verändert")
    assert len(german) == len(english)
