"""Runs of a cohort beside each other, under the program's rules and under others."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.factories import make_run
from tests.pairs.choosing import make_choosing, opened
from tests.pairs.organizations import load_demo, manager_of
from tests.pairs.test_publication import make_run as run_with_addresses
from tests.pairs.test_publication import publish
from tests.pairs.test_runs import NO_RULES, make_sides, silent
from upwell.pairs.models import MatchRun, Pair, Proposal
from upwell.pairs.queries import are_comparable, comparison_of, own_policy, rules_in_words
from upwell.pairs.queries.comparison import across_of
from upwell.pairs.queries.outcome import has_changed
from upwell.pairs.services import adopt_rules, close_choosing, compute_run, recheck_run, start_run
from upwell.people.models import Office, Person
from upwell.policy import Policy
from upwell.programs.models import Place, Program
from upwell.programs.services import save_policy

pytestmark = pytest.mark.django_db


def changed(policy, section, **values):
    part = getattr(policy, section).model_copy(update=values)
    return policy.model_copy(update={section: part})


def computed(cohort, policy=None, name=""):
    run = start_run(cohort, by=manager_of(cohort), policy=policy, name=name)
    compute_run(run.pk, report=silent)
    run.refresh_from_db()
    return run


def stricter(cohort):
    program = Program.objects.get(pk=cohort.program_id)
    return changed(program.policy, "rules", overlap_hours=4.0)


def test_a_run_under_other_rules_leaves_the_programs_policy_alone():
    cohort = make_sides()
    before = Program.objects.get(pk=cohort.program_id).policy_json

    run = computed(cohort, stricter(cohort), "Stricter hours")

    assert Program.objects.get(pk=cohort.program_id).policy_json == before
    assert (run.has_other_rules, run.title) == (True, "Run 1: Stricter hours")
    assert own_policy(run).rules.overlap_hours == 4.0
    assert recheck_run(run) == []
    assert not has_changed(MatchRun.objects.get(pk=run.pk))


def test_a_run_under_the_same_rules_is_one_of_the_programs():
    cohort = make_sides()

    run = computed(cohort, Program.objects.get(pk=cohort.program_id).policy)

    assert not run.has_other_rules


def test_the_rules_of_a_run_can_be_made_the_programs():
    cohort = make_sides()
    run = computed(cohort, stricter(cohort))
    cohort.program.refresh_from_db()
    assert rules_in_words(cohort, run) == ["Working hours in common: 4 instead of 0."]

    adopt_rules(run, by=manager_of(cohort))

    cohort.program.refresh_from_db()
    assert cohort.program.policy == own_policy(run)
    assert rules_in_words(cohort, run) == []
    with pytest.raises(ValidationError, match="already"):
        adopt_rules(run, by=manager_of(cohort))


def test_gates_and_thresholds_of_the_program_stay_when_rules_are_taken_over():
    cohort = make_sides()
    run = computed(cohort, stricter(cohort))
    program = Program.objects.get(pk=cohort.program_id)
    policy = changed(program.policy, "gates", trained_percent=50)
    save_policy(program, policy, by=manager_of(cohort))

    adopt_rules(run, by=manager_of(cohort))

    found = Program.objects.get(pk=cohort.program_id).policy
    assert (found.gates.trained_percent, found.rules.overlap_hours) == (50, 4.0)


@pytest.mark.parametrize(
    ("section", "values"),
    [
        ("", {"choosing": "chosen", "choosing_names": True, "preview_hours": 72}),
        ("quality", {"strong": 80}),
        ("preferences", {"background": 20, "ranking": 30}),
        ("pairs", {"mutual_first": True, "keep_apart": (("a", "b"),)}),
    ],
)
def test_what_a_run_does_not_set_stays_when_its_rules_are_taken_over(section, values):
    cohort = make_sides()
    run = computed(cohort, stricter(cohort))
    program = Program.objects.get(pk=cohort.program_id)
    policy = program.policy
    later = changed(policy, section, **values) if section else policy.model_copy(update=values)
    save_policy(program, later, by=manager_of(cohort))

    adopt_rules(run, by=manager_of(cohort))

    found = Program.objects.get(pk=cohort.program_id).policy
    assert found == changed(later, "rules", overlap_hours=4.0)


def test_nobody_else_takes_rules_over():
    cohort = make_sides()
    run = computed(cohort, stricter(cohort))
    cohort.starts_on = timezone.localdate()
    cohort.save()

    with pytest.raises(ValidationError, match="take part"):
        adopt_rules(run, by=cohort.enrollments.first().person)


def test_runs_before_and_after_people_ranked_are_not_held_beside_each_other():
    found = make_choosing(way="ranked")
    before = make_run(found.cohort, state="failed", policy_json=found.policy_json)
    close_choosing(found, by=manager_of(found.cohort))
    first, second = computed(found.cohort), computed(found.cohort)
    again = opened(found.cohort)
    close_choosing(again, by=manager_of(found.cohort))
    later = computed(found.cohort)

    assert (before.is_ranked, first.is_ranked, later.is_ranked) == (False, True, True)
    assert are_comparable([first, second])
    assert not are_comparable([before, first])
    assert not are_comparable([first, later])


def test_a_run_under_other_rules_is_published_with_the_places_that_these_give():
    cohort = run_with_addresses(1, 2).cohort
    program = Program.objects.get(pk=cohort.program_id)
    run = computed(cohort, changed(program.policy, "capacity", mentor=2))
    assert run.figures["pairs"] == 2

    publish(run)

    assert Pair.objects.count() == 2
    assert Place.objects.filter(enrollment__role="mentor").count() == 2


def sides_of(*runs):
    cohort = runs[0].cohort
    cohort.program.refresh_from_db()
    return comparison_of(cohort, runs)


def test_runs_are_held_beside_each_other_by_what_their_pages_show():
    cohort, _people = load_demo(60)
    runs = [computed(cohort), computed(cohort, stricter(cohort), "Stricter hours")]

    found = sides_of(*runs)

    for run, side in zip(runs, found.sides, strict=True):
        pairs = run.proposals.all()
        assert len(side.pairs) == run.figures["pairs"]
        assert side.strong == run.figures["strong"]
        assert side.floor == run.figures["floor"]
        assert side.weakest == pairs.order_by("score", "pk")[0].quality
        assert side.wishes == len(
            {row.mentee_id for row in pairs if any(r["code"] == "topics" for r in row.reasons)}
        )
        assert side.people == len(
            {*pairs.values_list("mentor", flat=True)} | {*pairs.values_list("mentee", flat=True)}
        )
    assert [side.rules for side in found.sides] == [
        [],
        ["Working hours in common: 4 instead of 2."],
    ]
    assert found.sides[0].moved is None
    assert found.sides[1].moved == len(found.movers) > 0


def test_movers_are_named_with_whom_they_have_in_each_run():
    cohort = make_sides(2, 2)
    people = cohort.enrollments.order_by("person__name", "pk")
    mentors, mentees = [*people.mentors()], [*people.mentees()]
    first, second = make_run(cohort, figures={}), make_run(cohort, figures={})
    for run, order in ((first, (0, 1)), (second, (1, 0))):
        for mentor, mentee in zip(mentors, (mentees[order[0]], mentees[order[1]]), strict=True):
            Proposal.objects.create(run=run, mentor=mentor, mentee=mentee, score=1, quality="weak")

    movers = sides_of(first, second).movers

    assert [mover.name for mover in movers[:2]] == [one.person.name for one in mentees]
    assert movers[0].beside == [
        ("Run 1", mentors[0].person.name),
        ("Run 2", mentors[1].person.name),
    ]
    assert [mover.is_mentor for mover in movers] == [False, False, True, True]


@pytest.mark.parametrize(
    ("regions", "share"),
    [
        ([], None),
        ([("EMEA", None), ("", "EMEA")], None),
        ([("EMEA", "APAC"), ("EMEA", "EMEA"), ("EMEA", "")], 50),
    ],
)
def test_the_share_across_regions_is_of_pairs_whose_regions_are_known(regions, share):
    assert across_of(regions) == share


def test_regions_come_from_the_offices():
    cohort = make_sides(1, 1)
    for role, region in (("mentor", "EMEA"), ("mentee", "APAC")):
        office = Office.objects.create(name=region, region=region)
        Person.objects.filter(enrollments__role=role).update(office=office)

    found = sides_of(computed(cohort), computed(cohort))

    assert [side.across for side in found.sides] == [100, 100]


@pytest.mark.parametrize("count", [2, 4])
def test_any_number_of_runs_takes_two_queries(count, django_assert_num_queries):
    cohort = make_sides(3, 3)
    runs = [computed(cohort) for _ in range(count)]
    cohort.program.refresh_from_db()

    with django_assert_num_queries(2):
        found = comparison_of(cohort, runs)

    assert len(found.sides) == count


def test_where_nothing_is_told_of_the_weakest_pair_nothing_is():
    cohort = make_sides(1, 1)
    run = computed(cohort, changed(Policy.from_values(NO_RULES), "preferences", background=20))

    (side, _same) = sides_of(run, run).sides

    assert side.floor is None
