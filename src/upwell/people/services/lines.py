"""To whom the people of a file report, found among those of the file and of the directory."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from upwell.people.models import ReportingLine
from upwell.people.services.facts import NAME, fit
from upwell.people.services.snapshot import Known, Line, Snapshot
from upwell.sheets import People

SOLID, DOTTED = ReportingLine.Kind.SOLID.value, ReportingLine.Kind.DOTTED.value
MANY_MISSING = 0.25


@dataclass
class Sought:
    """How often people name a manager, and the rows of those whose manager is nowhere found."""

    named: int = 0
    missing: dict[str, list[int]] = field(default_factory=dict)

    def add(self, row: int, lines: Iterable[Line]) -> None:
        for line in lines:
            self.named += 1
            if line.manager is None:
                self.missing.setdefault(line.named, []).append(row)

    @property
    def missing_count(self) -> int:
        return sum(map(len, self.missing.values()))

    @property
    def are_many_missing(self) -> bool:
        """Whether so many are missing that a column is probably not what it is read as."""
        return self.missing_count > MANY_MISSING * self.named


class Managers:
    """Finds a manager by ID; in the directory also by an e-mail address or name only one has."""

    def __init__(self, snapshot: Snapshot, keys: Mapping[str, UUID]) -> None:
        self.by_id = {id_: known.pk for id_, known in snapshot.people.items()} | dict(keys)
        active = [known for known in snapshot.people.values() if known.is_active]
        by_name = only_ones((known.facts.name, known) for known in active)
        self.by_word = by_name | only_ones((known.facts.contact_email, known) for known in active)

    def line(self, kind: str, said: str, own: UUID) -> Line | None:
        """None where nobody is named, or the person."""
        found = self.by_id.get(said) or self.by_word.get(said.casefold())
        if not said or found == own:
            return None
        return Line(kind, found) if found else Line(kind, None, fit(said, NAME))


def only_ones(words: Iterable[tuple[str, Known]]) -> dict[str, UUID]:
    """Who goes by a word that nobody else goes by."""
    found: dict[str, UUID | None] = {}
    for word, known in words:
        key = word.casefold()
        found[key] = known.pk if key not in found else None
    return {word: pk for word, pk in found.items() if word and pk}


def changed_lines(
    people: People, rows: Mapping[int, str], managers: Managers, snapshot: Snapshot
) -> tuple[dict[UUID, frozenset[Line]], Sought]:
    """The lines that people are to have, of those whose lines change; and who was sought."""
    changed: dict[UUID, frozenset[Line]] = {}
    sought = Sought()
    if people.managers is None and people.dotted is None:
        return changed, sought
    for row, id_ in rows.items():
        person = managers.by_id[id_]
        old = snapshot.lines.get(person, frozenset())
        new = lines_of(people, row, managers, person)
        sought.add(row, new)
        kept = {line for line in old if getattr(people, COLUMNS[line.kind]) is None}
        if old != new | kept:
            changed[person] = frozenset(new | kept)
    return changed, sought


COLUMNS = {SOLID: "managers", DOTTED: "dotted"}


def lines_of(people: People, row: int, managers: Managers, person: UUID) -> frozenset[Line]:
    named = [(SOLID, people.managers[row])] if people.managers else []
    named += [(DOTTED, said) for said in people.dotted[row]] if people.dotted else []
    lines = (managers.line(kind, said, person) for kind, said in named)
    return frozenset(line for line in lines if line)
