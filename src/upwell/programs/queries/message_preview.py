"""A message as one of its readers gets it, without writing anything."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from upwell.delivery.models import Category
from upwell.delivery.services import compose
from upwell.people.invitations import DAYS
from upwell.people.models import Person
from upwell.programs.message_texts import MESSAGES
from upwell.programs.models import Cohort, Enrollment, MessageText, Program
from upwell.programs.queries.message_texts import Wording, values_for, wording_of
from upwell.programs.queries.sponsors import backing_of

Kind = MessageText.Kind
NOBODY = "reader@example.com"


@dataclass(frozen=True)
class Preview:
    """``is_own`` where the program says it in words of its own."""

    subject: str
    text: str
    language: str
    is_own: bool


def preview_of(
    program: Program, kind: Kind, *, reader: Enrollment | None, language: str = "", by: Person
) -> Preview:
    """As ``reader`` would get it, or somebody made up; in their language where none is given."""
    spoken = language or (reader.person.language if reader else settings.LANGUAGE_CODE)
    wording = wording_of(program, kind)
    with override(spoken):
        context = context_of(wording, spoken, reader or made_up(program), by)
    message = compose(
        MESSAGES[kind].template,
        address=NOBODY,
        context=context,
        language=spoken,
        category=MESSAGES[kind].category,
    )
    if message is None:
        raise RuntimeError("a message with an address was not written")
    return Preview(message.subject, message.text, spoken, spoken in wording.own)


def context_of(wording: Wording, language: str, reader: Enrollment, by: Person) -> dict[str, Any]:
    """Also what only the moment of sending tells, in words that say what will stand there."""
    person, cohort = reader.person, reader.cohort
    counterpart = _("(their counterpart)")
    is_stoppable = MESSAGES[wording.kind].category != Category.ESSENTIAL
    values = values_for(
        cohort,
        language=language,
        by=by,
        name=person.name,
        sponsor=backing_of(cohort.program).sponsor_for(person),
        counterpart=counterpart,
    )
    return {
        "person": person,
        "until": timezone.localdate() + timedelta(days=DAYS),
        "href": _("(a link of their own)"),
        "no_href": _("(a link to say not this time)"),
        "is_first": True,
        "address": _("(the page of their pair)"),
        "role": reader.role,
        "access": "open",
        "counterpart": counterpart,
        "stop_href": _("(a link that stops such messages)") if is_stoppable else "",
        "reasons": [_("(why just the two of them)")],
        **wording.context(language, values | {"participant": _("(who takes part)")}),
    }


def made_up(program: Program) -> Enrollment:
    """A reader for a program in which nobody takes part yet; not stored."""
    cohort = program.cohorts.order_by("-starts_on").first() or Cohort(
        program=program, name=_("(the cohort)"), starts_on=timezone.localdate()
    )
    cohort.program = program
    person = Person(name=_("(their name)"))
    return Enrollment(cohort=cohort, person=person, role=Enrollment.Role.MENTOR)
