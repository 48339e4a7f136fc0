"""What each objective comes to, beside the others: `upwell match --compare`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import get_args

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from upwell.cli.case import Case, amount
from upwell.cli.page import out_of, show_aligned, show_lines
from upwell.cli.words import _, number
from upwell.matching.compare import Compared, compare
from upwell.matching.run import Progress
from upwell.matching.solve import solve
from upwell.policy.policy import Objective

FEW = 5
Show = Callable[[Progress], None]


@dataclass(frozen=True)
class Column:
    """What an objective comes to, with the scores of its few weakest pairs, in points."""

    outcome: Compared
    weakest: tuple[int, ...]


def compared(case: Case, should_stop: Callable[[], bool], show: Show) -> list[Column]:
    """Solve a case for every objective, in their order."""
    objectives: tuple[Objective, ...] = get_args(Objective)
    results = [
        solve(case.problem, objective=objective, should_stop=should_stop, on_progress=show)
        for objective in objectives
    ]
    weakest = [tuple(sorted(result.scores.tolist())[:FEW]) for result in results]
    return [Column(*both) for both in zip(compare(results), weakest, strict=True)]


def show_comparison(console: Console, case: Case, found: list[Column]) -> None:
    """A row for each objective, what fairness buys, and what the objectives are."""
    console.print()
    console.print(Text(_("What each objective comes to"), style="bold"))
    console.print(outcome_table(case, found))
    if not all(each.outcome.is_proven for each in found):
        show_lines(console, [_("Stopped early: not all of this is proven.")])
    console.print(Text(_("What fairness buys"), style="bold"))
    show_aligned(console, fairness(case, found))
    console.print()
    console.print(Text(_("What they ask for"), style="bold"))
    show_aligned(console, [*meanings().items()])
    console.print()
    show_lines(console, [_("Choose one with --objective.")], indent="")


def outcome_table(case: Case, found: list[Column]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    table.add_column(_("Objective"))
    for title in (
        _("Pairs"),
        _("Mentors paired"),
        _("Mentees paired"),
        _("Total"),
        _("Weakest pair"),
        _("Would both switch"),
    ):
        widest = max(map(len, title.split()))
        table.add_column(title, justify="right", overflow="fold", min_width=widest)
    for each in found:
        table.add_row(each.outcome.objective, *cells(case, each.outcome))
    return table


def cells(case: Case, outcome: Compared) -> list[str]:
    floor = "–" if outcome.floor is None else number(case.scale.of(outcome.floor))
    return [
        number(outcome.counts.pairs),
        out_of(outcome.counts.mentors, len(case.problem.mentors)),
        out_of(outcome.counts.mentees, len(case.problem.mentees)),
        number(case.scale.of(outcome.value)),
        floor,
        number(outcome.blocking_pairs),
    ]


def fairness(case: Case, found: list[Column]) -> list[tuple[str, str]]:
    """The weakest pairs for the total and for fairness, and what the latter costs in total."""
    total, fair = (
        next(each for each in found if each.outcome.objective == name) for name in ("total", "fair")
    )
    listed = [
        " · ".join(number(case.scale.of(score)) for score in each.weakest) or "–"
        for each in (total, fair)
    ]
    price = amount(case, abs(total.outcome.value - fair.outcome.value))
    return [
        (_("Weakest pairs, total"), listed[0]),
        (_("Weakest pairs, fair"), listed[1]),
        (_("Price"), _("%(price)s of the total") % {"price": price}),
    ]


def meanings() -> dict[str, str]:
    """What each objective asks for, and what is counted."""
    return {
        "total": _("most pairs, then the best total"),
        "fair": _("most pairs, then the best weakest pairs, then the best total"),
        "stable": _("no two people who would both switch to each other, even with fewer pairs"),
    }
