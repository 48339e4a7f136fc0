"""The kinds of changes that a file brings, with the people and rows of each, for a preview."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from upwell.people.services.difference import Difference
from upwell.people.services.lines import DOTTED, SOLID
from upwell.people.services.loops import loops_after, under_leavers
from upwell.people.services.snapshot import Facts, Line
from upwell.sheets import Reading

FIRST = 50
LOOPS = 20
LONGEST_LOOP = 20
FIELDS = {
    "unit": "moved",
    "level": "level",
    "office": "office",
    "title": "title",
    "name": "name",
    "contact_email": "contact",
}
KINDS = (
    *("added", "returning", "leaving", "moved", "manager", "dotted", "level", "office", "title"),
    *("name", "contact", "other", "orphan"),
)


@dataclass
class Kind:
    """One kind of change; ``first`` holds the first people, each with the row and both values."""

    count: int = 0
    first: list[dict[str, Any]] = field(default_factory=list)

    def add(self, **person: Any) -> None:
        self.count += 1
        if len(self.first) < FIRST:
            self.first.append(person)


class Book:
    """Names and rows of everybody whom a difference is about."""

    def __init__(self, reading: Reading, difference: Difference) -> None:
        self.reading, self.difference = reading, difference
        self.before = {known.pk: known for known in difference.before.people.values()}
        self.ids = {known.pk: id_ for id_, known in difference.before.people.items()}
        self.ids |= difference.ids

    def name(self, person: UUID) -> str:
        facts = self.facts(person)
        return facts.name if facts else ""

    def facts(self, person: UUID) -> Facts | None:
        new = self.difference.added.get(person) or self.difference.changed.get(person)
        known = self.before.get(person)
        return new or (known.facts if known else None)

    def row(self, person: UUID) -> int:
        """The row of the file; 0 for somebody whom it lacks."""
        at = self.reading.people.row_of.get(self.ids.get(person, ""))
        return 0 if at is None or not self.reading.numbers else self.reading.numbers[at]

    def managers(self, lines: frozenset[Line], kind: str) -> str:
        found = [line for line in lines if line.kind == kind]
        named = (self.name(line.manager) if line.manager else line.named for line in found)
        return ", ".join(sorted(named))


def changes_of(reading: Reading, difference: Difference) -> dict[str, Any]:
    """Counts and first people of each kind, and the loops, ready for JSON."""
    book = Book(reading, difference)
    kinds = {name: Kind() for name in KINDS}
    for kind, person, was, now in sorted_changes(book):
        kinds[kind].add(row=book.row(person), name=book.name(person), was=was, now=now)
    loops, new = loops_after(difference)
    return {
        "kinds": [
            {"kind": name, "count": kind.count, "first": kind.first}
            for name, kind in kinds.items()
            if kind.count
        ],
        "loops": in_order(
            [told(book, loop, is_new=at < new) for at, loop in enumerate(loops[:LOOPS])]
        ),
        "loop_count": len(loops),
        "new_loops": new,
    }


def in_order(loops: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """New ones first, then as the file names their first people."""
    return sorted(
        loops,
        key=lambda loop: (not loop["is_new"], loop["people"][0]["row"], loop["people"][0]["id"]),
    )


def sorted_changes(book: Book) -> list[tuple[str, UUID, str, str]]:
    return sorted(all_changes(book), key=lambda change: (book.row(change[1]), change[1]))


def all_changes(book: Book) -> Iterator[tuple[str, UUID, str, str]]:
    """The kind, the person, and what was and will be."""
    found = book.difference
    yield from (("added", person, "", "") for person in found.added)
    yield from (("returning", person, "", "") for person in found.returning)
    yield from (("leaving", person, "", "") for person in found.leaving)
    for person, facts in found.changed.items():
        for kind, was, now in told_facts(book.before[person].facts, facts):
            yield kind, person, was, now
    for person, lines in found.lines.items():
        if person not in found.added:
            yield from line_changes(book, person, lines)
    for person, manager in under_leavers(found):
        yield "orphan", person, "", book.name(manager)


def told_facts(old: Facts, new: Facts) -> Iterator[tuple[str, str, str]]:
    others = []
    for name in Facts._fields:
        was, now = getattr(old, name), getattr(new, name)
        if was != now and name in FIELDS:
            yield FIELDS[name], was, now
        elif was != now:
            others.append(name)
    if others:
        yield "other", "", ""


def line_changes(
    book: Book, person: UUID, lines: frozenset[Line]
) -> Iterator[tuple[str, UUID, str, str]]:
    old = book.difference.before.lines.get(person, frozenset())
    for kind, name in ((SOLID, "manager"), (DOTTED, "dotted")):
        was, now = book.managers(old, kind), book.managers(lines, kind)
        if was != now:
            yield name, person, was, now


def told(book: Book, loop: tuple[UUID, ...], *, is_new: bool) -> dict[str, Any]:
    """A loop from its first row on; people whom the file lacks come last."""
    rows = [(not book.row(person), book.row(person), book.ids.get(person, "")) for person in loop]
    first = rows.index(min(rows))
    loop = loop[first:] + loop[:first]
    people = [
        {
            "id": book.ids.get(person, ""),
            "name": book.name(person),
            "row": book.row(person),
            "manager": book.name(loop[(at + 1) % len(loop)]),
        }
        for at, person in enumerate(loop[:LONGEST_LOOP])
    ]
    return {"is_new": is_new, "people": people, "more": max(len(loop) - LONGEST_LOOP, 0)}
