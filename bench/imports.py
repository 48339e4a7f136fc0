"""One import of a whole organization: the seconds that its transaction takes, and the rest."""

import argparse
import json
import os
import subprocess
import sys
import tempfile

from bench.children import machine

CASES = ("everybody is new", "nothing has changed", "everybody has changed")


def run(words: list[str]) -> int:
    """Measure on both databases; exit status 1 if a transaction took longer than allowed."""
    parser = argparse.ArgumentParser(prog="./run bench imports", description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    asked = parser.parse_args(words)
    print(machine())
    print(f"{asked.people:,} people; seconds, of which at most 8 inside one transaction\n")
    names = ("sqlite", "postgres") if asked.database == "both" else (asked.database,)
    passed = [bench(name, asked.people) for name in names]
    return 0 if all(passed) else 1


def bench(database: str, people: int) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.importing", database, str(people), folder]
        environment = os.environ | {
            "UPWELL_DEBUG": "true",
            "DJANGO_SETTINGS_MODULE": "upwell.settings",
        }
        child = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
        measured = json.loads(child.stdout.splitlines()[-1])
    print(database)
    for case, (reading, transaction) in zip(CASES, measured, strict=True):
        print(f"  {case:24} comparing {reading:6.2f}   in the transaction {transaction:6.2f}")
    return all(transaction <= 8 for _reading, transaction in measured)
