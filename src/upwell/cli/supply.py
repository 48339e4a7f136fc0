"""`upwell supply`: topics wanted against offered, and whom to recruit first."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from upwell.cli.arguments import RefusalError, add_people_options, refusing, write_json
from upwell.cli.case import in_points, objective_of
from upwell.cli.match import check_outputs, people_of
from upwell.cli.page import make_console, show_lines
from upwell.cli.progress import shown_progress
from upwell.cli.words import _, ngettext, number
from upwell.matching.recruiting import Worth
from upwell.matching.solve import solve
from upwell.policy.policy import Objective
from upwell.policy.supply import TopicSupply, supply_and_demand

MOST_ROWS = 20


def parser() -> argparse.ArgumentParser:
    """The words of the command."""
    result = argparse.ArgumentParser(
        prog="upwell supply",
        allow_abbrev=False,
        description=_("Show which topics are wanted and offered, and whom to recruit first."),
    )
    result.set_defaults(scores=None, out=None, certificate=None, objective=None)
    add = result.add_argument
    add("people", type=Path, help=_("CSV, TSV, XLSX or ODS file of people"))
    add_people_options(result)
    add("--json", metavar="S.json", type=Path, help=_("write every topic with its figures"))
    return result


def run(words: list[str]) -> int:
    """Run the command; 0 if topics were found, and written as asked."""
    return refusing("supply", lambda: supply(parser().parse_args(words)))


def supply(asked: argparse.Namespace) -> int:
    check_outputs(asked, asked.people, asked.policy, asked.mapping)
    case = people_of(asked)
    with shown_progress() as show:
        result = solve(case.problem, objective=objective_of(case), on_progress=show)
    topics = supply_and_demand(case.compiled, result)
    if not topics:
        raise RefusalError(_("The file names no topic that a mentee wants or a mentor offers."))
    if asked.json:
        write_json(asked.json, {"topics": [figures(topic) for topic in topics]})
    console = make_console()
    show_supply(console, topics, meanings(objective_of(case)))
    if asked.json:
        show_lines(console, [_("Written: %(path)s") % {"path": asked.json}], indent="")
    return 0


def figures(topic: TopicSupply) -> dict[str, Any]:
    """A topic as it stands in the file."""
    return {**asdict(topic), "short": topic.short}


def show_supply(console: Console, topics: Sequence[TopicSupply], notes: Sequence[str]) -> None:
    """The news first, then the topics, then what their figures mean."""
    console.print()
    console.print(Text(news(topics[0]), style="bold"))
    console.print(topic_table(topics[:MOST_ROWS]))
    if (others := len(topics) - MOST_ROWS) > 0:
        show_lines(console, others_lines(others))
    show_lines(console, notes)
    console.print()


def news(first: TopicSupply) -> str:
    """Whom to recruit first, in one sentence."""
    if not first.wanted:
        return _("No mentee wants any of these topics.")
    if is_gain(first.worth):
        named = {"topic": first.name, "worth": worth_text(first.worth)}
        return _("Recruit for “%(topic)s” first: %(worth)s.") % named
    return _("One more mentor for a single topic would not make the pairs better.")


def is_gain(worth: Worth) -> bool:
    return worth > Worth(mentees=0, mentors=0, pairs=0, points=0)


def worth_text(worth: Worth) -> str:
    """What one more mentor would change, in plain words."""
    total = {"total": signed(worth.points)}
    if worth.mentees:
        return _("1 more mentee gets a mentor, total %(total)s") % total
    if worth.pairs:
        return _("1 more pair, total %(total)s") % total
    if worth.mentors:
        return _("1 more mentor gets a mentee, total %(total)s") % total
    return _("total %(total)s") % total if worth.points else _("no change")


def signed(points: int) -> str:
    """Such as +1,200 points or −30 points."""
    return in_points(f"{'−' if points < 0 else '+'}{number(abs(points))}", points)


def topic_table(topics: Sequence[TopicSupply]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    table.add_column(_("Topic"), overflow="fold")
    for title in (_("Wanted by"), _("Offered by"), _("Short by")):
        table.add_column(title, justify="right", width=max(map(len, title.split())))
    table.add_column(_("One more mentor"), overflow="fold")
    for topic in topics:
        counts = (topic.wanted, topic.offered, topic.short)
        table.add_row(Text(topic.name), *map(number, counts), worth_text(topic.worth))
    return table


def others_lines(count: int) -> list[str]:
    text = ngettext(
        "%(count)s other topic: --json has it.", "%(count)s other topics: --json has them.", count
    )
    return [text % {"count": number(count)}]


def meanings(objective: Objective) -> list[str]:
    """How the figures are to be read."""
    lines = [
        _("Short by: how many more mentees want a topic than mentors who offer it can take."),
        _(
            "One more mentor: someone like the mentors there are, with one place, who offers this "
            "topic alone. At least half of such people would change this much or more."
        ),
    ]
    if objective != "total":
        lines.append(_("It is counted for the best total, whatever the policy puts first."))
    return lines
