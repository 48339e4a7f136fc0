"""How an estimate is counted, in words."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from upwell.programs.estimate import Estimate, Line, Plan


@dataclass(frozen=True)
class SaidLine:
    """A line with its name, how it is counted, and what comes out."""

    name: str
    counted: str
    hours: str
    money: str


def names() -> dict[str, str]:
    return {
        "meetings": _("Meetings, both people"),
        "preparing": _("Preparing meetings"),
        "lessons": _("Lessons, both people"),
        "managing": _("Program manager"),
        "tools": _("Tools"),
        "events": _("Events"),
        "travel": _("Travel"),
        "hours": _("What the hours cost"),
    }


def formulas() -> dict[str, str]:
    """What is multiplied, each figure behind its name, so that it reads well with any number."""
    pairs_times = _("Pairs (%(pairs)s) × %(money)s")
    return {
        "meetings": _(
            "Pairs (%(pairs)s) × meetings (%(meetings)s) × minutes (%(meeting_minutes)s) × 2"
        ),
        "preparing": _(
            "Pairs (%(pairs)s) × meetings (%(meetings)s) ×"
            " minutes (%(mentor_minutes)s + %(mentee_minutes)s)"
        ),
        "lessons": _("Pairs (%(pairs)s) × 2 × minutes (%(lesson_minutes)s)"),
        "managing": _("Hours a week (%(manager_hours)s) × 52 ÷ 12 × months (%(months)s)"),
        "tools": pairs_times,
        "events": pairs_times,
        "travel": pairs_times,
    }


def said_lines(estimate: Estimate) -> list[SaidLine]:
    """Each line of the estimate, and what the hours cost where they have a cost."""
    found = [said_line(line, estimate.plan) for line in estimate.lines]
    cost = estimate.plan.hourly_cost
    if cost and estimate.hours:
        counted = _("Hours (%(hours)s) × %(cost)s")
        counted %= {"hours": rounded(estimate.hours), "cost": amount(cost)}
        money = amount(estimate.hours * cost)
        found.append(SaidLine(names()["hours"], counted, "", money))
    return found


def said_line(line: Line, plan: Plan) -> SaidLine:
    values = {name: plain(getattr(plan, name)) for name in Plan.names()}
    values["money"] = amount(getattr(plan, line.code)) if line.money else ""
    return SaidLine(
        names()[line.code],
        formulas()[line.code] % values,
        rounded(line.hours) if line.hours else "",
        amount(line.money) if line.money else "",
    )


def basis_of(estimate: Estimate) -> str:
    """All of it as a text to keep with the money that was approved."""
    found = [f"{line.name}: {line.counted}" for line in said_lines(estimate)]
    total = _("Together: %(hours)s hours and %(money)s.")
    total %= {"hours": rounded(estimate.hours), "money": amount(estimate.money)}
    return "\n".join([*found, total])


def plain(value: Decimal | int) -> str:
    """A number as it was given, without zeros at its end."""
    digits = format(Decimal(value), "f")
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return number_format(digits, use_l10n=True, force_grouping=True)


def rounded(hours: Decimal) -> str:
    return number_format(round(hours), force_grouping=True)


def amount(money: Decimal) -> str:
    """With cents only where there are any."""
    cents = 0 if money == money.to_integral_value() else 2
    return number_format(money, cents, force_grouping=True)
