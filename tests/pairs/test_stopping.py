"""Stopping a publication: until anybody is told, it can be as if it had never been."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_manager
from tests.pairs.organizations import manager_of
from tests.pairs.test_comparison import changed, computed
from tests.pairs.test_publication import WHY, make_run, publish
from tests.pairs.test_runs import silent
from upwell.audit.models import AuditEntry
from upwell.delivery.deliver import deliver
from upwell.delivery.models import OutboxMessage
from upwell.desk.queries.home import home_of
from upwell.pairs.access import counterparts_of
from upwell.pairs.models import Couple, MatchRun, Member, Pair
from upwell.pairs.services import (
    are_paired,
    end_pair,
    publish_run,
    send_kickoff,
    start_repair,
    stop_publication,
)
from upwell.people.models import Person
from upwell.programs.models import Enrollment, Place
from upwell.programs.services import step_out
from upwell.vault.services import unseal

pytestmark = pytest.mark.django_db

MADE = (Pair, Member, Couple)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def a_quarter_of_an_hour(settings):
    settings.STOP_MINUTES = 15


def published(*sides):
    run = make_run(*sides)
    publish(run)
    return MatchRun.objects.select_related("cohort__program").get()


def stop(run, by=None):
    stop_publication(run, by=by or manager_of(run.cohort))


def let_time_pass():
    """As if the messages were due by now."""
    past = timezone.now() - timedelta(seconds=1)
    MatchRun.objects.update(told_from=past)
    Pair.objects.update(shown_from=past)
    OutboxMessage.objects.update(next_attempt_at=past)


def test_no_message_goes_before_its_time(mailoutbox):
    run = published()

    deliver("", report=silent)

    assert not mailoutbox
    assert {*OutboxMessage.objects.values_list("next_attempt_at", flat=True)} == {run.told_from}
    let_time_pass()
    deliver("", report=silent)
    assert len(mailoutbox) == 4


def test_until_then_nobody_in_a_pair_can_see_it(client):
    run = published(1, 1)
    couple = Couple.objects.select_related("mentor", "mentee", "pair").get()
    address = reverse("desk:pair_detail", args=[couple.pair_id])
    client.force_login(couple.mentor)

    hidden = client.get(address).status_code, home_of(couple.mentor).parts[0]

    assert hidden[0] == 404
    assert (hidden[1].pair, hidden[1].is_published, hidden[1].had_one) == (None, False, False)
    assert not counterparts_of(couple.mentor).exists()
    assert not are_paired(couple.mentor, couple.mentee)
    let_time_pass()
    assert client.get(address).status_code == 200
    assert home_of(couple.mentor).parts[0].counterpart == couple.mentee
    assert list(counterparts_of(couple.mentor)) == [couple.mentee]
    assert run.can_be_stopped


def test_whoever_would_leave_reads_the_same_with_a_pair_and_without(client):
    run = published(2, 1)
    unplaced = Enrollment.objects.get(unplaced__isnull=False)
    placed = Enrollment.objects.mentees().get()
    words = "This cohort is being worked on at this moment. Try again in a little while."

    for one in (unplaced, placed):
        with pytest.raises(ValidationError, match=words):
            step_out(one, asks_next=False, by=one.person)
        client.force_login(one.person)
        page = client.get(reverse("programs:enrollment_out", args=[one.pk])).content.decode()
        assert words in page and "You are in a pair" not in page

    assert run.can_be_stopped
    let_time_pass()
    step_out(unplaced, asks_next=False, by=unplaced.person)
    with pytest.raises(ValidationError, match="You are in a pair"):
        step_out(placed, asks_next=False, by=placed.person)


def test_whoever_is_not_placed_hears_nothing_either():
    published(2, 1)
    left_out = Person.objects.get(enrollments__unplaced__isnull=False)

    assert not home_of(left_out).parts[0].is_published
    let_time_pass()
    assert home_of(left_out).parts[0].is_published


def test_stop_takes_everything_back(mailoutbox):
    run = published()

    stop(run)

    run = MatchRun.objects.get()
    assert (run.published_at, run.published_by, run.told_from) == (None, None, None)
    assert not unseal(run, "unchecked_reason")
    assert not any(model.objects.exists() for model in MADE)
    let_time_pass()
    deliver("", report=silent)
    assert not mailoutbox
    assert AuditEntry.objects.filter(event="pairs.run.stopped", facts={"pairs": 2}).count() == 1


def test_what_was_stopped_can_be_published_again(mailoutbox):
    run = published()
    stop(run)

    publish(MatchRun.objects.get())
    let_time_pass()
    deliver("", report=silent)

    assert (Pair.objects.count(), len(mailoutbox)) == (2, 4)


def test_places_of_a_run_under_other_rules_go_with_its_pairs():
    plain = make_run(1, 2)
    run = computed(plain.cohort, changed(plain.cohort.program.policy, "capacity", mentor=2))
    publish(run)
    run = MatchRun.objects.select_related("cohort__program").get(pk=run.pk)
    mentors = Place.objects.filter(enrollment__role="mentor")
    assert mentors.count() == 2

    stop(run)

    assert mentors.count() == 1


def test_kind_words_are_stopped_too(mailoutbox):
    run = published(2, 1)

    stop(run)

    let_time_pass()
    deliver("", report=silent)
    assert not mailoutbox


def refused(run, match, **who):
    before = {model: model.objects.count() for model in MADE}
    with pytest.raises(ValidationError, match=match):
        stop(run, **who)
    assert MatchRun.objects.published().exists()
    assert {model: model.objects.count() for model in MADE} == before


def test_stop_is_refused_once_the_time_is_over():
    run = published()
    let_time_pass()

    refused(run, "have begun to go out")


@pytest.mark.parametrize("state", ["sending", "sent", "failed"])
def test_stop_is_refused_once_a_message_is_on_its_way(state):
    run = published()
    OutboxMessage.objects.filter(pk=OutboxMessage.objects.first().pk).update(state=state)

    refused(run, "have begun to go out")

    assert OutboxMessage.objects.filter(state="waiting", useful_until=None).count() == 3


def test_stop_is_refused_where_nothing_is_published():
    run = make_run()

    with pytest.raises(ValidationError, match="nothing to stop"):
        stop(run)


def test_stop_is_for_those_who_manage_the_cohort():
    refused(published(), "Only the program's managers", by=make_manager())


def test_without_minutes_everybody_is_told_at_once(settings, mailoutbox):
    settings.STOP_MINUTES = 0
    run = published()

    deliver("", report=silent)

    assert len(mailoutbox) == 4
    refused(run, "have begun to go out")


def test_the_kick_off_waits_until_people_know_of_their_pair():
    run = published()

    with pytest.raises(ValidationError, match="Nobody knows of their pair yet"):
        send_kickoff(run.cohort, by=manager_of(run.cohort))

    let_time_pass()
    assert send_kickoff(run.cohort, by=manager_of(run.cohort)) == 4


def test_the_home_page_of_the_manager_says_that_it_can_be_stopped():
    run = published()

    (task,) = home_of(manager_of(run.cohort)).tasks

    assert task.title == f"{run.cohort} is published"
    assert "nobody is told, and you can stop it" in task.text


@pytest.mark.parametrize("route", ["run_detail", "pair_list"])
def test_the_pages_say_when_messages_go_and_stop_them(client, route):
    run = published()
    client.force_login(manager_of(run.cohort))
    page = reverse(f"pairs:{route}", args=[run.pk if route == "run_detail" else run.cohort_id])

    html = client.get(page).content.decode()

    assert "Published. Messages go at" in html
    answer = client.post(reverse("pairs:run_stop", args=[run.pk]), follow=True)
    assert "Stopped. Nobody was told, and nobody is paired." in answer.content.decode()
    assert not Pair.objects.exists()


def test_the_pages_offer_no_stop_once_it_is_too_late(client):
    run = published()
    let_time_pass()
    client.force_login(manager_of(run.cohort))

    html = client.get(reverse("pairs:pair_list", args=[run.cohort_id])).content.decode()
    answer = client.post(reverse("pairs:run_stop", args=[run.pk]), follow=True)

    assert "Messages go at" not in html
    assert "have begun to go out" in answer.content.decode()
    assert Pair.objects.exists()


def test_publishing_says_that_it_can_be_stopped(client):
    run = make_run()
    client.force_login(manager_of(run.cohort))
    publish_run(run, reason=WHY, by=manager_of(run.cohort))

    html = client.get(reverse("pairs:pair_list", args=[run.cohort_id])).content.decode()

    assert "Until then nobody is told, nobody sees their pair" in html


def test_before_anybody_knows_of_the_pairs_none_is_ended_or_repaired():
    run = published()
    manager = manager_of(run.cohort)

    for act in (
        lambda: end_pair(Pair.objects.first(), by=manager),
        lambda: start_repair(run.cohort, by=manager),
    ):
        with pytest.raises(ValidationError, match="Nobody has been told of these pairs yet"):
            act()
    let_time_pass()
    end_pair(Pair.objects.first(), by=manager)
    start_repair(run.cohort, by=manager)
