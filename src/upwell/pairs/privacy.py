"""What match runs, pairs and private requests are to people."""

from upwell.core.privacy import LINK, OPEN, Declaration, Erasure, Handling, Kind, Retention
from upwell.pairs.models import (
    BlockList,
    ChoiceRound,
    ChoiceSheet,
    Conflict,
    Couple,
    CoupleRule,
    EarlierPair,
    ListEntry,
    MatchRun,
    Member,
    Pair,
    PairsImport,
    Preview,
    Proposal,
    Repair,
    RunFindings,
    RunShare,
    Unplaced,
)

INPUTS = Handling(Kind.PERSONAL, Erasure.KEEP, Retention.AFTER_CLOSE)
REQUEST = Handling(Kind.SEALED, Erasure.SHRED, Retention.LEFT)
REQUESTS_OF_A_RUN = Handling(Kind.SEALED, Erasure.SHRED, Retention.CLOSE)
REASON = Handling(Kind.SEALED, Erasure.SHRED)
DRAFT = Handling(Kind.PERSONAL, Erasure.BLANK, Retention.PASSING)

PRIVACY: Declaration = {
    BlockList: {LINK: ("id", "person"), REQUEST: ("colleagues",)},
    MatchRun: {
        OPEN: (
            *("id", "cohort", "number", "state", "job", "read_on", "created_at", "finished_at"),
            *("earlier_added", "name", "has_other_rules", "pins_added", "bans_added"),
            *("is_ranked", "kept_added"),
            *("problem_digest", "figures", "faults", "checked_at", "check_faults"),
            *("published_at", "told_from", "follows"),
        ),
        LINK: ("policy_json", "couple_rules", "started_by", "published_by", "certificate"),
        INPUTS: ("inputs",),
        REASON: ("unchecked_reason",),
        REQUESTS_OF_A_RUN: ("private_part",),
    },
    RunFindings: {
        OPEN: ("id", "remedies", "standings", "made_at"),
        LINK: ("run",),
        INPUTS: ("arrays", "enrollments"),
    },
    RunShare: {LINK: ("id", "run", "person"), REQUESTS_OF_A_RUN: ("secret",)},
    Proposal: {LINK: ("id", "run", "mentor", "mentee", "score", "quality", "reasons")},
    Unplaced: {LINK: ("id", "run", "enrollment", "why", "rules")},
    Preview: {
        OPEN: ("id", "cohort", "run", "state", "opened_at", "closes_at"),
        LINK: ("opened_by",),
    },
    Pair: {
        LINK: (
            *("id", "cohort", "run", "state", "origin", "reasons"),
            *("created_at", "shown_from", "ended_at"),
        )
    },
    Repair: {
        OPEN: (
            *("id", "cohort", "state", "job", "faults", "applied_option"),
            *("created_at", "finished_at", "applied_at"),
        ),
        LINK: ("policy_json", "standing", "options", "started_by", "applied_by"),
    },
    Member: {LINK: ("id", "pair", "place", "is_active")},
    Couple: {LINK: ("id", "pair", "mentor", "mentee", "is_active")},
    CoupleRule: {LINK: ("id", "cohort", "mentor", "mentee", "kind", "set_by", "created_at")},
    EarlierPair: {LINK: ("id", "program", "mentor", "mentee", "ended_on", "created_at")},
    PairsImport: {
        OPEN: (
            *("id", "cohort", "state", "file_name", "mapping", "counts"),
            *("created_at", "expires_at"),
        ),
        LINK: ("created_by", "asked_by"),
        DRAFT: ("preview",),
    },
    ChoiceRound: {
        OPEN: (
            *("id", "cohort", "way", "is_named", "state", "closes_on", "faults", "job"),
            *("created_at", "closed_at", "finished_at"),
        ),
        LINK: ("policy_json", "opened_by"),
    },
    ListEntry: {
        LINK: ("id", "round", "mentor", "mentee", "mentor_place", "mentee_place", "reasons")
    },
    ChoiceSheet: {
        LINK: ("id", "round", "enrollment", "person"),
        REQUESTS_OF_A_RUN: ("kept",),
    },
    Conflict: {LINK: ("id", "couple", "rule", "found_at")},
}
