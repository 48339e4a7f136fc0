"""The pages of match runs and their pairs, for program managers, and of private requests."""

from upwell.pairs.views.blocks import block_list, block_remove
from upwell.pairs.views.choosing import (
    choice_list,
    choice_save,
    choosing_close,
    choosing_finish,
    choosing_open,
)
from upwell.pairs.views.earlier import earlier_list, earlier_remove
from upwell.pairs.views.ending import pair_conflict, pair_end
from upwell.pairs.views.imports import (
    pairs_confirm,
    pairs_discard,
    pairs_import,
    pairs_preview,
    pairs_retry,
    pairs_sample,
)
from upwell.pairs.views.kickoff import kickoff_send
from upwell.pairs.views.pairs import pair_list, pair_table
from upwell.pairs.views.previews import preview_own, run_ask_first, run_take_back
from upwell.pairs.views.proof import run_certificate, run_check, run_table, run_why_not
from upwell.pairs.views.publishing import run_publish, run_stop
from upwell.pairs.views.repairs import repair_detail, repair_start, repair_use
from upwell.pairs.views.rules import run_rule_remove, run_rule_set, run_rules
from upwell.pairs.views.runs import run_detail, run_fairness, run_list, run_start, run_unplaced
from upwell.pairs.views.variants import run_adopt, run_compare, run_other

__all__ = [
    "block_list",
    "block_remove",
    "choice_list",
    "choice_save",
    "choosing_close",
    "choosing_finish",
    "choosing_open",
    "earlier_list",
    "earlier_remove",
    "kickoff_send",
    "pair_conflict",
    "pair_end",
    "pair_list",
    "pair_table",
    "pairs_confirm",
    "pairs_discard",
    "pairs_import",
    "pairs_preview",
    "pairs_retry",
    "pairs_sample",
    "preview_own",
    "repair_detail",
    "repair_start",
    "repair_use",
    "run_adopt",
    "run_ask_first",
    "run_certificate",
    "run_check",
    "run_compare",
    "run_detail",
    "run_fairness",
    "run_list",
    "run_other",
    "run_publish",
    "run_rule_remove",
    "run_rule_set",
    "run_rules",
    "run_start",
    "run_stop",
    "run_table",
    "run_take_back",
    "run_unplaced",
    "run_why_not",
]
