"""S7, people files: whatever is done to a file, it is read or refused in plain words.

A worker process reads each mutated file and reports time and resident growth, its own and that of
the processes it starts. The mutations share nothing with the reader.
"""

import csv
import gc
import io
import multiprocessing
import os
import random
import struct
import tempfile
import time
import zipfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

import psutil
import pytest
import xlsxwriter

from upwell.sheets import SheetError, read_people

FILES = int(os.environ.get("UPWELL_PROVE_FILES", "2000"))
SEED = 20_260
BATCH = 100
SECONDS = 10
GROWTH = 256 * 1024 * 1024
HEADER = [
    "Employee ID",
    "Name",
    "E-mail",
    "Level",
    "Office",
    "Manager",
    "End date",
    "Topics",
    "SSN",
]
LEVELS = ["Associate", "Senior", "Manager", "Director", "VP"]
OFFICES = ["London", "NYC", "São Paulo", "Zürich", "Tokyo"]


@dataclass(frozen=True)
class Outcome:
    """What reading one file came to."""

    number: int
    name: str
    result: str
    seconds: float
    growth: int


# Bases: good files in every format.


def table(dice: random.Random) -> list[list[str]]:
    rows = [person(dice, number) for number in range(1, dice.choice([1, 5, 60]) + 1)]
    return [HEADER, *rows]


def person(dice: random.Random, number: int) -> list[str]:
    name = dice.choice(["Ann Lee", "José Núñez", "Zoë Müller", 'Kim "K" Park', "Lee, Bo"])
    day = f"{dice.randint(1, 12)}/{dice.randint(1, 28)}/{dice.choice([2019, 2999])}"
    manager = str(dice.randint(1, number))
    level, office = dice.choice(LEVELS), dice.choice(OFFICES)
    topics = "AI:3; Cloud (2)"
    return [
        str(number),
        name,
        f"p{number}@x.org",
        level,
        office,
        manager,
        day,
        topics,
        "123-45-6789",
    ]


def as_text(dice: random.Random) -> bytes:
    target = io.StringIO()
    writer = csv.writer(
        target, delimiter=dice.choice(",;\t|"), lineterminator=dice.choice(["\n", "\r\n", "\r"])
    )
    writer.writerows(table(dice))
    encoding = dice.choice(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "utf-32"])
    return target.getvalue().encode(encoding)


def as_xlsx(dice: random.Random) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        for name in ["Notes", "People"][dice.randint(0, 1) :]:
            sheet = workbook.add_worksheet(name)
            for at, row in enumerate(table(dice) if name == "People" else [["See the next sheet"]]):
                sheet.write_row(at, 0, row)
    return target.getvalue()


def as_ods(dice: random.Random) -> bytes:
    rows = "".join(ods_row(row) for row in table(dice))
    return ods_file(rows)


def ods_row(row: list[str], extra: str = "") -> str:
    cells = "".join(
        '<table:table-cell office:value-type="string"><text:p>'
        f"{cell.replace('&', '&amp;').replace('<', '&lt;')}</text:p></table:table-cell>"
        for cell in row
    )
    return f"<table:table-row{extra}>{cells}</table:table-row>"


def ods_file(rows: str) -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{space}:office:1.0" '
        f'xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="People">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<?xml version="1.0"?><m:manifest xmlns:m="{space}:manifest:1.0"/>'
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def packed(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, part, compress_type=kind)
    return target.getvalue()


def parts_of(base: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(base)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# Mutations: bytes to bytes.


def flip(base: bytes, dice: random.Random) -> bytes:
    mutant = bytearray(base)
    for _ in range(dice.choice([1, 3, 30])):
        mutant[dice.randrange(len(mutant))] ^= 1 << dice.randrange(8)
    return bytes(mutant)


def truncate(base: bytes, dice: random.Random) -> bytes:
    return base[: dice.randrange(len(base))]


def insert(base: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(base) + 1)
    return base[:at] + dice.randbytes(dice.choice([1, 4, 500])) + base[at:]


def insert_nuls(base: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(base) + 1)
    return base[:at] + b"\0" * dice.choice([1, 2, 3000]) + base[at:]


def double_lines(base: bytes, dice: random.Random) -> bytes:
    lines = base.split(b"\n")
    at = dice.randrange(len(lines))
    return b"\n".join(lines[: at + 1] + lines[at : at + 1] * dice.choice([1, 40]) + lines[at + 1 :])


def drop_lines(base: bytes, dice: random.Random) -> bytes:
    return b"\n".join(line for line in base.split(b"\n") if dice.random() > 0.3)


def double_header(base: bytes, dice: random.Random) -> bytes:
    head, end, rest = base.partition(b"\n")
    return head + end + head + end + rest + dice.choice([b"", head])


def swap_encoding(base: bytes, dice: random.Random) -> bytes:
    text = base.decode(dice.choice(["latin-1", "utf-8", "utf-16"]), "replace")
    return text.encode(dice.choice(["utf-16", "cp1252", "utf-8", "utf-7", "cp037"]), "replace")


def quote(base: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(base) + 1)
    return base[:at] + b'"' * dice.choice([1, 2, 3, 999]) + base[at:]


def giant_cell(base: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(base) + 1)
    size = dice.choice([3_000, 140_000, 3_000_000])
    return base[:at] + dice.choice([b"x", b"1", b"a;", b"\xe9", b"ab "]) * size + base[at:]


def many_columns(base: bytes, dice: random.Random) -> bytes:
    return b"ID,Name" + b",c" * dice.choice([400, 600, 1_000_000]) + b"\n" + base


def many_rows(base: bytes, dice: random.Random) -> bytes:
    return base + dice.choice([b"\n", b"1,a\n", b'"', b",;\t|\n"]) * dice.choice([2_000, 300_000])


def shuffle(base: bytes, dice: random.Random) -> bytes:
    size = dice.choice([16, 100, 1000])
    blocks = [base[at : at + size] for at in range(0, len(base), size)]
    dice.shuffle(blocks)
    return b"".join(blocks)


def odd_words(base: bytes, dice: random.Random) -> bytes:
    words = [b"31/31/2020", b"9" * 400, b"-1", b"1e308", b"%(x)s{}", b"\xff\xfe", b"=1+1", b"None"]
    old = dice.choice([b"London", b"2019", b"Senior", b"2999", b"AI:3", b"@", b"1", b"Name"])
    return base.replace(old, dice.choice(words), dice.choice([1, -1]))


def other_kind(base: bytes, dice: random.Random) -> bytes:
    starts = [
        b"%PDF-1.7",
        b"\x89PNG\r\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"PK\3\4",
        b"<html>",
    ]
    return dice.choice([*starts, b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"{}"]) + base


def inner(base: bytes, dice: random.Random) -> bytes:
    """One part inside the packed file mutated, and the file packed again."""
    parts = parts_of(base)
    name = dice.choice(sorted(parts))
    if parts[name]:
        parts[name] = dice.choice([flip, truncate, shuffle, odd_words, insert])(parts[name], dice)
    return packed(parts)


def bomb(base: bytes, dice: random.Random) -> bytes:
    parts = parts_of(base)
    name = dice.choice(sorted(parts))
    parts[name] = b" " * dice.choice([2, 40]) * 1_000_000 + parts[name]
    return packed(parts)


def lying_size(base: bytes, dice: random.Random) -> bytes:
    """The table of contents claims another size than what is unpacked."""
    parts = parts_of(base)
    name = max(parts, key=lambda part: len(parts[part]))
    swollen = parts[name][:-20] + b" " * 60_000_000
    mutant = bytearray(packed(parts | {name: swollen}))
    at = mutant.rfind(b"PK\1\2", 0, mutant.rfind(name.encode()))
    mutant[at + 24 : at + 28] = struct.pack("<I", dice.choice([1, 1000, 2**32 - 1]))
    return bytes(mutant)


def far_cell(base: bytes, dice: random.Random) -> bytes:
    parts = parts_of(base)
    where = dice.choice([b"XFD1048576", b"XFD1", b"A1048576", b"ZZZZZZ99999999999", b"A0", b"1A"])
    for name, part in parts.items():
        parts[name] = part.replace(b'r="B2"', b'r="' + where + b'"')
    return packed(parts)


def far_row(base: bytes, dice: random.Random) -> bytes:
    extra = f' table:number-rows-repeated="{dice.choice([1_000, 1_048_576, 10**18, -1])}"'
    return ods_file(ods_row(HEADER) + ods_row(person(dice, 1), extra) + ods_row(person(dice, 2)))


def many_entries(base: bytes, dice: random.Random) -> bytes:
    return packed(parts_of(base) | {f"x/{at}": b"" for at in range(dice.choice([100, 3000]))})


ANY = [flip, truncate, insert, insert_nuls, giant_cell, shuffle, other_kind, many_rows]
TEXT = [double_lines, drop_lines, double_header, swap_encoding, quote, many_columns, odd_words]
PACKED = [inner, inner, inner, bomb, lying_size, many_entries]
FORMATS = (
    (as_text, ANY + TEXT + TEXT),
    (as_text, ANY + TEXT + TEXT),
    (as_xlsx, [*ANY, *PACKED, far_cell]),
    (as_ods, [*ANY, *PACKED, far_row]),
)


def mutant(number: int) -> tuple[str, bytes]:
    """The file of a number, with the names of what was done to it."""
    dice = random.Random(SEED * 1_000_000 + number)
    make, mutations = FORMATS[number % len(FORMATS)]
    made, names = make(dice), [make.__name__]
    if number % 40 >= len(FORMATS):  # the others stay whole
        mutation = dice.choice(mutations)
        made = mutation(made, dice)
        names.append(mutation.__name__)
    return " ".join(names), made


# The worker: reads, watches, reports.


def read_batch(numbers: list[int], reader=read_people) -> list[Outcome]:
    with tempfile.TemporaryDirectory() as folder:
        return [read_one(number, Path(folder) / f"{number}.csv", reader) for number in numbers]


def read_one(number: int, path: Path, reader) -> Outcome:
    name, made = mutant(number)
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


def prove(count: int) -> list[Outcome]:
    batches = [list(range(at, min(at + BATCH, count))) for at in range(0, count, BATCH)]
    with ThreadPoolExecutor(2) as pool:
        return [outcome for batch in pool.map(in_worker, batches) for outcome in batch]


def in_worker(numbers: list[int]) -> list[Outcome]:
    """A process for each batch: one that dies breaks its pool, and so the proof."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as worker:
        return worker.submit(read_batch, numbers).result()


def planted(path: Path):
    raise ValueError("planted")


@pytest.fixture
def terminal(pytestconfig):
    return pytestconfig.pluginmanager.getplugin("terminalreporter")


def test_s7_notices_a_reader_that_crashes():
    outcome = read_batch([4], planted)[0]

    assert outcome.result == "crash ValueError('planted')"


def test_s7_reads_files_that_are_whole():
    results = {outcome.name: outcome.result for outcome in read_batch([0, 2, 3])}

    assert results == {"as_text": "whole", "as_xlsx": "whole", "as_ods": "whole"}


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="measured on Linux only")
def test_s7_people_files(terminal, capsys):
    outcomes = prove(FILES)

    found = Counter(outcome.result for outcome in outcomes)
    good = found["whole"] + found["problems"] + found["refused"]
    slowest = max(outcomes, key=lambda outcome: outcome.seconds)
    largest = max(outcomes, key=lambda outcome: outcome.growth)
    with capsys.disabled():
        terminal.ensure_newline()
        terminal.write_line(
            f"S7 people files: {len(outcomes):,} read, {found['whole']:,} whole, "
            f"{found['problems']:,} with problems, {found['refused']:,} refused, "
            f"{len(outcomes) - good:,} crashes, slowest {slowest.seconds:.2f} s ({slowest.name}), "
            f"largest growth {largest.growth / 2**20:.0f} MiB ({largest.name})"
        )
    assert len(outcomes) == FILES > 0
    assert min(found["whole"], found["problems"], found["refused"]) > 0
    assert [o for o in outcomes if o.result not in ("whole", "problems", "refused")] == []
    assert slowest.seconds <= SECONDS
    assert largest.growth <= GROWTH
