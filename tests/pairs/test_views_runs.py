"""The pages of runs: listed, started, followed, failed and read."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    make_cohort,
    make_enrollment,
    make_manager,
    make_pair,
    make_person,
    make_run,
)
from tests.pairs.organizations import manager_of
from tests.pairs.test_runs import computed, make_sides
from upwell.delivery.models import Job, Worker
from upwell.pairs.models import MatchRun
from upwell.pairs.services import open_preview, start_run, take_preview_back

pytestmark = pytest.mark.django_db

HTMX = {"hx-request": "true"}


def page(client, name, pk, *, headers=None, **query):
    response = client.get(reverse(f"pairs:{name}", args=[pk]), query, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def signed_in(client, cohort):
    client.force_login(manager_of(cohort))
    return cohort


def waiting_run(client):
    cohort = signed_in(client, make_sides())
    return start_run(cohort, by=manager_of(cohort))


def running(run, **progress):
    Job.objects.filter(pk=run.job_id).update(state=Job.State.RUNNING, progress=progress)


def test_run_list_offers_to_start_a_run(client):
    cohort = signed_in(client, make_sides(3, 2))

    html = page(client, "run_list", cohort.pk)

    assert "2 mentees and 3 mentors, ready to be matched" in html
    assert "Find the best pairs" in html


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ([], "Nobody takes part in this cohort yet"),
        (["mentor"], "There is no mentee in this cohort yet"),
        (["mentee"], "There is no mentor in this cohort yet"),
    ],
)
def test_run_list_says_why_no_run_can_start_and_where_that_is_put_right(client, roles, words):
    cohort = signed_in(client, make_cohort(make_manager()))
    for role in roles:
        make_enrollment(cohort, role)

    html = page(client, "run_list", cohort.pk)

    assert words in html
    assert reverse("programs:participant_add", args=[cohort.pk]) in html
    assert reverse("pairs:run_start", args=[cohort.pk]) not in html


def test_run_list_leads_to_the_run_under_way(client):
    run = waiting_run(client)

    html = page(client, "run_list", run.cohort_id)

    assert "A run is being computed" in html
    assert reverse("pairs:run_start", args=[run.cohort_id]) not in html


def test_run_list_lets_another_run_start_after_one_that_was_given_up(client):
    run = waiting_run(client)
    Job.objects.update(state=Job.State.FAILED)

    html = page(client, "run_list", run.cohort_id)

    assert "badge--failed" in html
    assert reverse("pairs:run_start", args=[run.cohort_id]) in html


def test_run_list_says_of_other_runs_that_they_are_not_used_once_one_is_published(client):
    cohort = signed_in(client, make_sides())
    figures = {"pairs": 2, "weak": 0}
    make_run(cohort, state="done", figures=figures)
    before = page(client, "run_list", cohort.pk)
    make_run(cohort, state="done", figures=figures, published_at=timezone.now())

    after = page(client, "run_list", cohort.pk)

    assert "to review" in before and "not used" not in before
    assert "not used" in after and "to review" not in after


def test_run_list_leads_from_a_published_run_to_the_pairs(client):
    cohort = signed_in(client, make_sides())
    make_run(cohort, published_at=timezone.now())

    html = page(client, "run_list", cohort.pk)

    assert "The pairs are published" in html
    assert reverse("pairs:pair_list", args=[cohort.pk]) in html
    assert reverse("pairs:run_start", args=[cohort.pk]) not in html


@pytest.mark.parametrize("count", [1, 3])
def test_run_list_makes_the_same_queries_for_any_number_of_runs(
    client, count, django_assert_num_queries
):
    cohort = signed_in(client, make_sides())
    runs = [make_run(cohort) for _ in range(count)]

    with django_assert_num_queries(13):
        response = client.get(reverse("pairs:run_list", args=[cohort.pk]))

    assert response.context["runs"] == runs[::-1]


def test_run_start_asks_for_a_run_and_leads_to_it(client):
    cohort = signed_in(client, make_sides())

    response = client.post(reverse("pairs:run_start", args=[cohort.pk]))

    assert response.headers["Location"] == MatchRun.objects.get().get_absolute_url()


def test_run_start_says_why_it_was_refused(client):
    run = waiting_run(client)

    response = client.post(reverse("pairs:run_start", args=[run.cohort_id]), follow=True)

    assert "A run of this cohort is already under way." in response.content.decode()
    assert MatchRun.objects.get() == run


def test_a_waiting_run_says_that_no_worker_is_there(client):
    run = waiting_run(client)

    html = page(client, "run_detail", run.pk)

    assert "Waiting for its turn" in html
    assert "No worker seems to be at work" in html
    assert "Look again" in html


def test_a_waiting_run_is_quiet_about_a_worker_that_is_there(client):
    run = waiting_run(client)
    Worker.objects.create(name="one")

    assert "No worker seems to be at work" not in page(client, "run_detail", run.pk)


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        ({}, ["Reading the people and the policy", "1 / 4"]),
        (
            {"step": "matching", "pass": 2, "gap": None},
            ["Weighing 4 possible pairs", "2 / 4", "Pass 2: making as many pairs"],
        ),
        (
            {"step": "matching", "pass": 3, "gap": 1200},
            ["Pass 3: at most 1,200 points from the best possible"],
        ),
        (
            {"step": "matching", "pass": 3, "gap": None, "aim": "stable"},
            ["Pass 3: looking for pairs that no two would leave for each other"],
        ),
        ({"step": "proving"}, ["Proving that nothing better is possible", "3 / 4"]),
        ({"step": "explaining"}, ["Writing down what speaks for each pair", "4 / 4"]),
    ],
)
def test_a_run_tells_how_far_it_is(client, progress, words):
    run = waiting_run(client)
    running(run, **progress)

    html = page(client, "run_detail", run.pk)

    assert [word for word in words if word not in html] == []


def test_a_run_that_broke_off_says_that_it_is_tried_again(client):
    run = waiting_run(client)
    Job.objects.update(attempts=1)

    assert "it will be tried again by itself" in page(client, "run_detail", run.pk)


def test_a_run_under_way_answers_htmx_with_its_progress_only(client):
    run = waiting_run(client)

    html = page(client, "run_detail", run.pk, headers=HTMX)

    assert html.strip().startswith("<section") and 'hx-trigger="every 1s"' in html


@pytest.mark.parametrize("state", ["done", "failed"])
def test_whoever_follows_a_run_loads_the_page_when_it_has_ended(client, state):
    cohort = signed_in(client, make_sides())
    run = make_run(cohort, state=state)

    response = client.get(run.get_absolute_url(), headers=HTMX)

    assert response.headers["HX-Refresh"] == "true"


def test_a_failed_run_says_what_is_wrong_and_leads_to_the_policy(client):
    cohort = signed_in(client, make_sides())
    fault = {"code": "no_levels", "key": "mentees.levels", "value": '["VP"]', "params": {}}
    run = make_run(cohort, state=MatchRun.State.FAILED, faults=[fault])

    html = page(client, "run_detail", run.pk)

    assert "the table of people has no levels" in html
    assert f'{reverse("programs:policy_edit", args=[cohort.program_id])}">Change the policy' in html


def test_a_run_that_was_given_up_leads_to_another(client):
    run = waiting_run(client)
    Job.objects.update(state=Job.State.FAILED)

    html = page(client, "run_detail", run.pk)

    assert "was given up" in html
    assert "Change the policy" not in html


@pytest.mark.parametrize("is_enrolled", [True, False])
@pytest.mark.parametrize(
    ("name", "method", "of"),
    [
        ("run_list", "get", "cohort"),
        ("run_start", "post", "cohort"),
        ("run_detail", "get", "run"),
        ("run_unplaced", "get", "run"),
    ],
)
def test_runs_of_others_and_of_ones_own_cohort_are_hidden(client, is_enrolled, name, method, of):
    cohort = make_sides()
    run = make_run(cohort)
    user = manager_of(cohort) if is_enrolled else make_manager()
    if is_enrolled:
        make_enrollment(cohort, person=user)
    client.force_login(user)

    response = getattr(client, method)(
        reverse(f"pairs:{name}", args=[run.pk if of == "run" else cohort.pk])
    )

    assert response.status_code == 404
    assert MatchRun.objects.get() == run


def test_runs_ask_to_sign_in(client):
    response = client.get(make_run().get_absolute_url())

    assert response.headers["Location"].startswith(reverse("account_login"))


def test_a_participant_sees_no_run(client):
    run = make_run()
    client.force_login(make_person())

    assert client.get(run.get_absolute_url()).status_code == 404


def test_run_list_leads_to_the_gate_that_is_closed(client):
    cohort = signed_in(client, make_cohort(make_manager(), gates=()))
    for role in ("mentor", "mentee"):
        make_enrollment(cohort, role)

    html = page(client, "run_list", cohort.pk)

    assert "Nobody has opened this cohort for matching yet." in html
    assert reverse("desk:gate_match", args=[cohort.pk]) in html
    assert reverse("pairs:run_start", args=[cohort.pk]) not in html


def test_a_run_from_before_people_chose_each_other_is_not_offered_for_publication(client):
    run = computed(signed_in(client, make_sides(2, 2)))
    make_pair(run=make_run(run.cohort), origin="chosen")

    html = client.get(run.get_absolute_url()).content.decode()

    assert "Since this run, people have chosen each other." in html
    assert reverse("pairs:run_publish", args=[run.pk]) not in html


def test_the_list_says_of_a_run_that_was_taken_back_that_it_is_not_used(client):
    run = computed(signed_in(client, make_sides(2, 2)))
    preview = open_preview(run, by=manager_of(run.cohort))
    take_preview_back(preview, by=manager_of(run.cohort))

    html = client.get(reverse("pairs:run_list", args=[run.cohort_id])).content.decode()

    assert "not used" in html and "to review" not in html


def test_nobody_is_said_to_have_a_counterpart_by_a_run_that_failed(client):
    run = make_run(signed_in(client, make_sides(1, 1)), state=MatchRun.State.FAILED)

    response = client.get(reverse("pairs:run_unplaced", args=[run.pk]))

    assert response.url == run.get_absolute_url()
