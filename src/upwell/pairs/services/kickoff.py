"""The kick-off: one message to everybody who is in a pair of a cohort, once."""

from collections.abc import Iterable
from functools import cache

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.core.links import absolute_url
from upwell.delivery.models import Category, OutboxMessage
from upwell.delivery.services import post_many
from upwell.delivery.stencils import Stencil, mark
from upwell.pairs.queries.kickoff import paired_people
from upwell.pairs.services.acting import check_acting
from upwell.people.models import Person
from upwell.programs.models import Cohort, MessageText, Program
from upwell.programs.queries.message_texts import values_for, wording_of

TEMPLATE = "pairs/mail/kickoff"


@transaction.atomic
def send_kickoff(cohort: Cohort, *, by: Person) -> int:
    """Tell everybody in a pair that the cohort begins; return how many are written to.

    Raises ValidationError where who acts may not, nobody is in a pair, or it was sent before.
    """
    Program.objects.select_for_update().get(pk=cohort.program_id)
    check_acting(cohort, by)
    unsent = Cohort.objects.filter(pk=cohort.pk, kicked_off_at=None)
    if not unsent.update(kicked_off_at=timezone.now()):
        raise ValidationError(_("The kick-off of this cohort has been sent."))
    messages = messages_to(cohort, paired_people(cohort), by)
    if not messages:
        raise ValidationError(_("Nobody who can be written to is in a pair of this cohort."))
    post_many(messages)
    record("pairs.kickoff.sent", by=by, on=cohort, facts={"people": len(messages)})
    return len(messages)


def messages_to(cohort: Cohort, people: Iterable[Person], by: Person) -> list[OutboxMessage]:
    wording = wording_of(cohort.program, MessageText.Kind.KICKOFF)

    @cache
    def stencil(language: str) -> Stencil:
        values = values_for(cohort, language=language, by=by, name=mark("name"))
        shared = {"href": absolute_url("/"), **wording.context(language, values)}
        return Stencil(TEMPLATE, shared, words=("name",), language=language, category=Category.NEWS)

    found = [
        stencil(one.language).message(
            to=one, words={"name": one.name}, once=f"kick-off:{cohort.pk}:{one.pk}"
        )
        for one in people
    ]
    return [message for message in found if message]
