"""Step 10: what is missing of what Upwell has no place for."""

from django.utils.translation import gettext as _

from upwell.desk.queries.launch.facts import Facts
from upwell.desk.queries.launch.people import both
from upwell.desk.queries.launch.reading import Reading, State, hidden


def mass(facts: Facts) -> Reading:
    if facts.is_hidden:
        return hidden()
    enough = _("How many are enough has not been worked out.")
    return Reading(State.OPEN, f"{both(facts.sides)} {enough}", facts.managers)
