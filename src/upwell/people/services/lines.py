"""To whom the people of a file report, found among those of the file and of the directory."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from uuid import UUID

from upwell.people.models import ReportingLine
from upwell.people.services.facts import NAME, fit
from upwell.people.services.snapshot import Line, Snapshot
from upwell.sheets import People

SOLID, DOTTED = ReportingLine.Kind.SOLID.value, ReportingLine.Kind.DOTTED.value
MANY_MISSING = 0.25
CANDIDATES = 4


@dataclass
class Sought:
    """How often people name a manager, and the rows of those whose manager is nowhere found.

    ``candidates`` holds the IDs of those who may be meant by a text that several go by.
    """

    named: int = 0
    missing: dict[str, list[int]] = field(default_factory=dict)
    candidates: dict[str, list[str]] = field(default_factory=dict)

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
    """Finds a manager by ID, or by an e-mail address or name that one alone has.

    The names and addresses of the file count, and those of the directory for whoever is here.
    """

    def __init__(self, snapshot: Snapshot, keys: Mapping[str, UUID], people: People) -> None:
        self.by_id = {id_: known.pk for id_, known in snapshot.people.items()} | dict(keys)
        here = [(known.facts, id_) for id_, known in snapshot.people.items() if known.is_active]
        file_names = zip(people.names, people.ids, strict=True)
        file_emails = zip(people.emails or (), people.ids, strict=False)
        names = ((facts.name, id_) for facts, id_ in here)
        emails = ((facts.contact_email, id_) for facts, id_ in here)
        self.ids_by_name = ids_by_word(chain(names, file_names))
        self.ids_by_email = ids_by_word(chain(emails, file_emails))

    def find(self, said: str) -> UUID | None:
        """None also where it is not clear who of several is meant."""
        candidates = self.candidates(said)
        return self.by_id.get(candidates[0]) if len(candidates) == 1 else None

    def candidates(self, said: str) -> list[str]:
        """The IDs of those who may be meant, a few of them."""
        word = said.casefold()
        if said in self.by_id:
            return [said]
        return self.ids_by_email.get(word) or self.ids_by_name.get(word) or []

    def line(self, kind: str, said: str, own: UUID) -> Line | None:
        """None where nobody is named, or the person."""
        found = self.find(said)
        if not said or found == own:
            return None
        return Line(kind, found) if found else Line(kind, None, fit(said, NAME))


def ids_by_word(words: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The IDs of those who go by a word, a few of each."""
    found: dict[str, list[str]] = {}
    for word, id_ in words:
        ids = found.setdefault(word.casefold(), [])
        if len(ids) < CANDIDATES and id_ not in ids:
            ids.append(id_)
    found.pop("", None)
    return found


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
    sought.candidates = {said: ids for said in sought.missing if (ids := managers.candidates(said))}
    return changed, sought


COLUMNS = {SOLID: "managers", DOTTED: "dotted"}


def lines_of(people: People, row: int, managers: Managers, person: UUID) -> frozenset[Line]:
    named = [(SOLID, people.managers[row])] if people.managers else []
    named += [(DOTTED, said) for said in people.dotted[row]] if people.dotted else []
    lines = (managers.line(kind, said, person) for kind, said in named)
    return frozenset(line for line in lines if line)
