"""`upwell policy`: the shipped policy as a file to start from, or a check of one's own."""

import argparse
import sys
from pathlib import Path

from upwell.cli.arguments import RefusalError, read_text, refusing
from upwell.cli.words import _, translations
from upwell.policy.policy import Policy, example


def parser() -> argparse.ArgumentParser:
    result = argparse.ArgumentParser(
        prog="upwell policy",
        allow_abbrev=False,
        description=_("Print the shipped policy, or check one."),
    )
    result.add_argument("file", nargs="?", type=Path, help=_("a policy to check"))
    result.add_argument("--example", action="store_true", help=_("print the shipped policy"))
    return result


def run(words: list[str]) -> int:
    return refusing("policy", lambda: policy(parser().parse_args(words)))


def policy(asked: argparse.Namespace) -> int:
    if asked.example == (asked.file is not None):
        raise RefusalError(_("Say --example, or name a policy to check."))
    if asked.example:
        sys.stdout.write(example(translations))
        return 0
    Policy.from_toml(read_text(asked.file))
    sys.stdout.write(_("%(path)s is a policy that can be used.\n") % {"path": asked.file})
    return 0
