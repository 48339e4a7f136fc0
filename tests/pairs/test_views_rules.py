"""The pages on which a manager decides by hand, and holds runs beside each other."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_cohort, make_enrollment, make_manager, make_run
from tests.pairs.organizations import manager_of
from tests.pairs.test_rules import decide, sides_of
from tests.pairs.test_runs import computed, make_sides
from tests.pairs.test_views_runs import HTMX, page, signed_in
from upwell.pairs.models import CoupleRule, MatchRun

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"pairs:{name}", args=args)


def a_run(client):
    run = computed(signed_in(client, make_sides()))
    (mentor, *_), (mentee, *_) = sides_of(run.cohort)
    return run, mentor, mentee


def post_rule(client, run, kind, mentor, mentee, **options):
    posted = {"kind": kind, "mentor": mentor.pk, "mentee": mentee.pk}
    return client.post(
        url("run_rule_set", run.pk), posted | {"from": options.pop("start", "")}, **options
    )


def test_each_pair_of_a_run_can_be_kept_or_its_two_kept_apart(client):
    run, _mentor, _mentee = a_run(client)

    html = page(client, "run_detail", run.pk)

    assert html.count("Keep this pair") == html.count("Not these two<") == 2


@pytest.mark.parametrize("is_own", [True, False])
def test_a_published_cohort_leaves_nothing_to_decide(client, is_own):
    run, mentor, mentee = a_run(client)
    published = run if is_own else make_run(run.cohort)
    MatchRun.objects.filter(pk=published.pk).update(published_at=timezone.now())
    names = {"mentor": mentor.person.name, "mentee": mentee.person.name}

    assert "Keep this pair" not in page(client, "run_detail", run.pk)
    assert "Keep this pair" not in page(client, "run_why_not", run.pk, **names)


def test_why_not_offers_to_decide(client):
    run, mentor, mentee = a_run(client)
    names = {"mentor": mentor.person.name, "mentee": mentee.person.name}

    assert "Keep this pair" in page(client, "run_why_not", run.pk, **names)


@pytest.mark.parametrize("kind", ["pin", "ban"])
def test_run_rule_set_decides_and_leads_back_to_the_pairs(client, kind):
    run, mentor, mentee = a_run(client)

    response = post_rule(client, run, kind, mentor, mentee)

    assert response.headers["Location"] == f"{run.get_absolute_url()}#pairs"
    rule = CoupleRule.objects.get()
    assert (rule.kind, rule.mentor, rule.mentee) == (kind, mentor, mentee)
    assert rule.set_by == manager_of(run.cohort)


def test_run_rule_set_answers_htmx_with_the_pair_and_what_is_decided(client):
    run, _mentor, _mentee = a_run(client)
    proposal = run.proposals.first()

    html = post_rule(client, run, "pin", proposal.mentor, proposal.mentee, headers=HTMX).content

    assert html.decode().strip().startswith('<li class="pair">')
    assert "Kept together from the next run on" in html.decode()


def test_run_rule_set_takes_off_what_was_decided(client):
    run, mentor, mentee = a_run(client)
    decide(run, mentor, mentee)

    html = post_rule(client, run, "none", mentor, mentee, headers=HTMX).content.decode()

    assert not CoupleRule.objects.exists()
    assert "Left to the next run" in html


def test_run_rule_set_says_why_it_was_refused(client):
    run, mentor, mentee = a_run(client)
    decide(run, mentor, sides_of(run.cohort)[1][1])

    plain = post_rule(client, run, "pin", mentor, mentee, follow=True).content.decode()
    swapped = post_rule(client, run, "pin", mentor, mentee, headers=HTMX).content.decode()

    for html in (plain, swapped):
        assert "has one place, and it is kept for somebody else already" in html


def test_run_rule_set_leads_back_to_why_not(client):
    run, mentor, mentee = a_run(client)

    response = post_rule(client, run, "ban", mentor, mentee, start="why", follow=True)

    assert response.redirect_chain[-1][0].startswith(url("run_why_not", run.pk))
    assert "Kept apart from the next run on" in response.content.decode()


@pytest.mark.parametrize("is_known", [True, False])
def test_run_rule_set_takes_nobody_of_another_cohort(client, is_known):
    run, mentor, _mentee = a_run(client)
    other = make_enrollment(role="mentee")
    if not is_known:
        other.pk = make_cohort().pk

    html = post_rule(client, run, "ban", mentor, other, follow=True).content.decode()

    assert "these two are not in this cohort" in html
    assert not CoupleRule.objects.exists()


def test_run_rules_lists_what_is_decided_and_takes_it_off(client):
    run, mentor, mentee = a_run(client)
    rule = decide(run, mentor, mentee)
    html = page(client, "run_rules", run.cohort_id)
    assert "1 couple decided by hand" in html and "kept together" in html

    response = client.post(url("run_rule_remove", run.cohort_id, rule.pk), follow=True)

    said = response.content.decode()
    assert f"Whether {mentor.person.name} and {mentee.person.name} are a pair is left" in said
    assert "The match decides about everybody" in said


def test_run_rules_of_a_published_cohort_cannot_be_taken_off(client):
    run, mentor, mentee = a_run(client)
    rule = decide(run, mentor, mentee)
    MatchRun.objects.update(published_at=timezone.now())

    html = page(client, "run_rules", run.cohort_id)
    refused = client.post(url("run_rule_remove", run.cohort_id, rule.pk), follow=True)

    assert url("run_rule_remove", run.cohort_id, rule.pk) not in html
    assert "already published" in refused.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_run_rules_makes_the_same_queries_for_any_number(client, count, django_assert_num_queries):
    run = computed(signed_in(client, make_sides(3, 3)))
    for mentor, mentee in list(zip(*sides_of(run.cohort), strict=True))[:count]:
        decide(run, mentor, mentee)

    with django_assert_num_queries(9):
        response = client.get(url("run_rules", run.cohort_id))

    assert len(response.context["page"].object_list) == count


def test_a_failed_run_leads_to_what_is_decided_by_hand(client):
    cohort = signed_in(client, make_sides())
    mentor = cohort.enrollments.mentors()[0]
    fault = {"code": "pin_places", "key": "", "value": "", "params": {"person": str(mentor.pk)}}
    run = make_run(cohort, state="failed", faults=[fault])

    html = page(client, "run_detail", run.pk)

    assert f"{mentor.person.name} is to be kept together with more people" in html
    assert f'{url("run_rules", cohort.pk)}">See what is decided by hand' in html


@pytest.mark.parametrize("is_enrolled", [True, False])
@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("run_rules", "get"),
        ("run_other", "get"),
        ("run_other", "post"),
        ("run_compare", "get"),
        ("run_rule_set", "post"),
        ("run_adopt", "post"),
        ("run_rule_remove", "post"),
    ],
)
def test_what_is_others_or_of_ones_own_cohort_is_hidden(client, is_enrolled, name, method):
    run = computed(make_sides())
    rule = decide(run, *[side[0] for side in sides_of(run.cohort)])
    user = manager_of(run.cohort) if is_enrolled else make_manager()
    if is_enrolled:
        make_enrollment(run.cohort, person=user)
    client.force_login(user)
    ids = {
        "run_rule_set": [run.pk],
        "run_adopt": [run.pk],
        "run_rule_remove": [run.cohort_id, rule.pk],
    }

    response = getattr(client, method)(url(name, *ids.get(name, [run.cohort_id])))

    assert response.status_code == 404
    assert (MatchRun.objects.get(), CoupleRule.objects.get()) == (run, rule)


def test_a_rule_of_another_cohort_is_not_taken_off(client):
    run, _mentor, _mentee = a_run(client)
    other = computed(make_sides())
    rule = decide(other, *[side[0] for side in sides_of(other.cohort)])

    response = client.post(url("run_rule_remove", run.cohort_id, rule.pk))

    assert response.status_code == 404
    assert CoupleRule.objects.get() == rule
