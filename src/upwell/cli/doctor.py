"""`upwell doctor`: whether this installation is well, and what to do where it is not."""

import argparse
import dataclasses
import json
import sys
from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured

from upwell.cli.arguments import command_name
from upwell.cli.finding import WRONG
from upwell.cli.site import refusing, say, set_up
from upwell.cli.words import _, gettext_noop

if TYPE_CHECKING:
    from upwell.cli.finding import Finding

WORDS = {
    "ok": gettext_noop("ok"),
    "warn": gettext_noop("mind"),
    "wrong": gettext_noop("wrong"),
}


def parser() -> argparse.ArgumentParser:
    result = argparse.ArgumentParser(
        prog="upwell doctor",
        allow_abbrev=False,
        description=_("Look whether this installation is well. Exit status 1: something is wrong."),
    )
    result.add_argument("--json", action="store_true", help=_("print the findings for programs"))
    return result


def run(words: list[str]) -> int:
    asked = parser().parse_args(words)
    return refusing("doctor", lambda: examine(as_json=asked.json))


def examine(*, as_json: bool) -> int:
    try:
        set_up()
    except ImproperlyConfigured as error:
        if not as_json:
            raise
        found = {"name": "variables", "state": "wrong", "text": str(error), "todo": ""}
        sys.stdout.write(json.dumps([found], indent=1, ensure_ascii=False) + "\n")
        return 1
    from upwell.cli.checkup import check_up  # noqa: PLC0415 -- models want the set-up

    findings = []
    for finding in check_up():
        findings.append(finding)
        if not as_json:
            show(finding)
    if as_json:
        rows = [dataclasses.asdict(finding) for finding in findings]
        sys.stdout.write(json.dumps(rows, indent=1, ensure_ascii=False) + "\n")
    return int(any(finding.state == WRONG for finding in findings))


def show(finding: "Finding") -> None:
    say(f"{_(WORDS[finding.state]):6} {finding.name:13} {finding.text}")
    if finding.todo:
        say(f"{'':20} → {as_typed(finding.todo)}")


def as_typed(todo: str) -> str:
    """With our command as the user types it."""
    return todo.replace("upwell ", f"{command_name()} ")
