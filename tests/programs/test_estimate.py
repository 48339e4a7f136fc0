"""The estimate against a count by hand, one person and one meeting after the other."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from upwell.programs.estimate import Plan, estimate

cents = st.integers(0, 10_000).map(lambda number: Decimal(number) / 100)
plans = st.builds(
    Plan,
    pairs=st.integers(1, 6),
    months=st.integers(1, 24),
    meetings=st.integers(1, 6),
    meeting_minutes=st.integers(0, 120),
    mentor_minutes=st.integers(0, 120),
    mentee_minutes=st.integers(0, 120),
    lesson_minutes=st.integers(0, 120),
    manager_hours=cents,
    tools=cents,
    events=cents,
    travel=cents,
    hourly_cost=cents,
)


def counted(plan):
    """Hours and money of everybody, as exact fractions."""
    hours, money = Fraction(0), Fraction(0)
    for _pair in range(plan.pairs):
        money += sum(map(Fraction, (plan.tools, plan.events, plan.travel)))
        for preparing in (plan.mentor_minutes, plan.mentee_minutes):
            hours += Fraction(plan.lesson_minutes, 60)
            for _meeting in range(plan.meetings):
                hours += Fraction(plan.meeting_minutes + preparing, 60)
    hours += Fraction(plan.manager_hours) * Fraction(52, 12) * plan.months
    return hours, money + hours * Fraction(plan.hourly_cost)


@given(plans)
def test_hours_and_money_are_what_a_count_by_hand_gives(plan):
    hours, money = counted(plan)

    found = estimate(plan)

    assert abs(Fraction(found.hours) - hours) < Fraction(1, 10**9)
    assert abs(Fraction(found.money) - money) <= Fraction(1, 200) + Fraction(1, 10**9)
    assert found.money == found.money.quantize(Decimal("0.01"))


@given(plans)
def test_the_lines_add_up_and_none_is_empty(plan):
    found = estimate(plan)

    assert found.hours == sum(line.hours for line in found.lines)
    assert all(line.hours or line.money for line in found.lines)
