"""Earlier pairs are kept apart in every run of their program, and the runs say so."""

import json

import pytest
from django.core.exceptions import ValidationError

from tests.factories import (
    make_cohort,
    make_earlier_pair,
    make_enrollment,
    make_manager,
    make_pair,
    make_person,
    make_run,
)
from tests.pairs.organizations import manager_of
from tests.pairs.test_publication import make_run as run_with_addresses
from tests.pairs.test_publication import publish
from tests.pairs.test_runs import computed, make_sides, set_policy
from upwell.audit.models import AuditEntry
from upwell.matching.document import document
from upwell.matching.solve import solve
from upwell.pairs.models import Couple, EarlierPair, MatchRun
from upwell.pairs.queries.outcome import has_changed
from upwell.pairs.services import recheck_run, remove_earlier_pair, why_not
from upwell.pairs.services.earlier import merge_earlier
from upwell.pairs.services.private import private_part
from upwell.pairs.services.proof import inputs_of
from upwell.policy import Policy, compile_problem
from upwell.programs.models import Program

pytestmark = pytest.mark.django_db


def sides_of(cohort):
    mentors, mentees = cohort.enrollments.mentors(), cohort.enrollments.mentees()
    return [one.person for one in mentors], [one.person for one in mentees]


def former_of(run):
    return json.loads(run.policy_json)["pairs"]["former"]


def ids(*people):
    return [person.employee_id for person in people]


def made(run):
    return {*run.proposals.values_list("mentor__person", "mentee__person")}


@pytest.mark.parametrize("is_turned", [False, True])
def test_two_of_an_earlier_pair_are_not_paired_in_either_role(is_turned):
    cohort = make_sides(1, 1)
    two = [one.person for one in cohort.enrollments.all()]
    make_earlier_pair(*(reversed(two) if is_turned else two), program=cohort.program)

    run = computed(cohort)

    assert made(run) == set()
    assert run.earlier_added == 1
    assert [*run.unplaced.values_list("rules", flat=True)] == [["apart"], ["apart"]]


def test_the_certificate_names_them_and_the_proof_holds():
    cohort = make_sides()
    mentors, mentees = sides_of(cohort)
    make_earlier_pair(mentors[0], mentees[0], program=cohort.program)

    run = computed(cohort)

    assert json.loads(run.certificate)["policy"]["pairs"]["former"] == [ids(mentors[0], mentees[0])]
    assert recheck_run(run) == []


def test_the_terminal_finds_the_same_pairs_with_the_policy_of_the_run():
    cohort = make_sides(3, 3)
    mentors, mentees = sides_of(cohort)
    make_earlier_pair(mentors[0], mentees[0], program=cohort.program)
    run = computed(cohort)

    compiled = compile_problem(Policy.from_json(run.policy_json), inputs_of(run).people)
    again = document(compiled.problem, solve(compiled.problem), compiled.stated(run.read_on))

    assert again["pairs"] == private_part(run).certificate["pairs"]


def test_pairs_of_other_cohorts_are_kept_apart_and_not_named_as_ended_ones_here_are():
    cohort = make_sides(3, 3)
    mentors, mentees = sides_of(cohort)
    other = make_run(make_cohort(program=cohort.program))
    make_pair(mentors[0], mentees[0], run=other)
    make_pair(mentors[1], mentees[1], run=make_run(cohort), state="ended")
    Couple.objects.filter(mentor=mentors[1]).update(is_active=False)

    run = computed(cohort)

    assert former_of(run) == [ids(mentors[1], mentees[1])]
    apart = {(mentors[place].pk, mentees[place].pk) for place in (0, 1)}
    assert not apart & made(run)


def test_earlier_pairs_of_another_program_are_kept_apart_and_not_named():
    cohort = make_sides(1, 1)
    make_earlier_pair(*[one.person for one in cohort.enrollments.all()])

    run = computed(cohort)

    assert made(run) == set()
    assert (former_of(run), run.earlier_added) == ([], 0)


def test_each_couple_stands_once_after_those_of_the_policy_in_order():
    cohort = make_sides(3, 3)
    mentors, mentees = sides_of(cohort)
    own = ids(mentees[0], mentors[0])
    set_policy(cohort, {"pairs": {"former": [own]}})
    make_earlier_pair(mentors[0], mentees[0], program=cohort.program)
    make_earlier_pair(mentors[2], mentees[2], program=cohort.program)
    make_earlier_pair(mentors[1], mentees[1], program=cohort.program)
    make_earlier_pair(mentees[1], mentors[1], program=cohort.program)

    run = computed(cohort)

    added = former_of(run)[1:]
    assert former_of(run)[0] == own
    assert added == sorted(added)
    assert [sorted(couple) for couple in added] == sorted(
        sorted(ids(mentors[at], mentees[at])) for at in (1, 2)
    )


def test_who_takes_no_part_or_has_left_is_not_named():
    cohort = make_sides()
    mentors, _mentees = sides_of(cohort)
    make_earlier_pair(mentors[0], make_person(), program=cohort.program)
    gone = make_enrollment(cohort, "mentee", person=make_person(is_active=False)).person
    make_earlier_pair(mentors[0], gone, program=cohort.program)

    assert former_of(computed(cohort)) == []


def test_an_id_that_no_policy_can_name_is_kept_apart_all_the_same():
    cohort = make_sides(1, 0)
    mentor = cohort.enrollments.get().person
    mentee = make_enrollment(cohort, "mentee", person=make_person(employee_id=" ")).person
    make_earlier_pair(mentor, mentee, program=cohort.program)

    run = computed(cohort)

    assert (run.state, run.earlier_added, made(run)) == (MatchRun.State.DONE, 0, set())


def test_earlier_pairs_are_no_change_of_the_policy():
    cohort = make_sides()
    mentors, mentees = sides_of(cohort)
    set_policy(cohort, {"pairs": {"former": [ids(mentors[1], mentees[1])]}})
    make_earlier_pair(mentors[0], mentees[0], program=cohort.program)
    run = computed(cohort)

    assert not has_changed(MatchRun.objects.get(pk=run.pk))

    set_policy(cohort, {"pairs": {"former": [ids(mentors[0], mentees[0])]}})
    assert has_changed(MatchRun.objects.get(pk=run.pk))


def test_why_not_says_that_they_are_kept_apart():
    cohort = make_sides()
    mentor, mentee = cohort.enrollments.mentors()[0], cohort.enrollments.mentees()[0]
    make_earlier_pair(mentor.person, mentee.person, program=cohort.program)

    rules = why_not(computed(cohort), mentor, mentee)

    assert rules == ["kept apart (reporting line, earlier pair or private request)"]


def test_an_earlier_pair_told_of_after_the_run_is_not_published():
    run = run_with_addresses(1, 1)
    proposal = run.proposals.get()
    make_earlier_pair(proposal.mentee.person, proposal.mentor.person)

    with pytest.raises(ValidationError, match=r"reporting line, earlier pair or private request"):
        publish(run)


def test_a_wrong_one_is_removed_and_they_may_be_paired_again():
    cohort = make_sides(1, 1)
    two = [one.person for one in cohort.enrollments.all()]
    pair = make_earlier_pair(*two, program=cohort.program)

    remove_earlier_pair(pair, cohort=cohort, by=manager_of(cohort))

    assert len(made(computed(cohort))) == 1
    assert AuditEntry.objects.filter(event="pairs.earlier.removed").count() == 1


def test_one_of_another_program_or_for_somebody_else_is_not_removed():
    cohort, pair = make_sides(1, 1), make_earlier_pair()

    with pytest.raises(ValidationError, match="removed already"):
        remove_earlier_pair(pair, cohort=cohort, by=manager_of(cohort))
    with pytest.raises(ValidationError, match="Only the program's managers"):
        remove_earlier_pair(pair, cohort=cohort, by=make_manager())
    assert EarlierPair.objects.count() == 1
    assert not AuditEntry.objects.filter(event="pairs.earlier.removed").exists()


def test_people_made_one_have_each_earlier_pair_once():
    kept, gone, other = make_person(), make_person(), make_person()
    program = Program.objects.create(name="Upwards")
    for mentor, mentee in ((kept, other), (gone, other), (other, gone), (kept, gone)):
        make_earlier_pair(mentor, mentee, program=program)

    merge_earlier(kept, gone)

    assert {*EarlierPair.objects.values_list("mentor", "mentee")} == {
        (kept.pk, other.pk),
        (other.pk, gone.pk),  # which is moved with all that points to them
    }
