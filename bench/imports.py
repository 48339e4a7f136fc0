"""One import of a whole organization: reading, comparing, writing, and the memory it takes."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.children import machine

CASES = ("everybody is new", "nothing has changed", "everybody has changed")
LONGEST = 60.0  # seconds for all of it
LONGEST_WRITE = 8.0  # seconds inside the transaction
MOST_MEMORY = 1024.0  # MiB


def run(words: list[str]) -> int:
    """Measure on both databases; exit status 1 if a figure is missed."""
    parser = argparse.ArgumentParser(prog="./run bench import", description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    asked = parser.parse_args(words)
    print(machine())
    print(
        f"{asked.people:,} people; at most {LONGEST:.0f} s, of which {LONGEST_WRITE:.0f} s inside"
        f" one transaction, and {MOST_MEMORY:,.0f} MiB; the second import writes nothing\n"
    )
    names = ("sqlite", "postgres") if asked.database == "both" else (asked.database,)
    passed = [bench(name, asked.people) for name in names]
    return 0 if all(passed) else 1


def bench(database: str, people: int) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        child("write", str(people), folder)
        measured = json.loads(child(database, folder).splitlines()[-1])
        size = (Path(folder) / "everyone.csv").stat().st_size / 2**20
    print(f"{database}, a file of {size:.0f} MiB")
    for case, one in zip(CASES, measured, strict=True):
        print(
            f"  {case:22} reading {one['reading']:6.2f}   comparing {one['comparing']:6.2f}"
            f"   writing {one['writing']:6.2f}   peak {one['memory']:5.0f} MiB"
            f"   written {one['written']:,}\n{'':24} of the processor {one['processor']:.2f} s,"
            f" {one['processor_writing']:.2f} s of it in the transaction"
        )
    faults = [*missed(measured), *([] if measured[1]["written"] == 0 else ["the second wrote"])]
    for fault in faults:
        print(f"  MISSED: {fault}")
    return not faults


def missed(measured: list[dict[str, float]]) -> list[str]:
    """The figures that an import did not keep."""
    found = []
    for case, one in zip(CASES, measured, strict=True):
        seconds = one["reading"] + one["comparing"] + one["writing"]
        kept = {
            f"{seconds:.1f} s in all": seconds <= LONGEST,
            f"{one['writing']:.1f} s in the transaction": one["writing"] <= LONGEST_WRITE,
            f"{one['memory']:.0f} MiB": not one["memory"] > MOST_MEMORY,
        }
        found += [f"{case}: {figure}" for figure, is_kept in kept.items() if not is_kept]
    return found


def child(*words: str) -> str:
    """What a child prints."""
    environment = os.environ | {"UPWELL_DEBUG": "true", "DJANGO_SETTINGS_MODULE": "upwell.settings"}
    command = [sys.executable, "-m", "bench.importing", *words]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    return done.stdout
