"""What a person reads in the terminal when a run has ended."""

from collections import Counter
from collections.abc import Iterable, Sequence
from textwrap import wrap

from rich.console import Console
from rich.text import Text

from upwell.cli.case import Case, PeopleCase, amount
from upwell.cli.claims import proven
from upwell.cli.notes import notes
from upwell.cli.summary import shown_name, why
from upwell.cli.words import _, ngettext, number, translations
from upwell.matching.explain import Role, Unmatched
from upwell.matching.solve import Result
from upwell.policy.phrases import Quality, quality, quality_word

MOST_NAMES = 3
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
    show_text(console, proof(case, result))
    console.print()
    show_aligned(console, figure_lines(case, result, seconds))
    for title, lines in (
        (_("Good to know"), notes(case)),
        (_("Without a counterpart"), unmatched_lines(case, left_out)),
    ):
        if lines:
            console.print()
            console.print(Text(title, style="bold"))
            show_lines(console, lines)
    console.print()


def show_lines(
    console: Console, lines: Iterable[str], indent: str = "  ", *, hang: int = 2
) -> None:
    """Lines that on a terminal wrap further in than they begin; elsewhere, and without an indent,
    they stay whole, to be copied.
    """
    for line in lines:
        parts = [f"{indent}{line}"]
        if console.is_terminal and indent and line:
            inner = indent + " " * hang
            parts = wrap(
                line,
                console.width,
                initial_indent=indent,
                subsequent_indent=inner,
                break_on_hyphens=False,
            )
        for part in parts:
            console.print(Text(part), soft_wrap=True)


def show_text(console: Console, text: str) -> None:
    """Sentences that on a terminal wrap between words; elsewhere they stay whole."""
    console.print(Text(text), soft_wrap=not console.is_terminal)


def show_aligned(console: Console, lines: list[tuple[str, str]]) -> None:
    """Labels with what stands beside them, which wraps under itself."""
    width = max((len(label) for label, _value in lines), default=0)
    show_lines(console, (f"{label:{width}}   {value}" for label, value in lines), hang=width + 3)


def headline(result: Result) -> str:
    count = len(result.pairs)
    return ngettext("%(count)s pair.", "%(count)s pairs.", count) % {"count": number(count)}


def proof(case: Case, result: Result) -> str:
    """The certificate in words."""
    if not len(result.pairs):
        return swapped(case) or _("The rules allow no pair at all.")
    if result.is_optimal:
        return proven(case, result)
    if result.pairs_bound > len(result.pairs):
        return _("Stopped early: there may be a choice with more pairs.")
    if not result.has_all_steps:
        return _("Stopped early: the weakest pairs might be better in another choice.")
    gap = amount(case, abs(result.gap))
    return _("Stopped early: another choice might be better, by at most %(gap)s.") % {"gap": gap}


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
    total = {"value": amount(case, result.value), "bound": number(scale.of(result.bound))}
    lines = [
        (_("Mentees with a mentor"), out_of(mentees, len(problem.mentees))),
        (_("Mentors with a mentee"), out_of(mentors, len(problem.mentors))),
        *most_lines(result),
        (_("Total"), total_form(case, result) % total),
        *price_lines(case, result),
        (_("Would both switch"), switching(result.survey.blocking_pairs)),
        (_("Pairs compared"), number(result.survey.allowed_pairs)),
        (_("Time"), _("%(seconds)s seconds") % {"seconds": number(seconds, 2)}),
    ]
    if isinstance(case, PeopleCase) and len(result.pairs):
        lines.insert(2, (_("How good they are"), quality_counts(case, result)))
        named = {"floor": number(result.floor or 0), "full": number(case.compiled.full_score)}
        lines.insert(3, (_("Weakest pair"), _("%(floor)s of %(full)s points") % named))
    return lines


def switching(count: int) -> str:
    """How many pairs of two people would both rather have each other than whom they have."""
    text = ngettext("%(count)s pair, to each other", "%(count)s pairs, to each other", count)
    return text % {"count": number(count)}


def total_form(case: Case, result: Result) -> str:
    is_stable = result.objective == "stable"
    if case.scale.is_cost and is_stable:
        return _("%(value)s; as many pairs need at least %(bound)s")
    if case.scale.is_cost:
        return _("%(value)s, and at least %(bound)s is needed")
    if is_stable:
        return _("%(value)s; as many pairs have at most %(bound)s")
    return _("%(value)s, and at most %(bound)s is possible")


def most_lines(result: Result) -> list[tuple[str, str]]:
    """How many pairs stability leaves of those that there could be."""
    if result.objective != "stable":
        return []
    return [(_("Pairs of those possible"), out_of(len(result.pairs), result.pairs_bound))]


def price_lines(case: Case, result: Result) -> list[tuple[str, str]]:
    """What it costs in total that no pair is left worse than it must be."""
    if result.price is None or result.best_total is None:
        return []
    share = 100 * result.price / abs(result.best_total) if result.best_total else 0.0
    named = {"price": amount(case, abs(result.price)), "percent": number(share, 2)}
    return [(_("Price of fairness"), _("%(price)s of the best total (%(percent)s %%)") % named)]


def quality_counts(case: PeopleCase, result: Result) -> str:
    counts = Counter(quality(score, case.compiled) for score in result.scores.tolist())
    return " · ".join(
        f"{number(counts[name])} {quality_word(name, translations)}" for name in QUALITIES
    )


def out_of(part: int, whole: int) -> str:
    return _("%(part)s of %(whole)s") % {"part": number(part), "whole": number(whole)}


def unmatched_lines(case: Case, left_out: Sequence[Unmatched]) -> list[str]:
    """How many have nobody, by role and reason, with the names of the first few."""
    groups: dict[tuple[Role, str], list[str]] = {}
    for who in left_out:
        groups.setdefault((who.role, why(case, who)), []).append(shown_name(case, who))
    return [group_line(role, reason, people) for (role, reason), people in groups.items()]


def group_line(role: Role, reason: str, people: Sequence[str]) -> str:
    count = len(people)
    text = (
        ngettext(
            "%(count)s mentor (%(people)s): %(reason)s",
            "%(count)s mentors (%(people)s): %(reason)s",
            count,
        )
        if role == "mentor"
        else ngettext(
            "%(count)s mentee (%(people)s): %(reason)s",
            "%(count)s mentees (%(people)s): %(reason)s",
            count,
        )
    )
    listed = ", ".join(people[:MOST_NAMES]) + (" …" if count > MOST_NAMES else "")
    return text % {"count": number(count), "people": listed, "reason": reason}
