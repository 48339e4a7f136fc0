"""What people have told about themselves, in a run: counted, proven, and nowhere to be seen."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.backgrounds import make_open_cohort, tell_of, weigh
from tests.factories import make_enrollment, make_manager
from tests.pairs.organizations import load_demo, manager_of
from tests.pairs.test_runs import computed, make_sides
from upwell.delivery.models import Job
from upwell.matching.document import check_pairs, digest
from upwell.pairs.models import MatchRun, RunShare
from upwell.pairs.queries import progress_of, proof_of
from upwell.pairs.services import (
    compute_run,
    forget_backgrounds,
    forget_daily,
    recheck_run,
    start_run,
)
from upwell.pairs.services.inputs import unpack
from upwell.pairs.services.private import private_part, seal_part
from upwell.policy import Policy, compile_problem
from upwell.policy.compile import withheld
from upwell.programs.models import Background, Cohort
from upwell.programs.services.background import take_back
from upwell.vault.models import MasterKey
from upwell.vault.scopes import Scope
from upwell.vault.services import shred

pytestmark = pytest.mark.django_db

CLOSED = (
    "The cohort has closed, and what its people had told about themselves was deleted, here as"
    " everywhere. These pairs stand; that they are the best can no longer be shown."
)
SALTED = {"problem_digest", "certificate_digest"}


def silent(progress):
    """For jobs whose progress nobody follows."""


def two_by_two(**policy):
    """Two mentors and two mentees whom nothing but their backgrounds tells apart."""
    cohort = make_sides(2, 2, **policy)
    weigh(cohort)
    return cohort


def crossing(cohort, *, is_swapped=False):
    """Let mentors and mentees be alike in order of their ids, or the other way round."""
    for role in ("mentor", "mentee"):
        rows = ["yhyw--", "nanm--"]
        if is_swapped and role == "mentee":
            rows.reverse()
        enrollments = cohort.enrollments.filter(role=role).order_by("person__employee_id")
        for enrollment, row in zip(enrollments, rows, strict=True):
            tell_of(enrollment, row)


def pairs_of(run):
    return {*run.proposals.values_list("mentor__person", "mentee__person")}


def test_differences_bring_two_together():
    cohort = two_by_two()
    crossing(cohort)
    one = pairs_of(computed(cohort))
    crossing(cohort, is_swapped=True)

    other = pairs_of(computed(cohort))

    assert len(one) == len(other) == 2
    assert one.isdisjoint(other)


def test_a_consent_taken_back_does_not_count_in_a_run_that_waits_already():
    cohort = two_by_two()
    crossing(cohort)
    run = start_run(cohort, by=manager_of(cohort))
    for enrollment in cohort.enrollments.all():
        take_back(enrollment, ["matching"])

    compute_run(run.pk, report=silent)

    run.refresh_from_db()
    assert {*private_part(run).requests.backgrounds.values()} == {"------"}


def test_a_run_that_is_computed_stays_as_it_is_when_a_consent_is_taken_back():
    cohort = two_by_two()
    crossing(cohort)
    run = computed(cohort)
    before = pairs_of(run)

    take_back(cohort.enrollments.first(), ["matching"])

    assert (pairs_of(run), recheck_run(run)) == (before, [])


@pytest.mark.parametrize("objective", ["total", "fair", "stable"])
def test_a_run_is_proven_again_from_what_is_sealed(objective):
    cohort = two_by_two(objective=objective)
    crossing(cohort)

    run = computed(cohort)

    part = private_part(run)
    assert recheck_run(run) == []
    assert {*part.requests.backgrounds.values()} == {"yhyw--", "nanm--"}
    assert part.certificate["value"] > json.loads(run.certificate)["value"]


@pytest.mark.parametrize("objective", ["total", "fair", "stable"])
def test_figures_and_certificate_are_those_of_the_points_that_are_open(objective):
    cohort = two_by_two(objective=objective)
    before = computed(cohort)
    crossing(cohort)

    run = computed(cohort)

    shown, earlier = json.loads(run.certificate), json.loads(before.certificate)
    assert {key for key in shown if shown[key] != earlier[key]} <= {*SALTED, "pairs"}
    assert not {"bound", "floor", "t", "prices"} & shown.keys()
    assert shown["private_preferences"] == ["background"]
    assert run.figures | {"seconds": 0} == before.figures | {"seconds": 0}
    assert sum(one.score for one in run.proposals.all()) == shown["value"]


@pytest.mark.parametrize("objective", ["total", "fair", "stable"])
def test_what_is_handed_out_holds_as_far_as_it_can_be_seen(objective):
    cohort = two_by_two(objective=objective)
    crossing(cohort)
    run = computed(cohort)
    policy, people = Policy.from_json(run.policy_json), unpack(bytes(run.inputs)).people
    problem = compile_problem(policy, people).opened()
    compiled = compile_problem(policy, people)

    stated = {**compiled.stated(run.read_on), **withheld(problem, policy)}
    body = json.loads(run.certificate)
    wrong = {**body, "value": body["value"] + 1}

    assert check_pairs(body, problem, stated)[1] == []
    assert len(check_pairs(wrong | {"certificate_digest": digest(wrong)}, problem, stated)[1]) == 1


def test_a_value_that_is_shown_and_not_so_is_found():
    cohort = two_by_two()
    crossing(cohort)
    run = computed(cohort)
    run.figures["value"] += 1

    assert recheck_run(run) == [
        f"the page says {run.figures['value']} for value, but it is {run.figures['value'] - 1}"
    ]


def test_nothing_of_it_is_in_what_is_kept_open():
    cohort = two_by_two()
    crossing(cohort)

    run = computed(cohort)

    stored = str(MatchRun.objects.filter(pk=run.pk).values("figures", "certificate", "policy_json"))
    assert "yhyw" not in stored and "nanm" not in stored
    assert b"yhyw" not in bytes(run.inputs)
    assert not any("background" in name for name in unpack(bytes(run.inputs)).people.__dict__)


def test_somebody_erased_before_is_matched_without_their_answers():
    cohort = two_by_two()
    crossing(cohort)
    gone = cohort.enrollments.mentors()[0].person
    shred(Scope("person", gone.pk))

    run = computed(cohort)

    assert (run.state, run.figures["pairs"], run.shares.count()) == (MatchRun.State.DONE, 2, 3)
    assert gone.pk not in run.shares.values_list("person", flat=True)


def test_whoever_is_erased_while_a_run_is_computed_fails_it(monkeypatch):
    cohort = two_by_two()
    crossing(cohort)
    gone = cohort.enrollments.mentors()[0].person

    def late(*arguments):
        shred(Scope("person", gone.pk))
        return seal_part(*arguments)

    monkeypatch.setattr("upwell.pairs.services.results.seal_part", late)

    run = computed(cohort)

    assert (run.state, [fault["code"] for fault in run.faults]) == ("failed", ["sealed"])


def test_everybody_has_a_share_whether_or_not_they_have_answered():
    cohort = two_by_two()
    first = cohort.enrollments.mentors()[0]
    tell_of(first, "y-----")

    run = computed(cohort)

    people = {*cohort.enrollments.values_list("person", flat=True)}
    assert {*run.shares.values_list("person", flat=True)} == people


def test_where_backgrounds_do_not_count_nothing_is_read_or_kept():
    cohort = make_sides(2, 2)
    Cohort.objects.update(starts_on=timezone.localdate())
    crossing(cohort)

    run = computed(cohort)

    assert private_part(run).requests.backgrounds == {}
    assert not RunShare.objects.exists()
    assert run.figures["bound"] == run.figures["value"]


def test_progress_tells_no_gap():
    cohort = two_by_two()
    crossing(cohort)
    reports = []

    computed(cohort, reports.append)

    gaps = {report["gap"] for report in reports if report["step"] == "matching"}
    assert gaps == {None}
    run = MatchRun(state="waiting", job=Job(state="running", progress=reports[-3]), cohort=cohort)
    last = next(one for one in reversed(reports) if one.get("aim") == "untold")
    run.job.progress = last
    assert progress_of(run).detail == f"Pass {last['pass']}: weighing what speaks for each pair"


def test_the_page_says_that_what_is_shown_is_not_all(client):
    cohort = two_by_two(objective="fair")
    crossing(cohort)
    run = computed(cohort)
    client.force_login(manager_of(cohort))

    html = client.get(reverse("pairs:run_detail", args=[run.pk])).content.decode()

    proof = proof_of(run)
    assert proof.is_proven and proof.price == ""
    assert "none of as many pairs has a better weakest pair" in proof.basis
    assert proof.basis.endswith("so the points that are shown are without it.")
    assert "Weakest pair" not in html and "can exceed" not in html and "<dt>Gap" not in html


def test_what_is_not_proven_is_said_without_a_number():
    figures = {"pairs": 2, "pairs_bound": 2, "value": 100, "gap": 1, "bound": None, "price": None}
    figures |= {"objective": "total", "mentors": 2, "mentees": 2}

    claim = proof_of(MatchRun(figures=figures)).claim

    assert claim == "Not proven best: another assignment might be better."


def test_a_run_that_cannot_keep_it_sealed_fails():
    cohort = two_by_two()
    MasterKey.objects.update(confirmed_at=None)

    run = computed(cohort)

    assert (run.state, [fault["code"] for fault in run.faults]) == ("failed", ["sealed"])


def test_with_the_close_goes_what_a_run_has_kept_and_its_page_says_so(client):
    cohort = two_by_two()
    crossing(cohort)
    run, before = computed(cohort), pairs_of(computed(cohort))
    Cohort.objects.update(starts_on="2020-01-01")

    forget_backgrounds("", report=silent)

    run.refresh_from_db()
    assert run.private_part is None
    assert not RunShare.objects.exists() and not Background.objects.exists()
    assert pairs_of(run) == before
    assert recheck_run(run) == [CLOSED]
    client.force_login(manager_of(cohort))
    html = client.get(reverse("pairs:run_detail", args=[run.pk])).content.decode()
    assert CLOSED in html and "Check it again" not in html


def test_before_the_close_and_where_nothing_counted_everything_stays():
    plain, cohort = make_sides(), two_by_two()
    crossing(cohort)
    old, run = computed(plain), computed(cohort)
    Cohort.objects.filter(pk=plain.pk).update(starts_on="2020-01-01")

    forget_backgrounds("", report=silent)

    assert [recheck_run(one) for one in (old, run)] == [[], []]


def test_closed_cohorts_are_looked_for_once_a_day_where_there_is_something():
    forget_daily()
    assert not Job.objects.exists()
    tell_of(make_enrollment(make_open_cohort(make_manager())), "y-----")

    forget_daily()
    forget_daily()
    assert Job.objects.count() == 1

    Job.objects.update(created_at=timezone.now() - timedelta(days=2))
    forget_daily()
    assert Job.objects.count() == 2


def test_large_cohorts_pair_as_before_where_nobody_has_agreed():
    cohort, _people = load_demo(60)
    before = computed(cohort)
    weigh(cohort)

    run = computed(cohort)

    assert run.proposals.exists()
    assert pairs_of(run) == pairs_of(before)
    assert run.figures["value"] == before.figures["value"]
