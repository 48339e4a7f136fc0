"""Match runs and their proposals, and the pairs that come of the published one."""

from upwell.pairs.models.pairs import Conflict, Couple, CoupleQuerySet, Member, Pair
from upwell.pairs.models.runs import MatchRun, Proposal, Unplaced

__all__ = [
    "Conflict",
    "Couple",
    "CoupleQuerySet",
    "MatchRun",
    "Member",
    "Pair",
    "Proposal",
    "Unplaced",
]
