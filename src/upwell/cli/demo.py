"""`upwell demo`: make up an organization, match it, and print what came of it."""

import argparse
import sys
from pathlib import Path

from upwell.cli import match
from upwell.cli.arguments import command_name, refusing
from upwell.cli.words import _
from upwell.demo.organization import generate
from upwell.demo.write import write_csv

FOLDER = Path("var/demo")


def parser() -> argparse.ArgumentParser:
    result = argparse.ArgumentParser(
        prog="upwell demo",
        allow_abbrev=False,
        description=_("See Upwell at work with an organization made up for it."),
    )
    add = result.add_argument
    add("--no-serve", action="store_true", help=_("prepare, print the summary and end"))
    add("--people", type=int, default=1_200, help=_("how many people (default: %(default)s)"))
    add("--seed", type=int, default=1, help=_("another number, another organization"))
    return result


def run(words: list[str]) -> int:
    return refusing("demo", lambda: demo(parser().parse_args(words)))


def demo(asked: argparse.Namespace) -> int:
    """Write the made-up organization as a spreadsheet, then do what a user would do with it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    table = FOLDER / "people.csv"
    write_csv(generate(asked.people, seed=asked.seed), table)
    command = ["match", str(table)]
    for option, name in (
        ("--out", "pairs.xlsx"),
        ("--json", "summary.json"),
        ("--certificate", "certificate.json"),
    ):
        command += [option, str(FOLDER / name)]
    sys.stdout.write(
        _("%(count)s people of a made-up organization are in %(path)s. Matching them:\n")
        % {"count": f"{asked.people:,}", "path": table}
    )
    sys.stdout.write(f"\n  {command_name()} {' '.join(command)}\n")
    sys.stdout.flush()
    return match.run(command[1:])
