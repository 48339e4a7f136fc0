"""What both sides may be asked about, and what came of it, for whoever manages the cohort."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.pairs.models import MatchRun, Preview, Proposal
from upwell.pairs.queries.obstacles import in_the_way

MOST_NAMED = 50


@dataclass(frozen=True)
class Changes:
    """What a run that follows another does otherwise: the first of its new pairs, and of those
    that are not made any more.
    """

    sentence: str
    made: list[Proposal]
    gone: list[Proposal]


def can_ask_first(run: MatchRun) -> bool:
    """Whether both sides can be asked about a run that nothing keeps from being published.

    Two queries.
    """
    is_done = run.state == MatchRun.State.DONE and bool(run.figures.get("pairs"))
    return (
        is_done
        and not Preview.objects.filter(run=run).exists()
        and not run.cohort.runs.filter(state=MatchRun.State.WAITING).exists()
    )


def has_failed_to_follow(run: MatchRun) -> bool:
    """Whether a run was to take the place of this one, and none came of it. One query."""
    followers = list(run.followers.for_pages())
    return bool(followers) and not any(
        one.is_under_way or one.state == MatchRun.State.DONE for one in followers
    )


def can_follow_again(run: MatchRun) -> bool:
    """Whether the run that failed to follow can be asked for again. Five queries at most."""
    waiting = run.cohort.runs.for_pages().filter(state=MatchRun.State.WAITING)
    is_busy = any(one.is_under_way for one in waiting)
    return not is_busy and has_failed_to_follow(run) and in_the_way(run.cohort) is None


def changes_of(run: MatchRun) -> Changes | None:
    """Of a run that follows another; None for every other. Four queries."""
    if run.follows_id is None or run.state != MatchRun.State.DONE:
        return None
    now, before = (proposal_ids(pk) for pk in (run.pk, run.follows_id))
    gone = [before[two] for two in before.keys() - now.keys()]
    made = [now[two] for two in now.keys() - before.keys()]
    text = ngettext("%(count)s pair changed", "%(count)s pairs changed", len(gone))
    sentence = text % {"count": len(gone)} if gone else _("No pair changed")
    return Changes(sentence, named(made), named(gone))


def proposal_ids(run: Any) -> dict[tuple[Any, Any], int]:
    rows = Proposal.objects.filter(run=run).order_by().values_list("mentor", "mentee", "pk")
    return {(mentor, mentee): pk for mentor, mentee, pk in rows}


def named(proposals: list[int]) -> list[Proposal]:
    rows = Proposal.objects.filter(pk__in=sorted(proposals)[:MOST_NAMED]).with_people()
    return list(rows.order_by("mentee__person__name", "mentor__person__name", "pk"))
