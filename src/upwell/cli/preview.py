"""How a file of people is read: its columns, its problems, and a mapping to change."""

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from upwell.cli.page import show_lines
from upwell.cli.words import _, ngettext, number, translations
from upwell.sheets import ColumnReport, Reading, RowProblem, describe

SHOWN_PROBLEMS = 20


def show_preview(console: Console, reading: Reading) -> None:
    """The columns first, then what to know, the problems, and the mapping as a file."""
    console.print()
    console.print(Text(headline(reading), style="bold"))
    console.print()
    console.print(column_table(reading))
    lines = [describe(notice, translations.gettext) for notice in reading.notices]
    show_part(console, _("Good to know"), [*lines, *level_lines(reading)])
    shown = SHOWN_PROBLEMS if console.is_terminal else len(reading.problems)
    show_part(console, problem_title(reading), problem_lines(reading, shown))
    saying = _("To change this, save these lines as mapping.toml and add --mapping mapping.toml:")
    show_part(console, saying, reading.mapping.to_toml().splitlines(), indent="")


def show_part(console: Console, title: str, lines: list[str], indent: str = "  ") -> None:
    """A title and its lines; without an indent they stay whole, to be copied."""
    if lines:
        console.print()
        console.print(Text(title, style="bold"))
        show_lines(console, lines, indent)


def headline(reading: Reading) -> str:
    named = {
        "rows": number(reading.rows),
        "there": number(len(reading.people)),
        "left": number(reading.left),
    }
    return _("%(rows)s rows: %(there)s people to work with, %(left)s who have left.") % named


def column_table(reading: Reading) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for title in (_("Column"), _("Read as"), _("For example, or why not")):
        table.add_column(title, overflow="fold")
    for report in reading.columns:
        table.add_row(*(Text(cell) for cell in column_cells(report)), style=style_of(report))
    return table


def column_cells(report: ColumnReport) -> tuple[str, str, str]:
    reason = describe(report.reason, translations.gettext) if report.reason else ""
    if report.state == "mapped":
        return report.header, report.field or "", " · ".join(report.samples)
    word = _("refused") if report.state == "refused" else _("not stored")
    return report.header, word, reason


def style_of(report: ColumnReport) -> str:
    return "" if report.state == "mapped" else "dim"


def level_lines(reading: Reading) -> list[str]:
    order = reading.people.level_order
    if not order and reading.people.roles is None:
        return [
            _("There is no column with levels or roles. Name the one that has them in the mapping.")
        ]
    if not order:
        return []
    said = (
        _("Levels, lowest first (guessed): %(order)s")
        if reading.level_order_guessed
        else _("Levels, lowest first: %(order)s")
    )
    return [said % {"order": " < ".join(order)}]


def problem_title(reading: Reading) -> str:
    count = reading.problem_count
    text = ngettext("%(count)s problem", "%(count)s problems", count)
    return text % {"count": number(count)}


def problem_lines(reading: Reading, shown: int) -> list[str]:
    """The first problems; all that are kept where the preview goes into a file or a pipe."""
    lines = [problem_line(problem) for problem in reading.problems[:shown]]
    more = reading.problem_count - len(lines)
    if more:
        lines.append(
            _("… and %(count)s more; send the preview to a file") % {"count": number(more)}
        )
    return lines


def problem_line(problem: RowProblem) -> str:
    named = {
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "reason": describe(problem, translations.gettext),
    }
    return _("Row %(row)s, %(column)s, “%(value)s”: %(reason)s") % named
