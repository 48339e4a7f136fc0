"""Step 10: enough people on the roster, as last worked out."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from upwell.desk.queries.launch.facts import Facts
from upwell.desk.queries.launch.people import both
from upwell.desk.queries.launch.reading import Reading, State, hidden
from upwell.programs.mass_words import sentence_of


def mass(facts: Facts) -> Reading:
    """It is worked out where the step is done, since it takes a second; here the result is read.

    Where something has changed since, it is no longer told.
    """
    if facts.is_hidden:
        return hidden()
    if facts.estimate is None:
        unknown = _("How many are enough has not been worked out.")
        return Reading(State.OPEN, f"{both(facts.sides)} {unknown}", facts.managers)
    at = date_format(localtime(facts.estimate.made_at), "DATE_FORMAT")
    if facts.is_outdated:
        changed = _(
            "Whether there are enough people was worked out on %(at)s. People, the policy or what"
            " is assumed have changed since, so it is to be worked out anew."
        )
        return Reading(State.UNDER_WAY, changed % {"at": at}, facts.managers)
    said = f"{sentence_of(facts.estimate)} {_('Worked out on %(at)s.') % {'at': at}}"
    if facts.estimate.is_done:
        return Reading(State.DONE, said)
    return Reading(State.UNDER_WAY, said, facts.managers)
