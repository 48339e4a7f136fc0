"""The `upwell` command: finds the module of the first word and hands it the rest."""

import importlib
import sys

from upwell import __version__

# Each word's module has ``run(words) -> exit status``; every other word is Django's.
OWN_WORDS = {
    "demo": "upwell.cli.demo",
    "match": "upwell.cli.match",
    "policy": "upwell.cli.policy",
    "verify": "upwell.cli.verify",
}


def main(words: list[str] | None = None) -> int:
    """Run one command, importing only its own module, and return its exit status."""
    words = sys.argv[1:] if words is None else words
    if words[:1] == ["--version"]:
        sys.stdout.write(f"upwell {__version__}\n")
        return 0
    word = words[0] if words else ""
    if word in OWN_WORDS:
        status = importlib.import_module(OWN_WORDS[word]).run(words[1:])
    else:
        status = importlib.import_module("upwell.cli.manage").run(words)
    return int(status)
