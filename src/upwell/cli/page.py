"""What a person reads in the terminal when a run has ended."""

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from upwell.cli.case import Case, PeopleCase
from upwell.cli.notes import notes
from upwell.cli.summary import why
from upwell.cli.words import _, ngettext, number, translations
from upwell.matching.explain import Unmatched
from upwell.matching.solve import Result
from upwell.policy.phrases import Quality, quality, quality_word

QUALITIES: tuple[Quality, ...] = ("strong", "good", "weak")


def make_console() -> Console:
    """Standard output: in color on a terminal, plain and 100 wide elsewhere."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=100)


def show_result(
    console: Console, case: Case, result: Result, left_out: Sequence[Unmatched], seconds: float
) -> None:
    """The news first, then the figures, then what to know before believing them."""
    console.print()
    console.print(Text(headline(result), style="bold"))
    console.print(Text(proof(case, result)))
    console.print()
    show_lines(console, aligned(figure_lines(case, result, seconds)))
    for title, lines in (
        (_("Good to know"), notes(case)),
        (_("Without a counterpart"), unmatched_lines(case, left_out)),
    ):
        if lines:
            console.print()
            console.print(Text(title, style="bold"))
            show_lines(console, lines)
    console.print()


def show_lines(console: Console, lines: Iterable[str], indent: str = "  ") -> None:
    """Lines that on a terminal wrap under their indent; others stay whole, to be copied."""
    for line in lines:
        if console.is_terminal and indent:
            console.print(Padding(Text(line), (0, 0, 0, len(indent))))
        else:
            console.print(Text(f"{indent}{line}"), soft_wrap=True)


def headline(result: Result) -> str:
    count = len(result.pairs)
    return ngettext("%(count)s pair.", "%(count)s pairs.", count) % {"count": number(count)}


def proof(case: Case, result: Result) -> str:
    """The certificate in words."""
    if not len(result.pairs):
        return swapped(case) or _("The rules allow no pair at all.")
    more = result.pairs_bound - len(result.pairs)
    if result.is_optimal and case.scale.is_cost:
        return _("Proven: no other choice has more pairs, and none with as many costs less.")
    if result.is_optimal:
        return _("Proven: no other choice makes more pairs, and none with as many is better.")
    if more:
        return _("Stopped early: it is not proven that there cannot be more pairs.")
    gap = abs(case.scale.of(result.gap))
    return _("Stopped early: another choice might be better, by at most %(gap)s.") % {"gap": gap}


def aligned(lines: list[tuple[str, str]]) -> list[str]:
    width = max(len(label) for label, _value in lines)
    return [f"{label:{width}}   {value}" for label, value in lines]


def swapped(case: Case) -> str:
    """What to say where every mentor stands above every mentee."""
    if not isinstance(case, PeopleCase) or case.compiled.people.levels is None:
        return ""
    compiled, levels = case.compiled, case.compiled.people.levels
    rank = {name: place for place, name in enumerate(compiled.people.level_order)}
    mentors, mentees = (
        [rank[levels[row]] for row in rows if levels[row] in rank]
        for rows in (compiled.mentor_rows, compiled.mentee_rows)
    )
    if mentors and mentees and min(mentors) > max(mentees):
        return _("Every mentor stands above every mentee. Were the two sides swapped?")
    return ""


def figure_lines(case: Case, result: Result, seconds: float) -> list[tuple[str, str]]:
    problem, scale = case.problem, case.scale
    mentees, mentors = len(set(result.pairs[:, 1].tolist())), len(set(result.pairs[:, 0].tolist()))
    total = {"value": number(scale.of(result.value)), "bound": number(scale.of(result.bound))}
    best = (
        _("%(value)s, and at least %(bound)s is needed")
        if scale.is_cost
        else _("%(value)s, and at most %(bound)s is possible")
    )
    lines = [
        (_("Mentees with a mentor"), out_of(mentees, len(problem.mentees))),
        (_("Mentors with a mentee"), out_of(mentors, len(problem.mentors))),
        (_("Total"), best % total),
        (_("Pairs compared"), number(result.survey.allowed_pairs)),
        (_("Time"), _("%(seconds)s seconds") % {"seconds": number(seconds, 2)}),
    ]
    if isinstance(case, PeopleCase) and len(result.pairs):
        lines.insert(2, (_("How good they are"), quality_counts(case, result)))
        named = {"floor": number(result.floor or 0), "full": number(case.compiled.full_score)}
        lines.insert(3, (_("Weakest pair"), _("%(floor)s of %(full)s points") % named))
    return lines


def quality_counts(case: PeopleCase, result: Result) -> str:
    counts = Counter(quality(score, case.compiled) for score in result.scores.tolist())
    return " · ".join(
        f"{number(counts[name])} {quality_word(name, translations)}" for name in QUALITIES
    )


def out_of(part: int, whole: int) -> str:
    return _("%(part)s of %(whole)s") % {"part": number(part), "whole": number(whole)}


def unmatched_lines(case: Case, left_out: Sequence[Unmatched]) -> list[str]:
    """How many have nobody, by role and reason."""
    counts = Counter((who.role, why(case, who)) for who in left_out)
    lines = []
    for (role, reason), count in counts.items():
        people = (
            ngettext("%(count)s mentor", "%(count)s mentors", count)
            if role == "mentor"
            else ngettext("%(count)s mentee", "%(count)s mentees", count)
        ) % {"count": number(count)}
        lines.append(f"{people}: {reason}")
    return lines
