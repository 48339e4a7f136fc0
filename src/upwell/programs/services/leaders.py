"""Two questions to leaders who have had a mentor; each is asked once, and can take a yes back."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from upwell.audit.services import record
from upwell.core.links import absolute_url
from upwell.delivery.models import Category
from upwell.delivery.services import post
from upwell.people.models import Person
from upwell.programs.models import LeaderAnswer, Program
from upwell.programs.queries.leaders import leaders_to_ask
from upwell.programs.services.rows import locked


@transaction.atomic
def ask_leaders(program: Program, people: Collection[UUID], *, by: Person) -> int:
    """Write to those of these people who may be asked and were not yet; return how many."""
    locked(program.pk)
    asked = list(leaders_to_ask(program, by=by).filter(pk__in=people))
    for person in asked:
        answer = LeaderAnswer.objects.create(program=program, person=person)
        href = absolute_url(answer.get_absolute_url())
        post(
            "programs/mail/leader_question",
            to=person,
            context={"program": program, "by": by, "href": href},
            category=Category.NEWS,
        )
    if asked:
        record("programs.leaders.asked", by=by, on=program, facts={"people": len(asked)})
    return len(asked)


@transaction.atomic
def answer_leader(
    answer: LeaderAnswer, *, has_changed_work: bool, may_be_told: bool, words: str = ""
) -> None:
    """Keep both answers of the person asked; words only where they may be told.

    The audit log keeps that a yes to both was given or taken back, and nothing of any other answer.
    """
    rows = LeaderAnswer.objects.filter(pk=answer.pk)
    was_told = rows.select_for_update().get().may_be_shown
    is_told = has_changed_work and may_be_told
    rows.update(
        answered_at=timezone.now(),
        has_changed_work=has_changed_work,
        may_be_told=may_be_told,
        words=words if is_told else "",
    )
    if is_told != was_told:
        event = "programs.leader.consented" if is_told else "programs.leader.withdrew"
        record(event, by=answer.person, on=answer)
