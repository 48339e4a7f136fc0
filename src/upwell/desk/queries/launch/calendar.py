"""Step 9: a cohort with all its dates, and at least one meeting a month."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from upwell.desk.queries.launch.facts import Facts
from upwell.desk.queries.launch.reading import Reading, State, hidden, missing
from upwell.programs.models import Cohort

DATES = ("mentees_from", "mentors_from", "enrolls_until", "matches_on", "midpoint_on")
MEETINGS = 1


def calendar(facts: Facts) -> Reading:
    """The start and the length, and so the end, are there with the cohort itself."""
    if facts.is_hidden:
        return hidden()
    cohort, planned = facts.cohort, len(facts.meetings)
    if cohort is None:
        return Reading(State.OPEN, _("There is no cohort yet."), facts.managers)
    absent = [label_of(name) for name in DATES if getattr(cohort, name) is None]
    if planned < cohort.months:
        said = _("one meeting a month (%(planned)s of %(months)s are planned)")
        absent.append(said % {"planned": planned, "months": cohort.months})
    if absent:
        return missing(absent, len(DATES) + MEETINGS, facts.managers)
    said = _("%(cohort)s runs from %(first)s to %(last)s, with %(planned)s meetings planned.")
    return Reading(
        State.DONE,
        said
        % {
            "cohort": cohort,
            "first": date_format(cohort.starts_on),
            "last": date_format(cohort.last_day),
            "planned": planned,
        },
    )


def label_of(name: str) -> str:
    return _("“%(date)s”") % {"date": Cohort._meta.get_field(name).verbose_name}  # type: ignore[union-attr] # noqa: SLF001 -- a public API of Django
