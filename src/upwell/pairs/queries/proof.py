"""How good a run is known to be, in words that claim no more than its figures show."""

from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.pairs.models import MatchRun
from upwell.policy import Policy


@dataclass(frozen=True)
class Proof:
    is_proven: bool
    claim: str
    basis: str
    price: str = ""


def proof_of(run: MatchRun) -> Proof:
    """From the run's own figures; no query."""
    figures = run.figures
    if not figures["pairs_bound"]:
        claim = _("No two of these can be paired (rules, earlier pair or private request).")
        return Proof(True, claim, none_allowed(figures))
    if figures.get("objective") == "stable":
        claim = _("No two people would both rather have each other.")
        basis = [*settled_before(run), weighed(figures), *given_up(figures), *untold(run)]
        return Proof(True, claim_beside(claim, run), " ".join(basis))
    missing = figures["pairs_bound"] - figures["pairs"]
    if missing > 0:
        return Proof(False, more_pairs(missing), weighed(figures))
    if figures["gap"] > 0:
        return Proof(False, better_total(figures), weighed(figures))
    if settled := settled_before(run):
        basis = [*settled, weighed(figures), *untold(run)]
        return Proof(True, best_of_rest(run), " ".join(basis))
    basis = [weighed(figures), none_better(figures), *untold(run)]
    claim = _("No other assignment of these people can do better.")
    return Proof(True, claim, " ".join(basis), price_of_fairness(figures))


def by_hand(run: MatchRun) -> int:
    """How many couples that were decided by hand are kept so in it."""
    return run.pins_added + run.bans_added


def settled_before(run: MatchRun) -> list[str]:
    """How much was settled: of a run that it follows, so that few pairs change, and by hand."""
    sentences = []
    if run.kept_added:
        text = ngettext(
            "%(count)s pair of the run before stays.",
            "%(count)s pairs of the run before stay.",
            run.kept_added,
        )
        sentences.append(text % {"count": intcomma(run.kept_added)})
    if count := by_hand(run):
        text = ngettext(
            "%(count)s couple is decided by hand.", "%(count)s couples are decided by hand.", count
        )
        sentences.append(text % {"count": intcomma(count)})
    return sentences


def best_of_rest(run: MatchRun) -> str:
    """What is claimed where a part was settled."""
    if not by_hand(run):
        return _("No other assignment that keeps these pairs can do better.")
    if run.kept_added:
        return _(
            "No other assignment that keeps these pairs and what is decided by hand can do better."
        )
    return _("No other assignment that keeps what is decided by hand can do better.")


def claim_beside(claim: str, run: MatchRun) -> str:
    """What is claimed of choices, said of those that there were."""
    if run.kept_added and by_hand(run):
        return _(
            "Beside the pairs that stay and what is decided by hand, no two people would both"
            " rather have each other."
        )
    if run.kept_added:
        return _("Beside the pairs that stay, no two people would both rather have each other.")
    if by_hand(run):
        return _("Beside what is decided by hand, no two people would both rather have each other.")
    return claim


def none_allowed(figures: dict[str, Any]) -> str:
    counts = {name: intcomma(figures[name]) for name in ("mentors", "mentees")}
    return _("Mentors: %(mentors)s, mentees: %(mentees)s. Each was held against each.") % counts


def weighed(figures: dict[str, Any]) -> str:
    """Of all pairs, since how many of them are allowed would tell of private requests."""
    count = figures["mentors"] * figures["mentees"]
    text = ngettext(
        "The one possible pair was looked at.",
        "All %(count)s possible pairs were looked at.",
        count,
    )
    return text % {"count": intcomma(count)}


def is_partly_told(figures: dict[str, Any]) -> bool:
    """Whether a part of the points is told to nobody; then neither is what holds of all."""
    return "bound" in figures and figures["bound"] is None


def untold(run: MatchRun) -> list[str]:
    """What else counted, or could have, whether or not it did."""
    if not is_partly_told(run.figures):
        return []
    ranked = _(
        "How people have put their short lists in order counts, too. It is told to nobody, so the"
        " points that are shown are without it."
    )
    if run.is_ranked and not Policy.from_json(run.policy_json).preferences.background:
        return [ranked]
    return [ranked] * run.is_ranked + [
        _(
            "What people have told about themselves could count, too, where both have agreed."
            " Whether it did is told to nobody, so the points that are shown are without it."
        )
    ]


def given_up(figures: dict[str, Any]) -> list[str]:
    """What stability costs: pairs that would be possible, and the most that the total could be."""
    sentences, missing = [], figures["pairs_bound"] - figures["pairs"]
    if missing > 0:
        text = ngettext(
            "Without this, %(count)s more pair would be possible.",
            "Without this, %(count)s more pairs would be possible.",
            missing,
        )
        sentences.append(text % {"count": intcomma(missing)})
    if figures["gap"] > 0 and figures["value"] > 0 and not is_partly_told(figures):
        text = _("As many pairs could fit up to %(percent)s%% better.")
        sentences.append(text % {"percent": gap_percent(figures)})
    return sentences


def none_better(figures: dict[str, Any]) -> str:
    is_fair = is_partly_told(figures) and figures["objective"] == "fair"
    if is_fair or figures["price"] is not None:
        return _(
            "No assignment makes more pairs, none of as many pairs has a better weakest pair, and"
            " none that is as fair fits better."
        )
    return _("No assignment makes more pairs, and none of as many pairs fits better.")


def price_of_fairness(figures: dict[str, Any]) -> str:
    """What it costs in total that no pair is weaker than it must be; empty where not looked at."""
    price = figures["price"]
    if price is None:
        return ""
    best = figures["value"] + price
    percent = (Decimal(100 * price) / best).quantize(Decimal("0.01"), ROUND_UP) if best > 0 else 0
    text = ngettext(
        "%(price)s point (%(percent)s%% of the best total)",
        "%(price)s points (%(percent)s%% of the best total)",
        price,
    )
    return text % {"price": intcomma(price), "percent": intcomma(percent)}


def more_pairs(missing: int) -> str:
    text = ngettext(
        "Not proven best: %(count)s more pair might be possible.",
        "Not proven best: up to %(count)s more pairs might be possible.",
        missing,
    )
    return text % {"count": intcomma(missing)}


def better_total(figures: dict[str, Any]) -> str:
    if figures["value"] <= 0 or is_partly_told(figures):
        return _("Not proven best: another assignment might be better.")
    text = _("Not proven best: another assignment might be up to %(percent)s%% better.")
    return text % {"percent": gap_percent(figures)}


def gap_percent(figures: dict[str, Any]) -> Decimal:
    """The gap as a share of what was reached, rounded up so that it never claims too much."""
    value: int = figures["value"]
    share = Decimal(100 * figures["gap"]) / value
    return share.quantize(Decimal("0.1"), ROUND_UP)
