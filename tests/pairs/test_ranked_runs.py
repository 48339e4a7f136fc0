"""Whom people have put in order, in a run: counted, proven, and nowhere to be seen."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from tests.pairs.choosing import (
    entry_of,
    in_days,
    make_choosing,
    opened,
    rank,
    sheet_of,
    sides_of,
)
from tests.pairs.organizations import load_demo, manager_of
from tests.pairs.test_background_runs import SALTED, pairs_of
from tests.pairs.test_publication import publish
from tests.pairs.test_runs import computed, make_sides, silent
from upwell.matching.document import check_pairs, digest
from upwell.pairs.models import ChoiceRound, ChoiceSheet, MatchRun, RunShare
from upwell.pairs.models.choosing import LENGTH, choices_by_sheet, choices_text
from upwell.pairs.queries import proof_of
from upwell.pairs.services import (
    close_choosing,
    forget_backgrounds,
    forget_daily,
    forget_told_choices,
    rank_higher,
    rank_off,
    recheck_run,
    stop_publication,
)
from upwell.pairs.services.choices import read_orders
from upwell.pairs.services.inputs import unpack
from upwell.pairs.services.private import filler, private_part
from upwell.policy import Policy, compile_problem
from upwell.policy.compile import withheld
from upwell.programs.models import Cohort, Enrollment
from upwell.vault.scopes import Scope
from upwell.vault.services import shred

pytestmark = pytest.mark.django_db


def closed(found):
    close_choosing(found, by=manager_of(found.cohort))
    return found.cohort


def order_of(found, one):
    sheet = sheet_of(found, one)
    return choices_by_sheet([sheet])[sheet.pk]


def crossing(found, *, is_swapped=False):
    """Let the first mentor want the first mentee and so on, or the other way round."""
    mentors, mentees = sides_of(found)
    for mentor, mentee in zip(mentors, mentees[::-1] if is_swapped else mentees, strict=True):
        rank(found, mentor, mentee)
        rank(found, mentee, mentor)


def test_an_order_is_built_changed_and_taken_back():
    found = make_choosing(way="ranked")
    (mentor, *_), (one, two, three) = sides_of(found)
    sheet = sheet_of(found, mentor)

    rank(found, mentor, one, two, three)
    assert order_of(found, mentor) == [one.pk, two.pk, three.pk]
    rank_higher(sheet, entry_of(found, mentor, three).pk)
    rank_higher(sheet, entry_of(found, mentor, one).pk)
    assert order_of(found, mentor) == [one.pk, three.pk, two.pk]
    rank_off(sheet, entry_of(found, mentor, one).pk)
    rank_off(sheet, entry_of(found, mentor, one).pk)
    assert order_of(found, mentor) == [three.pk, two.pk]


def test_whoever_is_not_available_is_not_added_and_can_be_taken_out():
    found = make_choosing(way="ranked")
    (mentor, *_), (one, two, *_) = sides_of(found)
    rank(found, mentor, one)
    Enrollment.objects.filter(pk__in=[one.pk, two.pk]).update(state="out")

    with pytest.raises(ValidationError, match="not available any more"):
        rank(found, mentor, two)
    rank_off(sheet_of(found, mentor), entry_of(found, mentor, one).pk)
    assert order_of(found, mentor) == []


def test_nobody_ranks_once_it_is_over_or_where_two_say_yes():
    found, other = make_choosing(way="ranked"), make_choosing(way="chosen")
    for one in (found, other):
        (mentor, *_), (mentee, *_) = sides_of(one)
        ChoiceRound.objects.filter(pk=found.pk).update(closes_on=in_days(-1))
        with pytest.raises(ValidationError, match=r"Choosing is over\."):
            rank(one, mentor, mentee)


def test_there_is_room_for_a_whole_list():
    ids = [one.pk for one in make_choosing(8, 1, way="ranked").entries.all()]

    assert len(choices_text(ids)) == len(choices_text([])) == LENGTH
    with pytest.raises(ValueError, match="more than 8 choices"):
        choices_text([*ids, ids[0]])


def test_first_choices_bring_two_together():
    found = make_choosing(2, 2, way="ranked")
    crossing(found)
    one = pairs_of(computed(closed(found)))
    again = opened(found.cohort)
    crossing(again, is_swapped=True)

    other = pairs_of(computed(closed(again)))

    assert len(one) == len(other) == 2
    assert one.isdisjoint(other)


@pytest.mark.parametrize("objective", ["total", "fair", "stable"])
def test_a_run_is_proven_again_from_what_is_sealed(objective):
    found = make_choosing(2, 2, way="ranked", objective=objective)
    crossing(found)

    run = computed(closed(found))

    part = private_part(run)
    assert run.is_ranked and recheck_run(run) == []
    assert {len(one) for one in part.requests.rankings.values()} == {1}
    assert part.certificate["value"] > json.loads(run.certificate)["value"]


@pytest.mark.parametrize("objective", ["total", "fair", "stable"])
def test_figures_and_certificate_do_not_tell_whether_anybody_ranked(objective):
    found = make_choosing(2, 2, way="ranked", objective=objective)
    before = computed(closed(found))
    again = opened(found.cohort)
    crossing(again)

    run = computed(closed(again))

    shown, earlier = json.loads(run.certificate), json.loads(before.certificate)
    assert {key for key in shown if shown[key] != earlier[key]} <= {*SALTED, "pairs"}
    assert not {"bound", "floor", "t", "prices"} & shown.keys()
    assert shown["private_preferences"] == ["own_ranking"]
    assert run.figures | {"seconds": 0} == before.figures | {"seconds": 0}
    assert sum(one.score for one in run.proposals.all()) == shown["value"]
    assert len(run.private_part.content) == len(before.private_part.content)


@pytest.mark.parametrize("objective", ["total", "fair", "stable"])
def test_what_is_handed_out_holds_as_far_as_it_can_be_seen(objective):
    found = make_choosing(2, 2, way="ranked", objective=objective)
    crossing(found)
    run = computed(closed(found))
    policy, people = Policy.from_json(run.policy_json), unpack(bytes(run.inputs)).people
    compiled = compile_problem(policy, people)
    problem = compiled.opened()

    stated = {**compiled.stated(run.read_on), **withheld(problem, policy, is_ranked=True)}
    body = json.loads(run.certificate)
    wrong = {**body, "value": body["value"] + 1}

    assert check_pairs(body, problem, stated)[1] == []
    assert len(check_pairs(wrong | {"certificate_digest": digest(wrong)}, problem, stated)[1]) == 1


def test_nothing_of_it_is_in_what_is_kept_open():
    found = make_choosing(2, 2, way="ranked")
    crossing(found)

    run = computed(closed(found))

    people = unpack(bytes(run.inputs)).people
    assert people.ranked is None
    stored = str(MatchRun.objects.filter(pk=run.pk).values("figures", "certificate"))
    assert "rankings" not in stored
    assert "ranking" not in run.figures["not_used"]


def test_everybody_of_the_round_has_a_share_whether_or_not_they_ranked():
    found = make_choosing(2, 2, way="ranked")
    (mentor, *_), (mentee, *_) = sides_of(found)
    rank(found, mentor, mentee)

    run = computed(closed(found))

    people = {*found.cohort.enrollments.values_list("person", flat=True)}
    assert {*run.shares.values_list("person", flat=True)} == people


def test_somebody_erased_or_out_does_not_count():
    found = make_choosing(3, 3, way="ranked")
    crossing(found)
    mentors, mentees = sides_of(found)
    shred(Scope("person", mentors[0].person_id))
    Enrollment.objects.filter(pk=mentees[1].pk).update(state="out")

    run = computed(closed(found))

    sharing = {*run.shares.values_list("person", flat=True)}
    assert sharing.isdisjoint({mentors[0].person_id, mentees[1].person_id})
    assert (run.state, run.figures["pairs"]) == ("done", 2)


def test_a_filler_makes_up_for_what_is_not_ranked():
    ids = ["E1", "E22", "E333"]
    full = {one: ["E333"] * 8 for one in ids}
    orders = ({one: [] for one in ids}, full | {"E1": []}, full)

    lengths = {len(json.dumps(one)) + len(filler(one)) for one in orders}

    assert len(lengths) == 1


def test_the_page_says_that_the_order_counts_and_nothing_of_it(client):
    found = make_choosing(2, 2, way="ranked", objective="fair")
    crossing(found)
    run = computed(closed(found))
    client.force_login(manager_of(found.cohort))

    html = client.get(reverse("pairs:run_detail", args=[run.pk])).content.decode()

    proof = proof_of(run)
    assert proof.is_proven and proof.price == ""
    assert "How people have put their short lists in order counts, too." in proof.basis
    assert "What people have told about themselves" not in proof.basis
    assert "can exceed" not in html and "<dt>Gap" not in html


def test_with_publication_all_that_was_chosen_is_deleted_and_the_proof_stands():
    found = make_choosing(2, 2, way="ranked")
    crossing(found)
    run = computed(closed(found))

    publish(run)

    assert {one.kept for one in ChoiceSheet.objects.all()} == {None}
    assert not found.entries.exists()
    assert recheck_run(run) == []


def test_a_stopped_publication_leaves_what_was_chosen_to_the_next_run(settings):
    settings.STOP_MINUTES = 15
    found = make_choosing(2, 2, way="ranked")
    crossing(found)
    before = read_orders(closed(found))
    run = computed(found.cohort)
    publish(run)
    forget_told_choices()

    stop_publication(run, by=manager_of(found.cohort))

    assert before and read_orders(found.cohort) == before
    publish(computed(found.cohort))
    MatchRun.objects.published().update(told_from=timezone.now())
    forget_told_choices()
    assert {one.kept for one in ChoiceSheet.objects.all()} == {None}
    assert not found.entries.exists()


def test_with_the_close_goes_what_was_chosen_and_what_a_run_has_kept_of_it():
    found = make_choosing(2, 2, way="ranked")
    crossing(found)
    run = computed(closed(found))
    Cohort.objects.update(starts_on=in_days(0))
    forget_backgrounds("", report=silent)
    assert ChoiceSheet.objects.filter(kept__isnull=False).count() == 4
    Cohort.objects.update(starts_on="2020-01-01")

    forget_daily()
    forget_backgrounds("", report=silent)

    run.refresh_from_db()
    assert run.private_part is None and not RunShare.objects.exists()
    assert {one.kept for one in ChoiceSheet.objects.all()} == {None}
    assert not found.entries.exists()


def test_a_run_without_a_round_is_as_before():
    run = computed(make_sides(2, 2))

    assert not run.is_ranked
    assert private_part(run).requests.rankings is None
    assert run.figures["bound"] == run.figures["value"]
    assert "ranking" in run.figures["not_used"]


def test_large_cohorts_pair_as_before_where_nobody_has_ranked():
    cohort, _people = load_demo(60)
    before = computed(cohort)

    run = computed(closed(opened(cohort)))

    assert run.proposals.exists()
    assert pairs_of(run) == pairs_of(before)
    assert run.figures["value"] == before.figures["value"]
