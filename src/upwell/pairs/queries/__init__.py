"""What the pages of runs and pairs say first, and what they rest on."""

from upwell.pairs.queries.adrift import adrift_counts, adrift_in, lost_couples, reserve_of
from upwell.pairs.queries.blocks import typed_blocks
from upwell.pairs.queries.choosing import (
    Card,
    Choosing,
    ShortList,
    choosing_of,
    short_list,
    takes_last,
)
from upwell.pairs.queries.comparison import (
    FEWEST,
    MOST,
    Comparison,
    are_comparable,
    comparison_of,
)
from upwell.pairs.queries.conflicts import (
    Conflicts,
    Counts,
    conflict_advice,
    conflict_counts,
    conflict_sentences,
    conflicts_of,
)
from upwell.pairs.queries.fairness import Fairness, fairness_of
from upwell.pairs.queries.guarding import Guarded, guarded
from upwell.pairs.queries.kickoff import paired_people
from upwell.pairs.queries.nobody_left import is_nobody_left
from upwell.pairs.queries.obstacles import (
    Obstacle,
    in_the_way,
    obstacle,
    obstacle_to_publishing,
    superseded,
)
from upwell.pairs.queries.outcome import Outcome, outcome_of
from upwell.pairs.queries.previews import (
    Changes,
    can_ask_first,
    can_follow_again,
    changes_of,
    has_failed_to_follow,
)
from upwell.pairs.queries.progress import Progress, progress_of
from upwell.pairs.queries.proof import Proof, proof_of
from upwell.pairs.queries.publication import Publication, newcomers, publication_of
from upwell.pairs.queries.remedies import Remedied, remedies_of, why_unknown
from upwell.pairs.queries.repairs import latest_repair, progress_of_repair
from upwell.pairs.queries.room import full_enrollments, held_places
from upwell.pairs.queries.rules import (
    can_decide,
    couple_rules_now,
    names_not_kept,
    own_policy,
    rules_by_hand,
    rules_in_words,
    rules_of,
)
from upwell.pairs.queries.unchecked import Unchecked, override_reason, unchecked_rules
from upwell.pairs.queries.unweighed import unweighed

__all__ = [
    "FEWEST",
    "MOST",
    "Card",
    "Changes",
    "Choosing",
    "Comparison",
    "Conflicts",
    "Counts",
    "Fairness",
    "Guarded",
    "Obstacle",
    "Outcome",
    "Progress",
    "Proof",
    "Publication",
    "Remedied",
    "ShortList",
    "Unchecked",
    "adrift_counts",
    "adrift_in",
    "are_comparable",
    "can_ask_first",
    "can_decide",
    "can_follow_again",
    "changes_of",
    "choosing_of",
    "comparison_of",
    "conflict_advice",
    "conflict_counts",
    "conflict_sentences",
    "conflicts_of",
    "couple_rules_now",
    "fairness_of",
    "full_enrollments",
    "guarded",
    "has_failed_to_follow",
    "held_places",
    "in_the_way",
    "is_nobody_left",
    "latest_repair",
    "lost_couples",
    "names_not_kept",
    "newcomers",
    "obstacle",
    "obstacle_to_publishing",
    "outcome_of",
    "override_reason",
    "own_policy",
    "paired_people",
    "progress_of",
    "progress_of_repair",
    "proof_of",
    "publication_of",
    "remedies_of",
    "reserve_of",
    "rules_by_hand",
    "rules_in_words",
    "rules_of",
    "short_list",
    "superseded",
    "takes_last",
    "typed_blocks",
    "unchecked_rules",
    "unweighed",
    "why_unknown",
]
