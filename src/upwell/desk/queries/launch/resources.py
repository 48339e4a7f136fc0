"""Step 6: the guidelines are published."""

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from upwell.desk.queries.launch.facts import Facts
from upwell.desk.queries.launch.reading import Reading, State
from upwell.learning.models import TextKind


def resources(facts: Facts) -> Reading:
    published = facts.publication(TextKind.GUIDELINES)
    if published is None:
        said = _(
            "The guidelines for meetings, respectful conversation and confidentiality are ready,"
            " and not published."
        )
        return Reading(State.OPEN, said, facts.managers)
    said = _("Guidelines for meetings, conversation and confidentiality, published on %(day)s.")
    day = date_format(localdate(published.published_at))
    return Reading(State.DONE, said % {"day": day})
