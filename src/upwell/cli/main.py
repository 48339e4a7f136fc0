"""The `upwell` command: finds the module of the first word and hands it the rest."""

import difflib
import importlib
import io
import sys

from upwell import __version__
from upwell.cli.words import _, gettext_noop

# Each word's module has ``run(words) -> exit status``; every other word is Django's.
OWN_WORDS = {
    "init": ("upwell.cli.init", gettext_noop("set up an installation of your own")),
    "serve": ("upwell.cli.serve", gettext_noop("run it: the web server and the worker")),
    "worker": ("upwell.cli.worker", gettext_noop("run the worker alone")),
    "doctor": ("upwell.cli.doctor", gettext_noop("look whether an installation is well")),
    "keys": ("upwell.cli.keys", gettext_noop("the keys of what is sealed: copy, change, look")),
    "audit": ("upwell.cli.audit", gettext_noop("verify the audit log, or print it")),
    "demo": ("upwell.cli.demo", gettext_noop("see Upwell at work with a made-up organization")),
    "match": ("upwell.cli.match", gettext_noop("from a table of people to certified pairs")),
    "import": ("upwell.cli.people", gettext_noop("bring a file into the directory")),
    "policy": ("upwell.cli.policy", gettext_noop("the shipped policy as a file, or a check")),
    "explain": ("upwell.cli.explain", gettext_noop("why two people were paired, or not")),
    "supply": ("upwell.cli.supply", gettext_noop("which topics are short, and whom to recruit")),
    "verify": ("upwell.cli.verify", gettext_noop("prove a certificate again")),
    "repair": ("upwell.cli.repair", gettext_noop("change few pairs when people leave or join")),
}
ALIASES = {"people": "import"}  # words of earlier scripts


def main(words: list[str] | None = None) -> int:
    """Run one command, importing only its own module, and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a letter shows "?"
    words = sys.argv[1:] if words is None else words
    word = words[0] if words else "--help"
    word = ALIASES.get(word, word)
    if word == "--version":
        sys.stdout.write(f"upwell {__version__}\n")
        return 0
    if word in {"-h", "--help", "help"}:
        sys.stdout.write(usage())
        return 0
    if word in OWN_WORDS:
        return int(importlib.import_module(OWN_WORDS[word][0]).run(words[1:]))
    meant = difflib.get_close_matches(word, OWN_WORDS, n=1, cutoff=0.75)
    if meant:
        named = {"word": word, "meant": meant[0]}
        sys.stderr.write(_("upwell: there is no %(word)s. Did you mean %(meant)s?\n") % named)
        return 2
    return int(importlib.import_module("upwell.cli.manage").run(words))


def usage() -> str:
    lines = [f"  {word:8}{_(text)}" for word, (_module, text) in OWN_WORDS.items()]
    return "\n".join(
        [
            _("usage: upwell COMMAND …"),
            "",
            *lines,
            "",
            _("upwell COMMAND --help says more. Other words are Django's management commands."),
            "",
        ]
    )
