"""Whether a cohort whose people have chosen each other has come to its end."""

from upwell.pairs.models import ChoiceRound, MatchRun, Pair
from upwell.pairs.queries.outcome import has_changed, has_changed_by_hand
from upwell.pairs.queries.publication import newcomers
from upwell.pairs.queries.room import full_enrollments
from upwell.programs.models import Cohort


def have_chosen(cohort: Cohort) -> bool:
    return cohort.pairs.filter(origin=Pair.Origin.CHOSEN).exists()


def is_side_full(cohort: Cohort) -> bool:
    """Whether nobody of one side who is here takes another counterpart. Two queries."""
    present = cohort.enrollments.enrolled().filter(person__is_active=True)
    able = present.exclude(pk__in=full_enrollments(cohort, cohort.program.policy).values("pk"))
    return not (able.mentors().exists() and able.mentees().exists())


def is_nobody_left(cohort: Cohort) -> bool:
    """Whether people have chosen each other, and nobody of the others can be matched: one side is
    full, or the last run found no pair, and nothing that it went by has changed. Eight queries at
    most.
    """
    return have_chosen(cohort) and (is_side_full(cohort) or has_found_nobody(cohort))


def has_found_nobody(cohort: Cohort) -> bool:
    run = cohort.runs.for_pages().order_by("-number").first()
    if run is None or run.state != MatchRun.State.DONE or run.figures["pairs"]:
        return False
    closed = cohort.choice_rounds.filter(state=ChoiceRound.State.CLOSED)
    last = closed.order_by("-closed_at").values_list("closed_at", flat=True).first()
    is_of_today = last is not None and run.created_at > last and not run.has_other_rules
    return bool(
        is_of_today
        and not has_changed(run)
        and not has_changed_by_hand(run)
        and not newcomers(run).exists()
    )
