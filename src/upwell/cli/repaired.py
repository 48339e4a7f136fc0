"""What a repair comes to: the curve to choose from, and who gets whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from upwell.cli.case import PeopleCase, in_points
from upwell.cli.page import out_of, show_lines, show_text
from upwell.cli.who import called
from upwell.cli.words import _, ngettext, number
from upwell.matching.problem import Problem
from upwell.matching.repair import Option, Repair
from upwell.matching.solve import Result
from upwell.policy.policy import Objective

Couple = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Outcome:
    """A repair as a case whose pins are the kept pairs, with its result.

    ``stood`` are the pairs before, by id, and ``lost`` those of them that are no longer possible.
    ``objective`` is what the pairs before were for.
    """

    case: PeopleCase
    result: Result
    repair: Repair
    stood: Sequence[Couple]
    lost: Sequence[Couple]
    objective: Objective

    @property
    def problem(self) -> Problem:
        return self.case.problem

    @cached_property
    def made(self) -> list[Couple]:
        """The pairs now, by id."""
        problem = self.problem
        return [(problem.mentors[i], problem.mentees[j]) for i, j in self.result.pairs.tolist()]

    @cached_property
    def changes(self) -> list["Change"]:
        """Of each mentee who takes part and whose mentors are others than before, or none."""
        before, now = by_mentee(self.stood), by_mentee(self.made)
        return [
            Change(mentee, before.get(mentee, ()), now.get(mentee, ()))
            for mentee in self.problem.mentees
            if set(before.get(mentee, ())) != set(now.get(mentee, ())) or mentee not in now
        ]

    @cached_property
    def idle(self) -> list[str]:
        """Mentors who take part, had somebody before and have nobody now."""
        had, have = ({mentor for mentor, _mentee in pairs} for pairs in (self.stood, self.made))
        return [mentor for mentor in self.problem.mentors if mentor in had - have]


@dataclass(frozen=True)
class Change:
    """A mentee's mentors before and now, by id."""

    mentee: str
    before: tuple[str, ...]
    now: tuple[str, ...]


def by_mentee(pairs: Sequence[Couple]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for mentor, mentee in pairs:
        found[mentee] = (*found.get(mentee, ()), mentor)
    return found


def figures(outcome: Outcome) -> dict[str, Any]:
    """The summary as data."""
    chosen = outcome.repair.chosen
    return {
        "stood": len(outcome.stood),
        "lost": [list(couple) for couple in outcome.lost],
        "options": [option_figures(option) for option in outcome.repair.options],
        "chosen": option_figures(chosen),
        "changes": [
            {"mentee": c.mentee, "before": list(c.before), "now": list(c.now)}
            for c in outcome.changes
        ],
        "mentors_without": outcome.idle,
        "pairs": [list(couple) for couple in outcome.made],
        "problem_digest": outcome.problem.digest(),
    }


def option_figures(option: Option) -> dict[str, Any]:
    return {
        "moved": option.moved,
        "limit": option.limit,
        "pairs": option.counts.pairs,
        "mentees": option.counts.mentees,
        "mentors": option.counts.mentors,
        "most_mentees": option.most.mentees,
        "value": option.value,
        "bound": option.bound,
        "proven": option.is_exact,
    }


def show_repair(console: Console, outcome: Outcome) -> None:
    """The news first, then what could be chosen, then who gets whom."""
    console.print()
    console.print(Text(headline(outcome), style="bold"))
    show_text(console, proof(outcome.repair.chosen))
    if outcome.objective != "total":
        note = _("A repair is for the best total, whatever the pairs before were for.")
        show_text(console, note)
    console.print()
    console.print(curve(outcome))
    for title, lines in (
        (
            _("Who mentors whom (mentor → mentee)"),
            [change_line(outcome, c) for c in outcome.changes if c.now],
        ),
        (_("Without a counterpart"), list(without_lines(outcome))),
    ):
        if lines:
            console.print(Text(title, style="bold"))
            show_lines(console, lines)
            console.print()


def headline(outcome: Outcome) -> str:
    """How many of the pairs that stood are lost, and how many others change."""
    moved, lost = outcome.repair.chosen.moved, len(outcome.lost)
    possible = _("All pairs are still possible.")
    if lost:
        possible = ngettext(
            "%(count)s pair is no longer possible.", "%(count)s pairs are no longer possible.", lost
        ) % {"count": number(lost)}
    kept = _("All others stay as they are.") if lost else _("All of them stay as they are.")
    if moved:
        kept = ngettext(
            "%(count)s that could stay changes.", "%(count)s that could stay change.", moved
        ) % {"count": number(moved)}
    return f"{possible} {kept}"


def proof(chosen: Option) -> str:
    """The bound in words."""
    moved, named = chosen.moved, {"moved": number(chosen.moved)}
    if chosen.is_exact and not moved:
        return _("Proven: this is the best that keeps every pair that could stay.")
    if chosen.is_exact:
        text = ngettext(
            "Proven: this is the best that changes at most %(moved)s pair that could stay.",
            "Proven: this is the best that changes at most %(moved)s pairs that could stay.",
            moved,
        )
        return text % named
    if chosen.counts == chosen.most:
        named = {"gap": in_points(number(chosen.gap), chosen.gap)}
        return _("Another choice that changes as few pairs is better by at most %(gap)s.") % named
    return _("Another choice that changes as few pairs may place more people.")


def curve(outcome: Outcome) -> Table:
    """A row for each option; an arrow at the chosen one."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    table.add_column("")
    for title in (_("Pairs changed"), _("Mentees with a mentor"), _("Total (points)"), _("Proof")):
        table.add_column(title, justify="right", overflow="fold")
    for option in outcome.repair.options:
        is_chosen = option.moved == outcome.repair.chosen.moved
        table.add_row("→" if is_chosen else "", *cells(outcome, option))
    return table


def cells(outcome: Outcome, option: Option) -> list[str]:
    return [
        number(option.moved),
        out_of(option.counts.mentees, len(outcome.problem.mentees)),
        number(option.value),
        proof_word(option),
    ]


def proof_word(option: Option) -> str:
    if option.is_exact:
        return _("proven")
    if option.counts == option.most:
        return _("at most %(bound)s") % {"bound": number(option.bound)}
    return _("not proven")


def change_line(outcome: Outcome, change: Change) -> str:
    """Whom a mentee has now, and instead of whom."""
    new = [mentor for mentor in change.now if mentor not in change.before]
    old = [mentor for mentor in change.before if mentor not in change.now]
    named = {
        "mentee": person(outcome, change.mentee),
        "new": ", ".join(person(outcome, mentor) for mentor in new),
        "old": ", ".join(person(outcome, mentor) for mentor in old),
    }
    if new and old:
        return _("%(new)s → %(mentee)s, instead of %(old)s") % named
    if old:
        return _("%(old)s → %(mentee)s no longer") % named
    return _("%(new)s → %(mentee)s, newly") % named


def without_lines(outcome: Outcome) -> Iterator[str]:
    """Who has nobody now: every mentee, and mentors who had somebody before."""
    for change in outcome.changes:
        if change.now:
            continue
        named = {
            "mentee": person(outcome, change.mentee),
            "old": ", ".join(person(outcome, mentor) for mentor in change.before),
        }
        if change.before:
            yield _("%(mentee)s, before with %(old)s") % named
        else:
            yield named["mentee"]
    for mentor in outcome.idle:
        yield _("%(mentor)s, a mentor before") % {"mentor": person(outcome, mentor)}


def person(outcome: Outcome, who: str) -> str:
    return called(outcome.case.compiled.people, who)
