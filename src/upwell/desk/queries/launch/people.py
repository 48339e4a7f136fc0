"""Step 5: mentees whose wanted topics are in, then mentors who can meet them."""

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.desk.queries.launch.facts import Facts
from upwell.desk.queries.launch.reading import Reading, State, hidden
from upwell.desk.queries.launch.sides import Sides
from upwell.programs.models import Cohort


def people(facts: Facts) -> Reading:
    sides = facts.sides
    if facts.is_hidden:
        return hidden()
    if sides.is_met:
        return Reading(State.DONE, f"{both(sides)} {share(sides)}")
    has_begun = sides.mentees or sides.mentors or sides.asked_mentees or sides.asked_mentors
    state = State.UNDER_WAY if has_begun else State.OPEN
    return Reading(state, lacks(facts.cohort, sides), facts.managers)


def lacks(cohort: Cohort | None, sides: Sides) -> str:
    if cohort is None:
        return _("There is no cohort yet in which anybody could take part.")
    if not sides.mentees and sides.asked_mentees:
        return unanswered(sides)
    if not sides.mentees:
        return only_mentors(sides) if sides.mentors else _("Nobody takes part yet. Mentees first.")
    if not sides.has_wishes:
        return wishes(sides)
    if not sides.mentors:
        return _("What all mentees want to learn is in. There is no mentor yet who offers it.")
    return f"{share(sides)} {unmet(sides)}"


def unanswered(sides: Sides) -> str:
    said = ngettext(
        "%(count)s mentee is chosen, and has not said yes yet.",
        "%(count)s mentees are chosen; none has said yes yet.",
        sides.asked_mentees,
    )
    return said % {"count": intcomma(sides.asked_mentees)}


def only_mentors(sides: Sides) -> str:
    said = ngettext(
        "%(count)s mentor takes part, and no mentee yet.",
        "%(count)s mentors take part, and no mentee yet.",
        sides.mentors,
    )
    return said % {"count": intcomma(sides.mentors)}


def wishes(sides: Sides) -> str:
    said = ngettext(
        "%(asking)s of %(count)s mentee has said what they want to learn.",
        "%(asking)s of %(count)s mentees have said what they want to learn.",
        sides.mentees,
    )
    return said % {"asking": intcomma(sides.asking), "count": intcomma(sides.mentees)}


def share(sides: Sides) -> str:
    """Supply against demand: how many of the wanted topics somebody offers."""
    said = ngettext(
        "%(offered)s of %(count)s wanted topic is offered (%(percent)s %%).",
        "%(offered)s of %(count)s wanted topics are offered (%(percent)s %%).",
        sides.wanted,
    )
    percent = 100 * sides.offered // sides.wanted
    counts = {"offered": intcomma(sides.offered), "count": intcomma(sides.wanted)}
    return said % {**counts, "percent": percent}


def unmet(sides: Sides) -> str:
    left = sides.mentees - sides.met
    said = ngettext(
        "For %(count)s mentee nobody offers anything that they want.",
        "For %(count)s mentees nobody offers anything that they want.",
        left,
    )
    return said % {"count": intcomma(left)}


def both(sides: Sides) -> str:
    mentees = ngettext("%(count)s mentee", "%(count)s mentees", sides.mentees)
    mentors = ngettext("%(count)s mentor", "%(count)s mentors", sides.mentors)
    return _("%(mentees)s and %(mentors)s take part.") % {
        "mentees": mentees % {"count": intcomma(sides.mentees)},
        "mentors": mentors % {"count": intcomma(sides.mentors)},
    }
