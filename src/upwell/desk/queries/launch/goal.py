"""Step 1: a strategic initiative, a goal and at least one measure."""

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.desk.queries.launch.facts import Facts
from upwell.desk.queries.launch.reading import Reading, State, missing


def goal(facts: Facts) -> Reading:
    parts = {
        _("the strategic initiative"): facts.program.initiative.strip(),
        _("the goal in words"): facts.program.goal.strip(),
        _("a measure"): facts.measures,
    }
    absent = [part for part, there in parts.items() if not there]
    if absent:
        return missing(absent, len(parts), facts.managers)
    first = min(one.due_on for one in facts.measures)
    said = ngettext(
        "%(count)s measure; it is due on %(day)s.",
        "%(count)s measures; the first is due on %(day)s.",
        len(facts.measures),
    )
    return Reading(
        State.DONE, said % {"count": intcomma(len(facts.measures)), "day": date_format(first)}
    )
