"""How good a run is known to be, in words that claim no more than its figures show."""

from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.pairs.models import MatchRun


@dataclass(frozen=True)
class Proof:
    is_proven: bool
    claim: str
    basis: str


def proof_of(run: MatchRun) -> Proof:
    """From the run's own figures; no query."""
    figures = run.figures
    missing = figures["pairs_bound"] - figures["pairs"]
    if missing > 0:
        return Proof(False, more_pairs(missing), weighed(figures))
    if figures["gap"] > 0:
        return Proof(False, better_total(figures), weighed(figures))
    claim = _("No other assignment of these people can do better.")
    return Proof(True, claim, f"{weighed(figures)} {none_better()}")


def weighed(figures: dict[str, Any]) -> str:
    count = figures["allowed_pairs"]
    text = ngettext(
        "The one allowed pair was weighed.", "All %(count)s allowed pairs were weighed.", count
    )
    return text % {"count": intcomma(count)}


def none_better() -> str:
    return _("No assignment makes more pairs, and none of as many pairs fits better.")


def more_pairs(missing: int) -> str:
    text = ngettext(
        "Not proven best: %(count)s more pair might be possible.",
        "Not proven best: up to %(count)s more pairs might be possible.",
        missing,
    )
    return text % {"count": intcomma(missing)}


def better_total(figures: dict[str, Any]) -> str:
    """The gap as a share of what was reached, rounded up so that it never claims too much."""
    value, gap = figures["value"], figures["gap"]
    if value <= 0:
        return _("Not proven best: another assignment might be better.")
    percent = (Decimal(100 * gap) / value).quantize(Decimal("0.1"), ROUND_UP)
    text = _("Not proven best: another assignment might be up to %(percent)s%% better.")
    return text % {"percent": percent}
