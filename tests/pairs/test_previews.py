"""Asking both sides first: what they say is theirs alone, and few pairs change for it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.factories import make_enrollment, make_manager
from tests.factories import make_run as make_run_row
from tests.pairs.organizations import manager_of
from tests.pairs.test_publication import WHY, make_run
from tests.pairs.test_runs import computed, silent
from upwell.audit.models import AuditEntry
from upwell.delivery.models import OutboxMessage
from upwell.pairs.models import BlockList, MatchRun, Pair, Preview
from upwell.pairs.models.blocks import blocks_by_person
from upwell.pairs.queries import can_ask_first
from upwell.pairs.services import (
    add_block,
    ask_for_another,
    close_preview,
    compute_run,
    open_preview,
    publish_run,
    start_run,
    take_preview_back,
    take_word_back,
)
from upwell.people.models import Person
from upwell.programs.models import Cohort
from upwell.programs.services.cohorts import delete_cohort

pytestmark = pytest.mark.django_db


def asked(mentors=3, mentees=3, **policy):
    """A run about which both sides are being asked."""
    run = make_run(mentors, mentees, **policy)
    return open_preview(run, by=manager_of(run.cohort))


def first_of(preview):
    related = preview.run.proposals.select_related("mentor__person", "mentee__person")
    return related.order_by("pk")[0]


def object_to_first(preview, side="mentee"):
    proposal = first_of(preview)
    ask_for_another(preview, proposal, by=getattr(proposal, side).person)
    return proposal


def let_it_end(preview):
    Preview.objects.filter(pk=preview.pk).update(closes_at=timezone.now())
    close_preview(preview.pk, report=silent)
    preview.refresh_from_db()


def followed(preview):
    """The run that came of it, computed."""
    let_it_end(preview)
    run = MatchRun.objects.get(follows=preview.run)
    compute_run(run.pk, report=silent)
    run.refresh_from_db()
    return run


def couples(run):
    return {*run.proposals.values_list("mentor", "mentee")}


def publish(run):
    publish_run(run, reason=WHY, by=manager_of(run.cohort))


def test_everybody_in_a_pair_is_asked_once():
    preview = asked()

    messages = OutboxMessage.objects.filter(template="pairs/mail/preview")
    assert {one.person_id for one in messages} == {
        *Person.objects.filter(enrollments__cohort=preview.cohort).values_list("pk", flat=True)
    }
    assert {one.useful_until for one in messages} == {preview.closes_at}
    assert preview.closes_at - preview.opened_at == timedelta(hours=48)
    entry = AuditEntry.objects.get(event="pairs.preview.opened")
    assert (entry.object_id, entry.facts) == (str(preview.run_id), {"pairs": 3})


def test_the_policy_says_for_how_long():
    preview = asked(preview_hours=72)

    assert preview.closes_at - preview.opened_at == timedelta(hours=72)


def test_the_message_names_the_other_and_what_both_may_know():
    preview = asked(1, 1)
    proposal = first_of(preview)

    message = OutboxMessage.objects.get(person=proposal.mentee.person)

    assert proposal.mentor.person.name in message.text
    assert "you would be the mentee" in message.text
    assert "erspective" not in message.text


def test_everybody_has_a_list_of_one_length_whether_or_not_they_object():
    preview = asked()
    before = {row.person_id: len(row.colleagues.content) for row in BlockList.objects.all()}

    object_to_first(preview)

    after = {row.person_id: len(row.colleagues.content) for row in BlockList.objects.all()}
    assert after == before
    assert (len(after), len({*after.values()})) == (6, 1)


def test_a_list_that_there_was_keeps_whom_it_names():
    run = make_run(2, 2)
    person = first_of(Preview(run=run)).mentee.person
    stranger = make_manager()
    add_block(person, stranger)

    open_preview(run, by=manager_of(run.cohort))

    lists = blocks_by_person(BlockList.objects.all())
    assert [one.colleague for one in lists[person.pk]] == [stranger.pk]
    assert len(lists) == 4


def test_what_somebody_says_is_on_their_own_list_alone():
    preview = asked()

    proposal = object_to_first(preview)

    lists = blocks_by_person(BlockList.objects.all())
    own = lists.pop(proposal.mentee.person_id)
    assert own == [(proposal.mentor.person_id, proposal.mentor.person.name)]
    assert not any(lists.values())
    assert not AuditEntry.objects.exclude(event__in=["pairs.preview.opened", "pairs.run.started"])


def test_a_word_can_be_taken_back():
    preview = asked()
    proposal = object_to_first(preview)

    take_word_back(preview, proposal, by=proposal.mentee.person)

    assert not any(blocks_by_person(BlockList.objects.all()).values())


def test_another_of_the_same_name_stays_on_the_list():
    preview = asked()
    proposal = first_of(preview)
    namesake = make_manager()
    add_block(proposal.mentee.person, namesake, typed=proposal.mentor.person.name)

    object_to_first(preview)

    own = blocks_by_person(BlockList.objects.all())[proposal.mentee.person_id]
    assert {one.colleague for one in own} == {namesake.pk, proposal.mentor.person_id}


def test_nothing_can_be_said_once_the_time_is_over():
    preview = asked()
    Preview.objects.update(closes_at=timezone.now())

    with pytest.raises(ValidationError, match="time to say so is over"):
        object_to_first(preview)

    assert not any(blocks_by_person(BlockList.objects.all()).values())


@pytest.mark.parametrize("act", [publish, lambda run: start_run(run.cohort, by=run.started_by)])
def test_nothing_else_is_done_meanwhile(act):
    preview = asked()

    with pytest.raises(ValidationError, match="Both sides are being asked about their pairs until"):
        act(preview.run)

    assert not Pair.objects.exists()


def test_it_is_not_opened_twice():
    preview = asked()

    with pytest.raises(ValidationError, match="being asked about their pairs"):
        open_preview(preview.run, by=preview.opened_by)


def test_the_database_has_one_open_preview_of_a_cohort():
    preview = asked()
    other = make_run_row(preview.cohort)
    row = Preview(cohort=preview.cohort, run=other, opened_by=preview.opened_by)
    row.closes_at = preview.closes_at

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_it_is_not_opened_while_another_run_is_computed():
    run = make_run()
    start_run(run.cohort, by=manager_of(run.cohort))

    with pytest.raises(ValidationError, match="already under way"):
        open_preview(run, by=manager_of(run.cohort))

    assert not can_ask_first(run)


def test_it_is_opened_by_those_who_manage_the_cohort():
    run = make_run()

    with pytest.raises(ValidationError, match="Only the program's managers"):
        open_preview(run, by=make_manager())


def test_it_is_not_opened_where_somebody_has_joined():
    run = make_run()
    make_enrollment(run.cohort, "mentee")

    with pytest.raises(ValidationError, match="has joined since"):
        open_preview(run, by=manager_of(run.cohort))

    assert not OutboxMessage.objects.exists()


def test_a_cohort_stays_while_its_people_are_asked():
    preview = asked()

    with pytest.raises(ValidationError, match="so this cohort stays until then"):
        delete_cohort(preview.cohort, by=preview.opened_by)

    assert Cohort.objects.exists()


def test_taken_back_nobody_is_paired_and_whoever_knew_is_told():
    preview = asked(2, 2)
    told = OutboxMessage.objects.filter(template="pairs/mail/preview").first()
    OutboxMessage.objects.filter(pk=told.pk).update(state="sent")

    take_preview_back(preview, by=preview.opened_by)

    message = OutboxMessage.objects.get(template="pairs/mail/preview_back")
    assert message.person == told.person
    waiting = OutboxMessage.objects.filter(template="pairs/mail/preview", state="waiting")
    assert all(one.is_outdated for one in waiting)
    with pytest.raises(ValidationError, match="Use a later run"):
        publish(preview.run)
    assert computed(preview.cohort).state == "done"


def test_it_is_taken_back_once_and_not_after_its_end():
    preview = asked(2, 2)
    let_it_end(preview)

    with pytest.raises(ValidationError, match="nothing to take back"):
        take_preview_back(preview, by=preview.opened_by)
