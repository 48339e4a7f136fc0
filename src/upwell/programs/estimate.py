"""What a program costs in hours and money, counted line by line. Knows nothing of the database."""

from dataclasses import dataclass, fields
from decimal import ROUND_HALF_UP, Decimal

WEEKS_A_MONTH = Decimal(52) / 12
CENT = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What the estimate is made of; money in one currency, ``hourly_cost`` 0 where not counted."""

    pairs: int = 20
    months: int = 6
    meetings: int = 6
    meeting_minutes: int = 60
    mentor_minutes: int = 45
    mentee_minutes: int = 15
    lesson_minutes: int = 60
    manager_hours: Decimal = Decimal(1)
    tools: Decimal = Decimal(0)
    events: Decimal = Decimal(0)
    travel: Decimal = Decimal(0)
    hourly_cost: Decimal = Decimal(0)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        return tuple(field.name for field in fields(cls))


@dataclass(frozen=True)
class Line:
    """One part of the estimate: its code, and its hours or its money."""

    code: str
    hours: Decimal = Decimal(0)
    money: Decimal = Decimal(0)


@dataclass(frozen=True)
class Estimate:
    plan: Plan
    lines: tuple[Line, ...]

    @property
    def hours(self) -> Decimal:
        return sum((line.hours for line in self.lines), Decimal(0))

    @property
    def money(self) -> Decimal:
        """To pay, and the hours where they have a cost; to the cent, halves up."""
        total = sum((line.money for line in self.lines), Decimal(0))
        total += self.hours * self.plan.hourly_cost
        return total.quantize(CENT, ROUND_HALF_UP)


def estimate(plan: Plan) -> Estimate:
    """Hours of both sides and of the program manager, and money for each pair."""
    people = 2 * plan.pairs
    sessions = plan.pairs * plan.meetings
    lines = (
        Line("meetings", hours_of(sessions * plan.meeting_minutes * 2)),
        Line("preparing", hours_of(sessions * (plan.mentor_minutes + plan.mentee_minutes))),
        Line("lessons", hours_of(people * plan.lesson_minutes)),
        Line("managing", plan.manager_hours * plan.months * WEEKS_A_MONTH),
        Line("tools", money=plan.pairs * plan.tools),
        Line("events", money=plan.pairs * plan.events),
        Line("travel", money=plan.pairs * plan.travel),
    )
    return Estimate(plan, tuple(line for line in lines if line.hours or line.money))


def hours_of(minutes: int) -> Decimal:
    return Decimal(minutes) / 60
