"""S7, files of people and pairs: whatever is done to one, it is read or refused in plain words.

A worker process reads each mutated file and reports time and resident growth, its own and that of
the processes it starts. The mutations share nothing with the reader.
"""

import gc
import multiprocessing
import os
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event, Thread

import psutil
import pytest

from tests.security.good_files import pairs_table, table
from tests.security.mutants import mutant
from upwell.sheets import SheetError, read_people
from upwell.sheets.pairs import read_pairs

FILES = int(os.environ.get("UPWELL_PROVE_FILES", "2000"))
BATCH = 100
SECONDS = 10
GROWTH = 256 * 1024 * 1024


@dataclass(frozen=True)
class Outcome:
    """What reading one file came to."""

    number: int
    name: str
    result: str
    seconds: float
    growth: int


# The worker: reads, watches, reports.


def read_batch(numbers: list[int], reader=read_people, rows=table) -> list[Outcome]:
    with tempfile.TemporaryDirectory() as folder:
        return [
            read_one(number, Path(folder) / f"{number}.csv", reader, rows) for number in numbers
        ]


def read_one(number: int, path: Path, reader, rows) -> Outcome:
    name, made = mutant(number, rows)
    path.write_bytes(made)
    del made
    gc.collect()
    with Watch() as watch:
        result = result_of(path, reader)
    path.unlink()
    return Outcome(number, name, result, watch.seconds, watch.growth)


def result_of(path: Path, reader) -> str:
    """ "whole", "problems" or "refused"; anything else is a failure in words."""
    try:
        reading = reader(path)
    except SheetError as error:
        said = str(error)
        return "refused" if said.strip() and "Traceback" not in said else f"bad message {said!r}"
    except BaseException as error:
        return f"crash {error!r:.200}"
    for problem in reading.problems:
        if problem.row < 1 or problem.column is None or not str(problem.reason):
            return f"bad problem {problem!r:.200}"
    return "problems" if reading.problem_count else "whole"


class Watch:
    """Time and resident growth of this process, and what its children take, while it is open."""

    def __enter__(self):
        self.process = psutil.Process()
        self.base = self.process.memory_info().rss
        Path("/proc/self/clear_refs").write_text("5")  # the peak starts anew
        self.growth, self.done, self.start = 0, Event(), time.monotonic()
        self.thread = Thread(target=self.look)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.seconds = time.monotonic() - self.start
        self.done.set()
        self.thread.join()
        self.growth = max(self.growth, peak() - self.base)

    def look(self):
        while not self.done.wait(0.01):
            for child in self.process.children():
                try:
                    self.growth = max(self.growth, child.memory_info().rss)
                except psutil.NoSuchProcess:
                    continue


def peak() -> int:
    """The most memory that was resident since the peak was last started anew, in bytes."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


def prove(count: int, reader=read_people, rows=table) -> list[Outcome]:
    batches = [list(range(at, min(at + BATCH, count))) for at in range(0, count, BATCH)]
    with ThreadPoolExecutor(2) as pool:
        read = partial(in_worker, reader=reader, rows=rows)
        return [outcome for batch in pool.map(read, batches) for outcome in batch]


def in_worker(numbers: list[int], reader, rows) -> list[Outcome]:
    """A process for each batch: one that dies breaks its pool, and so the proof."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as worker:
        return worker.submit(read_batch, numbers, reader, rows).result()


def planted(path: Path):
    raise ValueError("planted")


def test_s7_notices_a_reader_that_crashes():
    outcome = read_batch([4], planted)[0]

    assert outcome.result == "crash ValueError('planted')"


def test_s7_reads_files_that_are_whole():
    results = {outcome.name: outcome.result for outcome in read_batch([0, 2, 3])}

    assert results == {"as_text": "whole", "as_xlsx": "whole", "as_ods": "whole"}


def test_s7_reads_files_of_pairs_that_are_whole():
    results = {one.name: one.result for one in read_batch([1, 2, 3], read_pairs, pairs_table)}

    assert results.keys() == {"as_text", "as_xlsx", "as_ods"}
    assert {*results.values()} <= {"whole", "problems"}


LINUX = pytest.mark.skipif(
    not Path("/proc/self/clear_refs").exists(), reason="measured on Linux only"
)


@LINUX
def test_s7_people_files(tell):
    assert_harmless("people", prove(FILES), tell)


@LINUX
def test_s7_pairs_files(tell):
    assert_harmless("pairs", prove(FILES // 2, read_pairs, pairs_table), tell)


def assert_harmless(kind, outcomes, tell):
    found = Counter(outcome.result for outcome in outcomes)
    good = found["whole"] + found["problems"] + found["refused"]
    slowest = max(outcomes, key=lambda outcome: outcome.seconds)
    largest = max(outcomes, key=lambda outcome: outcome.growth)
    tell(
        f"S7 {kind} files: {len(outcomes):,} read, {found['whole']:,} whole, "
        f"{found['problems']:,} with problems, {found['refused']:,} refused, "
        f"{len(outcomes) - good:,} crashes, slowest {slowest.seconds:.2f} s ({slowest.name}), "
        f"largest growth {largest.growth / 2**20:.0f} MiB ({largest.name})"
    )
    assert len(outcomes) >= FILES // 2 > 0
    assert min(found["whole"], found["problems"], found["refused"]) > 0
    assert [o for o in outcomes if o.result not in ("whole", "problems", "refused")] == []
    assert slowest.seconds <= SECONDS
    assert largest.growth <= GROWTH
