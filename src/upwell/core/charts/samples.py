"""One chart of each kind, for the style guide and for tests; the numbers are made up."""

from datetime import date

from django.utils.translation import gettext as _

from upwell.core.charts import kinds
from upwell.core.charts.chart import Chart, Withheld
from upwell.core.charts.table import Column, Table


def samples() -> list[Chart | Withheld]:
    """In the language that is active."""
    return [
        *amounts(),
        *courses(),
        *comparisons(),
        *spreads(),
        Withheld(_("Trust in senior leaders, by office")),
    ]


def amounts() -> list[Chart]:
    units = [_("Engineering"), _("Sales and customer care"), _("Operations"), _("Finance")]
    steps = [_("Invited"), _("Willing"), _("Matched"), _("Met once"), _("Met three times")]
    people = Column("people", _("People"), "count")
    return [
        kinds.bars(
            Table.of({"unit": units, "people": [42, 31, 18, 9]}, Column("unit", _("Unit")), people),
            title=_("Engineering sends the most mentors"),
            description=_("Mentors by unit, the most first."),
        ),
        kinds.funnel(
            Table.of(
                {"step": steps, "people": [120, 96, 88, 81, 54]}, Column("step", _("Step")), people
            ),
            title=_("Nearly everybody who was matched has met"),
            description=_("How many people are left after each step."),
        ),
        kinds.shares(
            Table.of(
                {
                    "cohort": [_("Spring"), _("Autumn")],
                    "strong": [22, 31],
                    "good": [14, 12],
                    "weak": [4, 2],
                },
                Column("cohort", _("Cohort")),
                Column("strong", _("Strong pairs"), "count"),
                Column("good", _("Good pairs"), "count"),
                Column("weak", _("Weak pairs"), "count"),
            ),
            title=_("Pairs of the autumn fit better"),
            description=_("The share of strong, good and weak pairs in each cohort."),
        ),
    ]


def courses() -> list[Chart]:
    weeks = [date(2026, 9, 7), date(2026, 9, 21), date(2026, 10, 5), date(2026, 10, 19)]
    topics = [_("Generative AI"), _("Social media"), _("Inclusive leadership"), _("Sustainability")]
    return [
        kinds.lines(
            Table.of(
                {"week": weeks, "held": [4, 19, 28, 36], "planned": [10, 20, 30, 40]},
                Column("week", _("Week"), "date"),
                Column("held", _("Meetings held"), "count"),
                Column("planned", _("Meetings planned"), "count"),
            ),
            title=_("Meetings have almost caught up with the plan"),
            description=_("Meetings held and planned since the cohort began."),
        ),
        kinds.slopes(
            Table.of(
                {"topic": topics, "before": [2.1, 2.9, 3.0, 3.2], "after": [3.9, 3.4, 3.5, 3.1]},
                Column("topic", _("Topic")),
                Column("before", _("At the start"), "number"),
                Column("after", _("At the end"), "number"),
            ),
            title=_("Confidence with generative AI rose most"),
            description=_("Average answer from 1 to 5, at the start and at the end."),
            chosen=topics[0],
        ),
    ]


def comparisons() -> list[Chart]:
    offices = [_("Lisbon"), _("Austin"), _("Singapore")]
    office = Column("office", _("Office"))
    return [
        kinds.change(
            Table.of(
                {"office": offices, "before": [0.41, 0.52, 0.47], "after": [0.66, 0.6, 0.45]},
                office,
                Column("before", _("Before"), "share"),
                Column("after", _("After"), "share"),
            ),
            title=_("Two of three offices feel heard more than before"),
            description=_("The share of people who feel heard, before and after."),
        ),
        kinds.ranges(
            Table.of(
                {
                    "office": offices,
                    "value": [0.91, 0.84, 0.78],
                    "low": [0.85, 0.74, 0.61],
                    "high": [0.95, 0.91, 0.89],
                },
                office,
                Column("value", _("Likely"), "share"),
                Column("low", _("At least"), "share"),
                Column("high", _("At most"), "share"),
            ),
            title=_("Most pairs will go on to the end"),
            description=_("The forecast for each office, and the range it lies in."),
        ),
        kinds.tradeoff(
            Table.of(
                {
                    "run": [_("Run %(number)s") % {"number": number} for number in (1, 2, 3, 4)],
                    "pairs": [38, 40, 42, 43],
                    "fit": [0.86, 0.84, 0.79, 0.66],
                },
                Column("run", _("Run")),
                Column("pairs", _("Pairs"), "count"),
                Column("fit", _("Average fit"), "share"),
            ),
            title=_("Run 3 pairs four more people and fits nearly as well"),
            description=_("The number of pairs and their average fit in each run."),
            chosen=_("Run %(number)s") % {"number": 3},
        ),
    ]


def spreads() -> list[Chart]:
    edges = [15, 30, 45, 60, 75, 90]
    return [
        kinds.steps(
            Table.of(
                {"low": edges[:-1], "high": edges[1:], "meetings": [6, 31, 44, 12, 3]},
                Column("low", _("From (minutes)"), "count"),
                Column("high", _("Up to (minutes)"), "count"),
                Column("meetings", _("Meetings"), "count"),
            ),
            title=_("Most meetings last between 30 and 60 minutes"),
            description=_("Meetings by their length in minutes."),
        ),
        kinds.heat(
            Table.of(
                {
                    "unit": [_("Engineering"), _("Sales"), _("Finance")],
                    "ai": [12, 4, 2],
                    "media": [3, 14, 6],
                    "data": [9, 5, None],
                },
                Column("unit", _("Unit")),
                Column("ai", _("Generative AI"), "count"),
                Column("media", _("Social media"), "count"),
                Column("data", _("Data"), "count"),
            ),
            title=_("Engineering offers generative AI, sales social media"),
            description=_("Mentors who offer a topic, by unit."),
        ),
    ]
