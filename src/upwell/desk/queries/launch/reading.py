"""What is true of one step of a launch today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.people.models import Person
from upwell.programs.step_words import listed

MOST_NAMED = 3


class State(StrEnum):
    DONE = "done"
    UNDER_WAY = "under_way"
    OPEN = "open"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Reading:
    """The state with its evidence in a sentence, and whose turn it is while it is not done."""

    state: State
    evidence: str
    who: Sequence[Person] = ()

    @property
    def is_done(self) -> bool:
        return self.state == State.DONE


def hidden() -> Reading:
    return Reading(
        State.HIDDEN,
        _("You take part in the cohort, so another program manager watches this step."),
    )


def missing(parts: Iterable[str], of: int, who: Sequence[Person]) -> Reading:
    """A step with parts that are not there yet, of so many."""
    names = list(parts)
    state = State.OPEN if len(names) == of else State.UNDER_WAY
    return Reading(state, _("Still missing: %(parts)s.") % {"parts": listed(names)}, who)


def named(people: Iterable[object]) -> str:
    """The first names of a list, and how many more there are."""
    names = [str(one) for one in people]
    more = len(names) - MOST_NAMED
    if more <= 0:
        return listed(names)
    others = ngettext("%(count)s other", "%(count)s others", more) % {"count": intcomma(more)}
    return listed([*names[:MOST_NAMED], others])
