"""Asking both sides first from the page, and what each of them sees."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_person
from tests.pairs.organizations import manager_of
from tests.pairs.test_previews import asked, first_of, followed, let_it_end, object_to_first
from tests.pairs.test_publication import make_run
from tests.pairs.test_runs import silent
from tests.pairs.test_views_publishing import done
from upwell.delivery.models import Job
from upwell.desk.queries.home import home_of
from upwell.pairs.models import BlockList, MatchRun, Preview
from upwell.pairs.models.blocks import MOST_BLOCKS, blocks_by_person
from upwell.pairs.services import add_block, compute_run, take_preview_back

pytestmark = pytest.mark.django_db


def page(client, route, run):
    return client.get(reverse(f"pairs:{route}", args=[run.pk])).content.decode()


def say(client, preview, word, proposal=None):
    values = {"proposal": (proposal or first_of(preview)).pk, "word": word}
    return client.post(preview.get_absolute_url(), values, follow=True).content.decode()


def objections():
    return [one for blocks in blocks_by_person(BlockList.objects.all()).values() for one in blocks]


def test_the_page_of_a_run_recommends_to_ask_first(client):
    run = done(client)

    html = page(client, "run_detail", run)

    assert reverse("pairs:run_ask_first", args=[run.pk]) in html
    assert "Publish now" in html
    assert "Better ask both sides first" in page(client, "run_publish", run)


def test_asking_says_what_will_happen_then_does_it(client):
    run = done(client)
    asking = reverse("pairs:run_ask_first", args=[run.pk])

    html = client.get(asking).content.decode()
    answer = client.post(asking, follow=True).content.decode()

    assert "Ask 4 people whether it fits?" in html
    assert "For 48 hours each may say" in html
    assert "Everybody in these pairs is being asked by e-mail." in answer
    assert "Both sides are being asked" in answer
    assert Preview.objects.get().run == run


def test_a_refusal_is_said(client):
    preview = asked(2, 2)
    client.force_login(preview.opened_by)

    answer = client.post(reverse("pairs:run_ask_first", args=[preview.run_id]), follow=True)

    assert "Both sides are being asked about their pairs until" in answer.content.decode()


@pytest.mark.parametrize("route", ["run_ask_first", "run_publish"])
def test_while_both_sides_are_asked_pages_lead_back_to_the_run(client, route):
    preview = asked(2, 2)
    client.force_login(preview.opened_by)

    answer = client.get(reverse(f"pairs:{route}", args=[preview.run_id]))

    assert answer.status_code == 302
    assert answer["Location"] == preview.run.get_absolute_url()


def test_the_manager_sees_the_same_whether_or_not_anybody_objects(client):
    preview = asked(3, 3)
    client.force_login(preview.opened_by)
    run = preview.run
    routes = [
        ("run_detail", run.pk),
        ("run_unplaced", run.pk),
        ("run_take_back", run.pk),
        ("run_certificate", run.pk),
        ("run_list", run.cohort_id),
        ("pair_list", run.cohort_id),
    ]

    def seen():
        pages = [client.get(reverse(f"pairs:{name}", args=[pk])).content for name, pk in routes]
        home = home_of(preview.opened_by)
        return [one.split(b"csrfmiddlewaretoken")[0] for one in pages], home.tasks[0].title

    before = seen()
    object_to_first(preview)

    assert seen() == before


def test_whoever_is_asked_sees_whom_and_says_no_and_yes(client):
    preview = asked(2, 2)
    proposal = first_of(preview)
    client.force_login(proposal.mentee.person)

    html = client.get(preview.get_absolute_url()).content.decode()

    assert proposal.mentor.person.name in html
    assert "You would be the mentee." in html
    assert "Noted. We look for someone else for you" in say(client, preview, "another")
    assert [one.colleague for one in objections()] == [proposal.mentor.person_id]
    assert "Taken back, as if you had said nothing." in say(client, preview, "content")
    assert not objections()


def test_the_other_sees_nothing_of_it(client):
    preview = asked(1, 1)
    proposal = first_of(preview)
    client.force_login(proposal.mentor.person)
    before = client.get(preview.get_absolute_url()).content.split(b"csrfmiddlewaretoken")[0]

    object_to_first(preview, "mentee")

    after = client.get(preview.get_absolute_url()).content.split(b"csrfmiddlewaretoken")[0]
    assert after == before
    assert "This fits after all" not in after.decode()


def test_nobody_speaks_for_a_pair_of_others(client):
    preview = asked(2, 2)
    first = first_of(preview)
    other = preview.run.proposals.exclude(pk=first.pk).get()
    client.force_login(first.mentee.person)

    say(client, preview, "another", other)

    assert not objections()


def test_the_page_is_for_those_in_the_pairs(client):
    preview = asked(2, 2)

    for person in (make_person(), preview.opened_by):
        client.force_login(person)

        assert client.get(preview.get_absolute_url()).status_code == 404


def test_a_full_list_says_what_to_do(client):
    preview = asked(1, 1)
    person = first_of(preview).mentee.person
    for number in range(MOST_BLOCKS):
        add_block(person, make_person(name=f"Somebody {number}"))
    client.force_login(person)

    assert f"There is room for {MOST_BLOCKS} people" in say(client, preview, "another")


@pytest.mark.parametrize("end", ["closed", "taken_back", "late"])
def test_once_it_is_over_the_page_names_nobody(client, end):
    preview = asked(1, 1)
    proposal = first_of(preview)
    if end == "closed":
        let_it_end(preview)
    elif end == "taken_back":
        take_preview_back(preview, by=preview.opened_by)
    else:
        Preview.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    client.force_login(proposal.mentee.person)

    html = say(client, preview, "another")

    assert "The time to look is over" in html
    assert proposal.mentor.person.name not in html
    assert not objections()


def test_home_asks_until_it_is_over():
    preview = asked(1, 1)
    person = first_of(preview).mentee.person

    (question,) = [one for one in home_of(person).questions if "have in mind" in one.title]

    assert question.step.href == preview.get_absolute_url()
    object_to_first(preview)
    assert question in home_of(person).questions
    let_it_end(preview)
    assert question not in home_of(person).questions


def test_home_of_the_manager_says_how_far_it_is():
    preview = asked(3, 3)
    manager = preview.opened_by
    run = f"{preview.run} of {preview.cohort}"

    (task,) = home_of(manager).tasks
    assert (task.title, task.is_pressing) == (f"Both sides of {run} are being asked", False)

    object_to_first(preview)
    new = followed(preview)
    (task,) = home_of(manager).tasks
    assert task.title == f"The preview of {preview.cohort} is over: {new} waits for your word"
    assert task.is_pressing


def test_the_run_that_follows_says_what_changed(client):
    preview = asked(4, 4)
    object_to_first(preview)
    run = followed(preview)
    client.force_login(preview.opened_by)

    html = page(client, "run_detail", run)
    old = page(client, "run_detail", preview.run)

    assert f"{run}, after the preview: 2 pairs changed" in html
    assert "The policy has changed since" not in html
    assert "It keeps what can stay and changes the fewest." in old
    assert reverse("pairs:run_publish", args=[preview.run_id]) not in old
    assert reverse("pairs:run_publish", args=[run.pk]) in html


def test_a_run_that_stands_says_so(client):
    preview = asked(2, 2)
    let_it_end(preview)
    client.force_login(preview.opened_by)

    html = page(client, "run_detail", preview.run)

    assert "These pairs stay as they are. You can publish them." in html


@pytest.mark.parametrize("how", ["failed", "given up"])
def test_where_the_run_that_follows_failed_it_is_said_and_asked_for_again(client, how):
    preview = asked(3, 3)
    object_to_first(preview)
    let_it_end(preview)
    failed = MatchRun.objects.get(follows=preview.run)
    if how == "failed":
        MatchRun.objects.filter(pk=failed.pk).update(state="failed")
    else:
        Job.objects.filter(pk=failed.job_id).update(state="failed")
    client.force_login(preview.opened_by)

    before, after = (page(client, "run_detail", run) for run in (preview.run, failed))
    start = reverse("pairs:run_start", args=[preview.cohort_id])
    client.post(start, {"follows": preview.run_id})

    assert "Another run was to follow this one, and it failed" in before
    assert "This run was to follow Run 1" in after
    assert all(f'name="follows" value="{preview.run_id}"' in html for html in (before, after))
    assert reverse("pairs:run_publish", args=[preview.run_id]) not in before
    run = MatchRun.objects.get(number=3)
    assert (run.follows, run.state) == (preview.run, "waiting")
    MatchRun.objects.filter(pk=run.pk).update(follows=None)
    assert 'name="follows"' not in page(client, "run_detail", preview.run)
    MatchRun.objects.filter(pk=run.pk).update(follows=preview.run)
    compute_run(run.pk, report=silent)
    run.refresh_from_db()
    assert (run.state, run.kept_added) == ("done", 1)
    later = page(client, "run_detail", preview.run) + page(client, "run_detail", failed)
    assert 'name="follows"' not in later
    refused = client.post(start, {"follows": preview.run_id}, follow=True)
    assert "No run that was to follow this one has failed." in refused.content.decode()


def test_taking_it_back_asks_first(client):
    preview = asked(2, 2)
    client.force_login(preview.opened_by)
    address = reverse("pairs:run_take_back", args=[preview.run_id])

    html = client.get(address).content.decode()
    answer = client.post(address, follow=True).content.decode()

    assert "Ask nobody about these pairs any more?" in html
    assert "Taken back. Whoever knew of it is being told." in answer
    assert "Asking was taken back" in answer
    assert (
        "Nobody is being asked about this run." in client.get(address, follow=True).content.decode()
    )


@pytest.mark.parametrize("mentees", [1, 3])
def test_the_page_costs_the_same_for_one_and_three(client, mentees, django_assert_num_queries):
    preview = asked(1, mentees, capacity={"mentor": 3})
    client.force_login(first_of(preview).mentor.person)
    client.get(preview.get_absolute_url())

    with django_assert_num_queries(9):
        client.get(preview.get_absolute_url())


@pytest.mark.parametrize("pairs", [1, 3])
def test_the_page_of_a_run_costs_the_same_for_one_and_three(client, pairs):
    run = make_run(pairs, pairs)
    client.force_login(manager_of(run.cohort))
    page(client, "run_detail", run)

    with CaptureQueriesContext(connection) as found:
        page(client, "run_detail", MatchRun.objects.get())

    assert len(found) == 25


def test_nobody_is_promised_a_place_that_becomes_free(client):
    preview = asked(1, 1)
    client.force_login(first_of(preview).mentee.person)

    html = client.get(preview.get_absolute_url()).content.decode()

    assert "Then you stay without a counterpart this time." in html
    assert "first to be asked" not in html
