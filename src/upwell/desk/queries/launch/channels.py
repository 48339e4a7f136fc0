"""Step 8: ways to reach each mentee. One missing warns, and never blocks."""

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.desk.queries.launch.facts import Facts
from upwell.desk.queries.launch.reading import Reading, State, hidden

ENOUGH = 2
"""Ways to reach somebody: with one alone, a meeting that moves is a meeting that is lost."""


def channels(facts: Facts) -> Reading:
    sides = facts.sides
    if facts.is_hidden:
        return hidden()
    if not sides.mentees:
        return Reading(State.OPEN, _("No mentee has said yet that they take part."), facts.managers)
    said = ngettext(
        "%(reached)s of %(count)s mentee can be reached in two ways or more.",
        "%(reached)s of %(count)s mentees can be reached in two ways or more.",
        sides.mentees,
    )
    counts = {"reached": intcomma(sides.reached), "count": intcomma(sides.mentees)}
    if sides.reached == sides.mentees:
        return Reading(State.DONE, said % counts)
    state = State.UNDER_WAY if sides.reached else State.OPEN
    return Reading(state, said % counts, facts.managers)
