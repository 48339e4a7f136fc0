"""Match runs and their proposals, the pairs that come of the published one, private requests."""

from upwell.pairs.models.blocks import BlockList
from upwell.pairs.models.pairs import Conflict, Couple, CoupleQuerySet, Member, Pair
from upwell.pairs.models.runs import MatchRun, Proposal, Unplaced
from upwell.pairs.models.shares import RunShare

__all__ = [
    "BlockList",
    "Conflict",
    "Couple",
    "CoupleQuerySet",
    "MatchRun",
    "Member",
    "Pair",
    "Proposal",
    "RunShare",
    "Unplaced",
]
