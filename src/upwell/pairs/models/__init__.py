"""Match runs, the pairs that come of the published one or came before it, private requests."""

from upwell.pairs.models.blocks import BlockList
from upwell.pairs.models.choosing import ChoiceRound, ChoiceSheet, ListEntry
from upwell.pairs.models.earlier import EarlierPair, PairsImport
from upwell.pairs.models.findings import RunFindings
from upwell.pairs.models.pairs import Conflict, Couple, CoupleQuerySet, Member, Pair
from upwell.pairs.models.previews import Preview
from upwell.pairs.models.repairs import Repair
from upwell.pairs.models.rules import CoupleRule
from upwell.pairs.models.runs import MatchRun, Proposal, Unplaced
from upwell.pairs.models.shares import RunShare

__all__ = [
    "BlockList",
    "ChoiceRound",
    "ChoiceSheet",
    "Conflict",
    "Couple",
    "CoupleQuerySet",
    "CoupleRule",
    "EarlierPair",
    "ListEntry",
    "MatchRun",
    "Member",
    "Pair",
    "PairsImport",
    "Preview",
    "Proposal",
    "Repair",
    "RunFindings",
    "RunShare",
    "Unplaced",
]
