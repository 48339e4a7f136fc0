"""What is worked out about a run once it has its result, and two of its people explained."""

import itertools
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_enrollment
from tests.pairs.organizations import load_demo, manager_of
from tests.pairs.test_runs import computed, make_sides, set_policy, silent
from upwell.delivery.models import Job
from upwell.pairs.models import RunFindings, RunShare
from upwell.pairs.queries import fairness_of, remedies_of
from upwell.pairs.services import (
    add_block,
    ask_for_findings_again,
    explain_two,
    find_more,
    forget_inputs,
    forget_inputs_daily,
    recheck_run,
    why_not,
)
from upwell.policy import Policy
from upwell.policy.remedies import one_step
from upwell.programs.models import Cohort
from upwell.vault.services import unseal

pytestmark = pytest.mark.django_db

GONE = (
    "The cohort closed more than 90 days ago, and what this run was computed from was deleted."
    " These pairs stand; that they are the best can no longer be shown."
)


def found(cohort):
    run = computed(cohort)
    find_more(run.pk, report=silent)
    return run


@pytest.fixture
def demo():
    return found(load_demo(120, seed=3)[0])


def everybody(run):
    enrolled = run.cohort.enrollments.select_related("person")
    return itertools.product(enrolled.mentors(), enrolled.mentees())


def test_a_run_asks_for_its_findings_and_they_are_made_once():
    run = computed(make_sides())
    asked = Job.objects.get(service="upwell.pairs.services.find_more")

    find_more(asked.target, report=silent)
    first = RunFindings.objects.get()
    find_more(asked.target, report=silent)

    assert asked.target == str(run.pk)
    assert RunFindings.objects.get().made_at == first.made_at


def test_runs_without_findings_ask_for_them_again_once_a_day(client):
    run = computed(make_sides(2, 1))
    asked = Job.objects.filter(service="upwell.pairs.services.find_more")
    asked.update(state="failed")
    client.force_login(manager_of(run.cohort))

    pages = [
        client.get(reverse(f"pairs:{name}", args=[run.pk])).content.decode()
        for name in ("run_unplaced", "run_fairness")
    ]
    ask_for_findings_again()
    assert asked.count() == 1
    asked.update(created_at=timezone.now() - timedelta(days=2))
    for _tick in range(2):
        ask_for_findings_again()

    assert all("This could not be worked out. Upwell tries again" in html for html in pages)
    assert asked.count() == 2
    find_more(run.pk, report=silent)
    asked.delete()
    ask_for_findings_again()
    assert not asked.exists()


def test_the_rules_between_two_are_those_of_a_new_look_at_them(demo):
    for mentor, mentee in itertools.islice(everybody(demo), 60):
        explained = explain_two(demo, mentor, mentee)

        expected = [] if explained.is_pair else why_not(demo, mentor, mentee)
        assert explained.rules == expected


def test_a_pair_is_explained_with_others_for_both_and_whom_they_have(demo):
    proposal = demo.proposals.select_related("mentor__person", "mentee__person").last()

    explained = explain_two(demo, proposal.mentor, proposal.mentee)

    assert (explained.is_pair, explained.quality) == (True, proposal.quality)
    assert explained.has == {
        "mentor": [proposal.mentee.person.name],
        "mentee": [proposal.mentor.person.name],
    }
    for role, counterpart in (("mentor", proposal.mentee), ("mentee", proposal.mentor)):
        others = [one.person for one in explained.others[role]]
        assert 1 <= len(others) <= 3 and counterpart.person not in others


def test_whom_somebody_has_already_is_no_other():
    run = found(make_sides(3, 3))
    first, second, _third = run.proposals.select_related("mentor__person", "mentee__person")

    explained = explain_two(run, first.mentor, second.mentee)

    others = {role: [one.person for one in rows] for role, rows in explained.others.items()}
    assert first.mentee.person not in others["mentor"] and len(others["mentor"]) == 1
    assert second.mentor.person not in others["mentee"] and len(others["mentee"]) == 1


def test_what_no_rule_forbids_has_a_cost_in_a_band(demo):
    """What could bring two together is told of no band with nothing in it."""
    told = [
        (explained.costs, bool(explained.takes))
        for mentor, mentee in everybody(demo)
        if not (explained := explain_two(demo, mentor, mentee)).is_pair and not explained.rules
    ]

    costs, little = {one for one, _takes in told}, "costs the program a little"
    assert little in costs and (little, True) not in told
    assert any(takes for _costs, takes in told)
    assert not any("nothing" in one or any(map(str.isdigit, one)) for one in costs)


def test_nothing_is_another_for_a_private_request():
    cohort = load_demo(120, seed=3)[0]
    before = found(cohort)
    mentor, mentee = before.proposals.last().mentor, before.proposals.last().mentee
    add_block(mentor.person, mentee.person)

    after = found(cohort)

    first, second = (RunFindings.objects.get(run=run) for run in (before, after))
    assert bytes(first.arrays) == bytes(second.arrays)
    assert first.remedies == second.remedies
    told, explained = (explain_two(run, mentor, mentee) for run in (before, after))
    assert told.is_pair and not explained.is_pair
    assert explained.rules == [] and explained.costs == "costs the program a little"


def test_where_no_two_would_rather_have_each_other_no_cost_is_told():
    run = found(make_sides(objective="stable"))
    mentor, mentee = run.proposals.first().mentor, run.proposals.last().mentee

    explained = explain_two(run, mentor, mentee)

    assert (explained.is_pair, explained.costs, explained.others) == (False, "", {})


def test_before_they_are_made_two_are_explained_without_costs():
    run = computed(make_sides())
    mentor, mentee = run.proposals.first().mentor, run.proposals.last().mentee

    explained = explain_two(run, mentor, mentee)

    assert (explained.rules, explained.costs, explained.others) == ([], "", {})


def test_somebody_who_came_later_is_not_explained():
    run = found(make_sides())
    late = make_enrollment(run.cohort, "mentor")

    with pytest.raises(ValidationError, match="was not among the people of this run"):
        explain_two(run, late, run.proposals.first().mentee)


def test_a_step_that_would_help_is_counted_and_said(client):
    cohort = make_sides(2, 2, rules={"level_gap": 0, "overlap_hours": 0, "team": "different"})
    for enrollment in cohort.enrollments.select_related("person"):
        enrollment.person.team = "one"
        enrollment.person.save()
    run = found(cohort)

    (remedy,) = remedies_of(run)

    assert remedy.title == "2 more mentees could have a mentor"
    assert remedy.text == "Let two people of one team be paired, too."
    client.force_login(manager_of(cohort))
    html = client.get(reverse("pairs:run_unplaced", args=[run.pk])).content.decode()
    assert remedy.title in html
    other = reverse("pairs:run_other", args=[cohort.pk])
    assert f'href="{other}?step=rules.team"' in html
    form = client.get(f"{other}?step=rules.team").context["form"]
    assert form["rules.team"].value() == "any"


def test_a_step_that_there_is_not_changes_nothing():
    policy = Policy()

    assert one_step(policy, "rules.reporting_lines") == policy
    assert one_step(policy, "") == policy


def test_where_everybody_is_placed_nothing_is_looked_for():
    assert remedies_of(found(make_sides())) == []


def test_remedies_are_not_known_at_first():
    assert remedies_of(computed(make_sides())) is None


@pytest.mark.parametrize("count", [1, 3])
def test_run_fairness_makes_the_same_queries_for_any_number_of_people(
    client, count, django_assert_num_queries
):
    run = found(make_sides(count, count))
    client.force_login(manager_of(run.cohort))

    with django_assert_num_queries(7):
        html = client.get(reverse("pairs:run_fairness", args=[run.pk])).content.decode()

    assert "Too few people to say" in html


def test_groups_are_told_of_in_blocks(demo):
    fairness = fairness_of(demo)

    for _side, groups in fairness.sides:
        assert len(groups) > 1 and min(group.people for group in groups) >= 6
    assert fairness.breakdown == "level"


def test_run_fairness_waits_for_what_is_not_ready(client):
    run = computed(make_sides())
    client.force_login(manager_of(run.cohort))

    html = client.get(reverse("pairs:run_fairness", args=[run.pk])).content.decode()

    assert "This is still being worked out. Look again in a minute." in html


def test_long_after_the_close_what_a_run_was_computed_from_goes(client):
    cohort = make_sides()
    add_block(*(enrollment.person for enrollment in cohort.enrollments.all()[:2]))
    run = found(cohort)
    Cohort.objects.update(starts_on="2020-01-01")
    client.force_login(manager_of(cohort))

    forget_inputs("", report=silent)

    run.refresh_from_db()
    assert bytes(run.inputs) == b"" and not unseal(run, "private_part")
    assert run.certificate and run.problem_digest
    assert bytes(run.findings.arrays) == b"" and not RunShare.objects.exists()
    assert recheck_run(run) == [GONE]
    html = client.get(run.get_absolute_url()).content.decode()
    assert GONE in html and "Check it again" not in html
    assert client.get(reverse("pairs:run_table", args=[run.pk])).status_code == 404
    with pytest.raises(ValidationError, match="can no longer be explained"):
        explain_two(run, run.proposals.first().mentor, run.proposals.first().mentee)


def test_for_ninety_days_it_stays(client):
    run = found(make_sides())
    Cohort.objects.update(starts_on=timezone.localdate().replace(day=1), months=6)

    forget_inputs("", report=silent)

    run.refresh_from_db()
    assert recheck_run(run) == []
    client.force_login(manager_of(run.cohort))
    html = client.get(run.get_absolute_url()).content.decode()
    assert "It can be proven again until" in html


def test_inputs_are_looked_for_once_a_day_where_there_are_any():
    forget_inputs_daily()
    assert not Job.objects.exists()
    set_policy(make_sides(), {})
    computed(make_sides())

    forget_inputs_daily()
    forget_inputs_daily()

    assert Job.objects.filter(service="upwell.pairs.services.forget_inputs").count() == 1
