"""Mutants of good tables of people or pairs: bytes to bytes, the same for the same number."""

import random
import struct

from tests.security.good_files import (
    HEADER,
    Rows,
    as_ods,
    as_text,
    as_xlsx,
    ods_file,
    ods_row,
    packed,
    parts_of,
    person,
    table,
    text_file,
    xlsx_file,
)

SEED = 20_260


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


def long_cell(dice: random.Random, longest: int, rows_of: Rows) -> list[list[str]]:
    """A table in which one cell, or a whole column, is a run of one character or two."""
    rows = rows_of(dice)
    run = dice.choice([" ", "9", "a", "@", ".", ":", "-", "_", ",", "/", "a@", "@.", "9 ", "a "])
    start, end = dice.choice([("", ""), ("9", "x"), ("a@", " b"), ("9-", "!"), ("1/1/2020", "x")])
    size = dice.choice([300, 1_980, longest]) // len(run)
    column = dice.randrange(len(rows[0]))
    at = dice.randrange(len(rows))
    for row in rows[at : dice.choice([at + 1, len(rows)])]:
        row[column] = f"{start}{run * size}{end}"
    return rows


def long_text_cell(base: bytes, dice: random.Random, rows: Rows = table) -> bytes:
    return text_file(long_cell(dice, 120_000, rows), dice)


def long_xlsx_cell(base: bytes, dice: random.Random, rows: Rows = table) -> bytes:
    return xlsx_file(long_cell(dice, 32_000, rows), dice)


def long_ods_cell(base: bytes, dice: random.Random, rows: Rows = table) -> bytes:
    return ods_file("".join(ods_row(row) for row in long_cell(dice, 120_000, rows)))


OWN_TABLE = {long_text_cell, long_xlsx_cell, long_ods_cell}
"""They make a table anew instead of spoiling one."""
ANY = [flip, truncate, insert, insert_nuls, giant_cell, shuffle, other_kind, many_rows]
TEXT = [
    double_lines,
    drop_lines,
    double_header,
    swap_encoding,
    quote,
    many_columns,
    odd_words,
    long_text_cell,
]
PACKED = [inner, inner, inner, bomb, lying_size, many_entries]
FORMATS = (
    (as_text, ANY + TEXT + TEXT),
    (as_text, ANY + TEXT + TEXT),
    (as_xlsx, [*ANY, *PACKED, far_cell, long_xlsx_cell]),
    (as_ods, [*ANY, *PACKED, far_row, long_ods_cell]),
)


def mutant(number: int, rows: Rows = table) -> tuple[str, bytes]:
    """The file of a number, with the names of what was done to it."""
    dice = random.Random(SEED * 1_000_000 + number)
    make, mutations = FORMATS[number % len(FORMATS)]
    made, names = make(dice, rows), [make.__name__]
    if number % 40 >= len(FORMATS):  # the others stay whole
        mutation = dice.choice(mutations)
        made = mutation(made, dice, *([rows] if mutation in OWN_TABLE else []))
        names.append(mutation.__name__)
    return " ".join(names), made
