"""Match runs from start to publication, and what people ask of them in private."""

from upwell.pairs.services.adoption import adopt_rules
from upwell.pairs.services.blocks import add_block, are_paired, ask_apart, remove_block
from upwell.pairs.services.choices import (
    close_due_rounds,
    forget_told_choices,
    rank_higher,
    rank_off,
)
from upwell.pairs.services.closing import forget_backgrounds, forget_daily
from upwell.pairs.services.couples import counts_of_couples, couples_of, pair_rows, row_of
from upwell.pairs.services.earlier import remove_earlier_pair
from upwell.pairs.services.ending import end_pair
from upwell.pairs.services.explaining import Explained, explain_two
from upwell.pairs.services.findings import ask_for_findings_again, find_more
from upwell.pairs.services.finishing import finish_choosing
from upwell.pairs.services.given_up import fail_given_up
from upwell.pairs.services.guard import guard_daily, guard_pairs
from upwell.pairs.services.import_jobs import (
    confirm_pairs_import,
    start_pairs_import,
    try_pairs_again,
)
from upwell.pairs.services.import_write import import_pairs
from upwell.pairs.services.inputs import table_of_run
from upwell.pairs.services.keeping import forget_inputs, forget_inputs_daily
from upwell.pairs.services.kickoff import send_kickoff
from upwell.pairs.services.mutual import say_yes, take_yes_back
from upwell.pairs.services.preview_close import close_preview, close_previews, follow_again
from upwell.pairs.services.previewing import (
    ask_for_another,
    open_preview,
    take_preview_back,
    take_word_back,
)
from upwell.pairs.services.proof import check_again, recheck_run, why_not
from upwell.pairs.services.proposed import proposed_for
from upwell.pairs.services.publication import publish_run
from upwell.pairs.services.repairing import apply_repair
from upwell.pairs.services.repairs import compute_repair, start_repair
from upwell.pairs.services.rounds import close_choosing, make_lists, open_choosing
from upwell.pairs.services.rules import remove_rule, set_rule
from upwell.pairs.services.runs import compute_run, start_run
from upwell.pairs.services.stopping import stop_publication
from upwell.pairs.services.ways import ways_of

__all__ = [
    "Explained",
    "add_block",
    "adopt_rules",
    "apply_repair",
    "are_paired",
    "ask_apart",
    "ask_for_another",
    "ask_for_findings_again",
    "check_again",
    "close_choosing",
    "close_due_rounds",
    "close_preview",
    "close_previews",
    "compute_repair",
    "compute_run",
    "confirm_pairs_import",
    "counts_of_couples",
    "couples_of",
    "end_pair",
    "explain_two",
    "fail_given_up",
    "find_more",
    "finish_choosing",
    "follow_again",
    "forget_backgrounds",
    "forget_daily",
    "forget_inputs",
    "forget_inputs_daily",
    "forget_told_choices",
    "guard_daily",
    "guard_pairs",
    "import_pairs",
    "make_lists",
    "open_choosing",
    "open_preview",
    "pair_rows",
    "proposed_for",
    "publish_run",
    "rank_higher",
    "rank_off",
    "recheck_run",
    "remove_block",
    "remove_earlier_pair",
    "remove_rule",
    "row_of",
    "say_yes",
    "send_kickoff",
    "set_rule",
    "start_pairs_import",
    "start_repair",
    "start_run",
    "stop_publication",
    "table_of_run",
    "take_preview_back",
    "take_word_back",
    "take_yes_back",
    "try_pairs_again",
    "ways_of",
    "why_not",
]
