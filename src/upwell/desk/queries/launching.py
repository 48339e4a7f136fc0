"""What a launch asks of a program manager on the home page."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from upwell.desk.queries.launch import Facts, facts_of, gates_of, headline_of, next_of, steps_of
from upwell.desk.queries.launch.facts import Key
from upwell.desk.queries.rounds import Round
from upwell.desk.queries.step import Step
from upwell.programs.models import Program


def is_launching(one: Round) -> bool:
    """Whether a cohort still has a gate before it, and nothing was matched without."""
    return one.run is None and not one.is_open


def launches(
    programs: Iterable[Program], rounds: Mapping[UUID, list[Round]], own: set[UUID]
) -> dict[Key, Facts]:
    """What there is of programs without a cohort, and of cohorts with a gate before them.

    Eight queries, or none where there is no such program.
    """
    ahead = [
        one.cohort
        for some in rounds.values()
        for one in some
        if is_launching(one) and one.cohort.pk not in own
    ]
    keys = {cohort.program_id for cohort in ahead}
    found = [one for one in programs if one.pk in keys or not rounds.get(one.pk)]
    return facts_of(found, ahead) if found else {}


def words_of(facts: Facts) -> tuple[str, str, Step]:
    """Title, text and the link to the launch page."""
    steps = steps_of(facts)
    following = next_of(facts, steps, gates_of(facts, {}))
    text = _("Next: %(step)s.") % {"step": following.label} if following else ""
    query = f"cohort={facts.cohort.pk}" if facts.cohort else ""
    step = Step(_("Go on with the launch"), "desk:launch", facts.program.pk, query=query)
    return headline_of(facts.program, steps), text or _("See what is missing."), step
