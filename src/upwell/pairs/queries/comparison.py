"""Runs of a cohort beside each other: each by what its own page shows, nothing else.

Regions are those of the people's offices today, as the pairs of a run name offices.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from upwell.core.charts import Chart, Column, Table, tradeoff
from upwell.matching.compare import counterparts, movers
from upwell.pairs.models import ChoiceRound, CoupleRule, MatchRun, Proposal
from upwell.pairs.queries.rules import own_policy, rules_in_words
from upwell.programs.models import Cohort

FEWEST, MOST = 2, 4
Two = tuple[UUID, UUID]
OFFICE = "person__office__region"
COLUMNS = ("run", "mentor", "mentee", "score", "quality", "reasons")
REGIONS = (f"mentor__{OFFICE}", f"mentee__{OFFICE}")


@dataclass(frozen=True)
class Side:
    """One of the runs. ``across`` is a percentage, None where no region is known.

    ``weakest`` is the quality of the weakest pair, ``floor`` its points where they are told.
    ``moved`` counts the people who have other counterparts than in the first run; None for it.
    """

    run: MatchRun
    pairs: frozenset[Two]
    strong: int
    weakest: str
    weakest_label: str
    floor: int | None
    full: int
    wishes: int
    mentees: int
    across: int | None
    pins: int
    bans: int
    rules: list[str]
    moved: int | None = None

    @property
    def people(self) -> int:
        return len(counterparts(self.pairs))


@dataclass(frozen=True)
class Mover:
    """Somebody, and ``beside`` each run whom they have in it."""

    name: str
    is_mentor: bool
    beside: list[tuple[str, str]]


@dataclass(frozen=True)
class Comparison:
    sides: list[Side]
    movers: list[Mover]
    chart: Chart


def are_comparable(runs: Sequence[MatchRun]) -> bool:
    """Whether what people told or chose in private counts alike; else who moves would tell it.

    What they have put in order does so only in runs after the same round. One query at most.
    """
    ends = ends_of_ranking(runs)
    weights = {
        (
            policy.preferences.background,
            policy.preferences.ranking,
            policy.pairs.mutual_first,
            run.is_ranked,
            sum(end <= run.created_at for end in ends) if run.is_ranked else 0,
        )
        for run, policy in ((run, own_policy(run)) for run in runs)
    }
    return len(weights) == 1


def ends_of_ranking(runs: Sequence[MatchRun]) -> list[datetime]:
    """When the rounds closed in which people of the cohort have put others in order."""
    if not any(run.is_ranked for run in runs):
        return []
    rounds = ChoiceRound.objects.filter(cohort=runs[0].cohort_id, way=ChoiceRound.Way.RANKED)
    closed = rounds.filter(state=ChoiceRound.State.CLOSED).order_by("closed_at")
    return [end for end in closed.values_list("closed_at", flat=True) if end]


def comparison_of(cohort: Cohort, runs: Sequence[MatchRun]) -> Comparison:
    """Two queries for any number of runs, which are done; the cohort comes with its program."""
    rows: defaultdict[UUID, list[tuple[Any, ...]]] = defaultdict(list)
    found = Proposal.objects.filter(run__in=[run.pk for run in runs]).order_by("score", "pk")
    for row in found.values_list(*COLUMNS, *REGIONS):
        rows[row[0]].append(row[1:])
    first = frozenset((mentor, mentee) for mentor, mentee, *_rest in rows[runs[0].pk])
    sides = [
        side_of(cohort, run, rows[run.pk], first if place else None)
        for place, run in enumerate(runs)
    ]
    return Comparison(sides, movers_of(cohort, sides), chart_of(sides))


def side_of(
    cohort: Cohort, run: MatchRun, rows: list[tuple[Any, ...]], first: frozenset[Two] | None
) -> Side:
    pairs = frozenset((mentor, mentee) for mentor, mentee, *_rest in rows)
    weakest = rows[0][3] if rows else ""
    kinds = [kind for kind, _mentor, _mentee in run.couple_rules]
    topics = {row[1] for row in rows if any(reason["code"] == "topics" for reason in row[4])}
    return Side(
        run=run,
        pairs=pairs,
        strong=sum(row[3] == Proposal.Quality.STRONG for row in rows),
        weakest=weakest,
        weakest_label=str(Proposal.Quality(weakest).label) if weakest else "",
        floor=run.figures.get("floor"),
        full=run.figures.get("full_score", 0),
        wishes=len(topics),
        mentees=run.figures.get("mentees", 0),
        across=across_of([row[5:] for row in rows]),
        pins=kinds.count(CoupleRule.Kind.PIN),
        bans=kinds.count(CoupleRule.Kind.BAN),
        rules=rules_in_words(cohort, run),
        moved=None if first is None else len(movers(first, pairs)),
    )


def across_of(regions: list[tuple[str | None, ...]]) -> int | None:
    """The share of pairs from two regions in percent, of those whose regions are both known."""
    known = [couple for couple in regions if all(couple)]
    return round(100 * sum(a != b for a, b in known) / len(known)) if known else None


def movers_of(cohort: Cohort, sides: Sequence[Side]) -> list[Mover]:
    """Who has other counterparts in some run than in the first, mentees first and by name."""
    moved = set().union(*(movers(sides[0].pairs, side.pairs) for side in sides[1:]))
    rows = cohort.enrollments.order_by("role", "person__name", "pk")
    people = list(rows.values_list("pk", "person__name", "role"))
    names = {pk: name for pk, name, _role in people}
    have = [(str(side.run), counterparts(side.pairs)) for side in sides]
    return [
        Mover(
            name,
            role == "mentor",
            [
                (run, ", ".join(sorted(names[one] for one in each.get(pk, ()))))
                for run, each in have
            ],
        )
        for pk, name, role in people
        if pk in moved
    ]


def chart_of(sides: Sequence[Side]) -> Chart:
    """People paired against strong pairs, darker with a better weakest pair where that is told."""
    columns: dict[str, Any] = {
        "run": [str(side.run) for side in sides],
        "people": [side.people for side in sides],
        "strong": [side.strong for side in sides],
        "weakest": [
            None if side.floor is None or not side.full else side.floor / side.full
            for side in sides
        ],
    }
    return tradeoff(
        Table.of(
            columns,
            Column("run", _("Run")),
            Column("people", _("People paired"), "count"),
            Column("strong", _("Strong pairs"), "count"),
            Column("weakest", _("Weakest pair"), "share"),
        ),
        title=_("What more of one costs of the other"),
        description=_("Further right, more people are paired; further up, more pairs are strong.")
        + " "
        + _("The darker a dot, the better its weakest pair."),
    )
