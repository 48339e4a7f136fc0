"""Steps 6, 7 and 8: what is missing of what Upwell has no place for."""

from django.utils.translation import gettext as _

from upwell.desk.queries.launch.facts import Facts
from upwell.desk.queries.launch.reading import Reading, State
from upwell.people.models import Person


def resources(facts: Facts) -> Reading:
    said = _(
        "No guidelines for holding meetings, respectful conversation and confidentiality are"
        " published here."
    )
    return Reading(State.OPEN, said, accountable(facts))


def training(facts: Facts) -> Reading:
    said = _("No lessons for mentors and mentees are published here, so nobody has done any.")
    return Reading(State.OPEN, said, accountable(facts))


def channels(facts: Facts) -> Reading:
    said = _(
        "Of a mentee at most the work e-mail address is known here, and no phone, chat or"
        " assistant."
    )
    return Reading(State.OPEN, said, facts.managers)


def accountable(facts: Facts) -> list[Person]:
    """The executive owner, who answers for these; before there is one, the program managers."""
    return [facts.owner.person] if facts.owner and facts.has_owner else facts.managers
