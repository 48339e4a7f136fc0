"""Couples kept together or apart by hand, from the decision to the run that follows it."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import make_enrollment, make_manager, make_person
from tests.pairs.organizations import manager_of
from tests.pairs.test_runs import computed, make_sides, set_policy
from upwell.audit.models import AuditEntry
from upwell.pairs.models import CoupleRule, MatchRun
from upwell.pairs.queries import couple_rules_now, names_not_kept, own_policy, proof_of
from upwell.pairs.queries.outcome import has_changed, has_changed_by_hand
from upwell.pairs.services import recheck_run, remove_rule, set_rule, why_not
from upwell.pairs.services.words import fault_sentences
from upwell.people.models import Level, Person
from upwell.programs.models import Enrollment, Program

pytestmark = pytest.mark.django_db


def sides_of(cohort):
    people = cohort.enrollments.select_related("person").order_by("pk")
    return [*people.mentors()], [*people.mentees()]


def made(run):
    return {*run.proposals.values_list("mentor", "mentee")}


def decide(run, mentor, mentee, kind="pin"):
    return set_rule(run, mentor, mentee, kind=kind, by=manager_of(run.cohort))


def apart_in(run):
    """Two of the run who are no pair in it."""
    mentors, mentees = sides_of(run.cohort)
    pairs = made(run)
    return next((a, b) for a in mentors for b in mentees if (a.pk, b.pk) not in pairs)


def ids(*enrollments):
    return [one.person.employee_id for one in enrollments]


def test_a_pin_is_kept_by_the_next_run_and_stands_in_its_policy_and_certificate():
    first = computed(make_sides(3, 3))
    two = apart_in(first)
    decide(first, *two)

    run = computed(first.cohort)

    assert tuple(one.pk for one in two) in made(run)
    assert json.loads(run.certificate)["policy"]["pairs"]["pin"] == [ids(*two)]
    assert own_policy(run) == first.cohort.program.policy
    assert recheck_run(run) == []
    assert names_not_kept(run) == []


@pytest.mark.parametrize(
    ("objective", "claim"),
    [
        ("total", "No other assignment that keeps what is decided by hand can do better."),
        (
            "stable",
            "Beside what is decided by hand, no two people would both rather have each other.",
        ),
    ],
)
def test_no_more_is_claimed_than_holds_beside_what_is_decided_by_hand(objective, claim):
    first = computed(make_sides(3, 3, objective=objective))
    decide(first, *apart_in(first))

    proof = proof_of(computed(first.cohort))

    assert proof.claim == claim
    assert proof.basis.startswith("1 couple is decided by hand.")
    assert "decided by hand" not in proof_of(first).claim + proof_of(first).basis


def test_a_ban_is_kept_by_the_next_run_and_why_not_says_kept_apart():
    first = computed(make_sides(2, 2))
    proposal = first.proposals.first()
    decide(first, proposal.mentor, proposal.mentee, "ban")

    run = computed(first.cohort)

    assert (proposal.mentor_id, proposal.mentee_id) not in made(run)
    assert json.loads(run.certificate)["policy"]["pairs"]["keep_apart"] == [
        ids(proposal.mentor, proposal.mentee)
    ]
    assert why_not(run, proposal.mentor, proposal.mentee) == [
        "kept apart (reporting line, earlier pair or private request)"
    ]
    assert recheck_run(run) == []


def test_what_is_decided_anew_gives_way_and_is_recorded_without_names():
    run = computed(make_sides())
    mentor, mentee = (side[0] for side in sides_of(run.cohort))

    decide(run, mentor, mentee, "ban")
    decide(run, mentor, mentee, "pin")

    assert CoupleRule.objects.get().is_pin
    entries = AuditEntry.objects.filter(event="pairs.rule.set")
    assert [entry.facts for entry in entries] == [{}, {}]


def test_runs_from_before_say_that_it_has_changed_until_it_is_taken_off():
    run = computed(make_sides())
    assert not has_changed_by_hand(run)

    rule = decide(run, *apart_in(run))
    assert has_changed_by_hand(run) and not has_changed(run)

    remove_rule(rule, by=manager_of(run.cohort))
    assert not has_changed_by_hand(run)


def test_a_pin_that_a_rule_forbids_is_refused_by_its_name():
    cohort = make_sides()
    low = Level.objects.create(name="Associate", height=1)
    Person.objects.filter(enrollments__cohort=cohort).update(level=low)
    run = computed(cohort)
    run.policy_json = json.dumps({"rules": {"level_gap": 2}})
    mentor, mentee = (side[0] for side in sides_of(cohort))

    with pytest.raises(ValidationError, match="In the way: enough levels between the two"):
        decide(run, mentor, mentee)

    assert not CoupleRule.objects.exists()


def test_more_pins_than_places_are_refused_by_name():
    run = computed(make_sides())
    (mentor, _other), (first, second) = sides_of(run.cohort)
    decide(run, mentor, first)

    with pytest.raises(ValidationError, match=f"{mentor.person.name} has one place"):
        decide(run, mentor, second)

    Enrollment.objects.filter(pk=mentor.pk).update(capacity=2)
    mentor.refresh_from_db()
    decide(run, mentor, second)
    assert CoupleRule.objects.count() == 2


@pytest.mark.parametrize("state", ["out", "asked"])
def test_whoever_takes_no_part_is_not_kept_with_anybody(state):
    run = computed(make_sides())
    mentor, mentee = (side[0] for side in sides_of(run.cohort))
    Enrollment.objects.filter(pk=mentee.pk).update(state=state)

    with pytest.raises(ValidationError, match="does not take part"):
        decide(run, mentor, mentee)


def test_somebody_of_another_cohort_or_the_wrong_side_is_refused():
    run = computed(make_sides())
    mentors, mentees = sides_of(run.cohort)

    for two in ((mentors[0], make_enrollment(role="mentee")), (mentees[0], mentors[0])):
        with pytest.raises(ValidationError, match="does not take part"):
            decide(run, *two, "ban")


def test_nobody_else_decides_and_nobody_after_publication():
    run = computed(make_sides())
    two = apart_in(run)
    rule = decide(run, *two)
    with pytest.raises(ValidationError, match="Only the program's managers"):
        set_rule(run, *two, kind="ban", by=make_manager())
    with pytest.raises(ValidationError, match="Only the program's managers"):
        remove_rule(rule, by=make_manager())

    MatchRun.objects.filter(pk=run.pk).update(published_at=timezone.now())

    with pytest.raises(ValidationError, match="already published"):
        decide(run, *two, "ban")
    with pytest.raises(ValidationError, match="already published"):
        remove_rule(rule, by=manager_of(run.cohort))
    assert CoupleRule.objects.get().is_pin


def test_taken_off_twice_says_so():
    run = computed(make_sides())
    rule = decide(run, *apart_in(run))
    remove_rule(rule, by=manager_of(run.cohort))

    with pytest.raises(ValidationError, match="taken off already"):
        remove_rule(rule, by=manager_of(run.cohort))


def test_a_rule_is_taken_off_behind_the_lock_of_the_program():
    run = computed(make_sides())
    pk, by = decide(run, *apart_in(run)).pk, manager_of(run.cohort)
    rule = CoupleRule.objects.select_related("cohort__program").get(pk=pk)

    with CaptureQueriesContext(connection) as found:
        remove_rule(rule, by=by)

    first = next(one["sql"] for one in found if one["sql"].startswith("SELECT"))
    assert 'FROM "programs_program"' in first
    assert connection.vendor != "postgresql" or "FOR UPDATE" in first


def test_the_database_keeps_no_rule_of_another_kind():
    run = computed(make_sides())
    rule = decide(run, *apart_in(run))

    with pytest.raises(IntegrityError), transaction.atomic():
        CoupleRule.objects.filter(pk=rule.pk).update(kind="may")


def test_the_database_keeps_one_rule_for_two_people():
    run = computed(make_sides())
    rule = decide(run, *apart_in(run))

    rule.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        rule.save(force_insert=True)


def test_a_pin_that_a_rule_forbids_by_now_fails_the_run_and_names_both():
    run = computed(make_sides(2, 2))
    mentor, mentee = apart_in(run)
    decide(run, mentor, mentee)
    low = Level.objects.create(name="Associate", height=1)
    Person.objects.filter(enrollments__cohort=run.cohort).update(level=low)
    set_policy(run.cohort, {"rules": {"level_gap": 1}})

    failed = computed(run.cohort)

    assert failed.state == MatchRun.State.FAILED
    assert fault_sentences(failed) == [
        f"{mentor.person.name} and {mentee.person.name} are to be kept together, but this is in"
        " the way: enough levels between the two. Take it off, or change the policy."
    ]


def test_fewer_places_than_pins_by_now_fail_the_run_and_name_the_person():
    run = computed(make_sides(2, 2))
    (mentor, _), mentees = sides_of(run.cohort)
    Enrollment.objects.filter(pk=mentor.pk).update(capacity=2)
    mentor.refresh_from_db()
    for mentee in mentees:
        decide(run, mentor, mentee)
    Enrollment.objects.filter(pk=mentor.pk).update(capacity=1)

    failed = computed(run.cohort)

    assert fault_sentences(failed) == [
        f"{mentor.person.name} is to be kept together with more people than they have places."
        " Take one of these off, then start another run."
    ]


def test_whoever_has_stepped_out_is_in_no_pin_of_a_run():
    run = computed(make_sides(2, 2))
    mentor, mentee = apart_in(run)
    decide(run, mentor, mentee)
    Enrollment.objects.filter(pk=mentor.pk).update(state="out")

    again = computed(run.cohort)

    assert (again.state, again.pins_added, couple_rules_now(run.cohort_id)) == ("done", 0, [])


def test_who_names_nobody_in_a_policy_is_decided_about_all_the_same():
    cohort = make_sides(1, 0)
    mentor = cohort.enrollments.get()
    mentee = make_enrollment(cohort, "mentee", person=make_person(employee_id=None))
    run = computed(cohort)
    decide(run, mentor, mentee, "ban")

    assert made(computed(cohort)) == set()


def test_of_the_policys_own_pins_none_is_added_twice():
    first = computed(make_sides(2, 2))
    mentor, mentee = apart_in(first)
    set_policy(
        first.cohort,
        {
            "rules": {"level_gap": 0, "overlap_hours": 0.0, "shared_language": False},
            "pairs": {"pin": [ids(mentor, mentee)]},
        },
    )
    decide(first, mentor, mentee)

    run = computed(first.cohort)

    assert (run.pins_added, len(json.loads(run.policy_json)["pairs"]["pin"])) == (0, 1)
    assert own_policy(run) == Program.objects.get(pk=run.cohort.program_id).policy
