"""The page of a finished run: the news, the proof, the pairs and whoever is left out."""

import pytest
from django.urls import reverse

from tests.factories import make_run
from tests.pairs.test_runs import computed, make_sides
from tests.pairs.test_views_runs import page, signed_in
from upwell.pairs.models import Proposal, Unplaced
from upwell.people.models import Person
from upwell.programs.models import Program

pytestmark = pytest.mark.django_db

PAIRS = {"hx-request": "true", "hx-target": "pairs"}


def test_a_finished_run_tells_the_news_and_the_proof(client):
    run = computed(signed_in(client, make_sides()))

    html = page(client, "run_detail", run.pk)

    assert "<h1>Everyone has a counterpart</h1>" in html
    assert "No other assignment of these people can do better." in html
    assert "All 4 possible pairs were looked at." in html
    assert run.problem_digest in html
    assert reverse("pairs:run_publish", args=[run.pk]) in html
    assert reverse("pairs:run_certificate", args=[run.pk]) in html


def test_a_finished_run_names_both_and_says_what_speaks_for_them(client):
    cohort = signed_in(client, make_sides(1, 1))
    Person.objects.filter(enrollments__role="mentor").update(name="Ama <i>Owusu")
    run = computed(cohort)
    reason = {"code": "languages", "params": {"names": ["English"]}}
    Proposal.objects.update(reasons=[reason])

    html = page(client, "run_detail", run.pk)

    assert "Ama &lt;i&gt;Owusu" in html
    assert "Both speak English." in html


def test_people_without_a_counterpart_are_news_and_worth_a_minute(client):
    run = computed(signed_in(client, make_sides(1, 3)))

    html = page(client, "run_detail", run.pk)

    assert "<h1>1 of 3 mentees has a mentor</h1>" in html
    assert "2 mentees have no mentor" in html


def test_a_changed_policy_is_worth_a_minute(client):
    run = computed(signed_in(client, make_sides()))
    Program.objects.update(policy_json=make_run().cohort.program.policy_json)

    assert "The policy has changed since" in page(client, "run_detail", run.pk)


def test_rules_that_could_not_be_checked_are_named_with_counts(client):
    run = computed(signed_in(client, make_sides()))
    run.figures |= {"not_checked": ["overlap_hours"], "reporting_lines_unknown": 12}
    run.save()

    html = page(client, "run_detail", run.pk)

    assert "Reporting lines: not checked for 12 people" in html
    assert "Enough shared working hours: not checked for anybody" in html
    assert "2 rules could not be checked for everybody" in html


def test_pairs_are_found_by_name_and_quality(client):
    run = computed(signed_in(client, make_sides()))
    first, second = run.proposals.all()
    Proposal.objects.filter(pk=first.pk).update(quality="strong")

    by_name = client.get(run.get_absolute_url(), {"q": second.mentee.person.name.upper()})
    by_quality = client.get(run.get_absolute_url(), {"quality": "strong"})
    by_nonsense = client.get(run.get_absolute_url(), {"quality": "splendid"})

    assert [proposal for proposal, *_ in by_name.context["rows"]] == [second]
    assert [proposal for proposal, *_ in by_quality.context["rows"]] == [first]
    assert len(by_nonsense.context["rows"]) == 2


def test_a_filter_answers_htmx_with_the_pairs_only(client):
    run = computed(signed_in(client, make_sides()))

    html = page(client, "run_detail", run.pk, headers=PAIRS, quality="strong")

    assert html.strip().startswith('<div id="pairs"')
    assert "No pair fits this." in html


@pytest.mark.parametrize("count", [1, 3])
def test_run_detail_makes_the_same_queries_for_any_number_of_pairs(
    client, count, django_assert_num_queries
):
    run = computed(signed_in(client, make_sides(count, count)))

    with django_assert_num_queries(24):
        response = client.get(run.get_absolute_url())

    assert [proposal for proposal, *_ in response.context["rows"]] == list(run.proposals.all())


@pytest.mark.parametrize("count", [1, 3])
def test_run_unplaced_makes_the_same_queries_for_any_number_of_people(
    client, count, django_assert_num_queries
):
    run = computed(signed_in(client, make_sides(1, 1 + count)))

    with django_assert_num_queries(10):
        response = client.get(reverse("pairs:run_unplaced", args=[run.pk]))

    assert [unplaced for unplaced, _ in response.context["rows"]] == list(run.unplaced.all())
    assert "Whoever may be paired with them has somebody already" in response.content.decode()


def test_run_unplaced_says_so_where_there_is_nobody(client):
    run = computed(signed_in(client, make_sides()))

    assert "Everyone has a counterpart" in page(client, "run_unplaced", run.pk)
    assert not Unplaced.objects.exists()
