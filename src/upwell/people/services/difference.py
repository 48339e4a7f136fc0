"""What a file would change in the directory. Nothing here touches the database."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from upwell.people.services.facts import Columns, fit
from upwell.people.services.lines import Managers, Sought, changed_lines
from upwell.people.services.meant_units import MeantUnits, with_above
from upwell.people.services.repairs import Repairs, repair_lines
from upwell.people.services.snapshot import Facts, Known, Line, Snapshot
from upwell.sheets import Place, Reading
from upwell.sheets.reading import Spans

LONGEST_ID = 200
STORED = (
    "levels",
    "titles",
    "emails",
    "units",
    "teams",
    "offices",
    "regions",
    "service_lines",
    "zones",
    "hours",
    "languages",
    "managers",
    "dotted",
)
LEAVING_SHARE = 0.02


@dataclass(frozen=True)
class Difference:
    """All that is to be written, computed from one revision.

    ``added`` and ``changed`` hold facts by key, ``fields`` the names of those that change for
    anybody, ``returning`` those of the changed who had left.
    ``lines`` holds every line that a person is to have, for those whose lines change.
    ``levels`` is the order to be, lowest first; empty where it stays.
    ``spared`` counts people with a role whom the file lacks, ``left_out`` those with an ID that
    is too long. ``sought`` tells of managers by the rows of the table. ``unrepaired`` names
    managers of repairs who are not found, ``staying`` those who are spared.
    """

    revision: int
    ids: dict[UUID, str] = field(default_factory=dict)
    added: dict[UUID, Facts] = field(default_factory=dict)
    changed: dict[UUID, Facts] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    returning: frozenset[UUID] = frozenset()
    leaving: dict[UUID, str] = field(default_factory=dict)
    lines: dict[UUID, frozenset[Line]] = field(default_factory=dict)
    away: dict[UUID, Spans] = field(default_factory=dict)
    levels: tuple[str, ...] = ()
    units: frozenset[str] = frozenset()
    offices: dict[str, Place] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    active: int = 0
    unchanged: int = 0
    spared: int = 0
    left_out: int = 0
    sought: Sought = field(default_factory=Sought)
    unrepaired: tuple[str, ...] = ()
    staying: dict[UUID, str] = field(default_factory=dict)
    before: Snapshot = field(default_factory=lambda: Snapshot(0), repr=False, compare=False)

    @property
    def is_empty(self) -> bool:
        return not (
            self.added
            or self.changed
            or self.leaving
            or self.lines
            or self.away
            or self.levels
            or self.units
            or self.offices
            or self.columns
        )

    @property
    def counts(self) -> dict[str, int]:
        """The figures of the preview; people whose lines alone change are changed, too."""
        touched = self.changed.keys() | self.lines.keys() | self.away.keys()
        touched -= self.added.keys()
        return {
            "added": len(self.added),
            "changed": len(touched - self.returning),
            "returning": len(self.returning),
            "leaving": len(self.leaving),
            "unchanged": self.unchanged,
            "active": self.active,
            "spared": self.spared,
            "left_out": self.left_out,
        }

    @property
    def needs_confirmation(self) -> bool:
        return needs_confirmation(len(self.leaving), self.active)


def needs_confirmation(leaving: int, active: int) -> bool:
    """Whether so many would leave that somebody must say yes to the number."""
    return leaving > LEAVING_SHARE * active


def compare(
    reading: Reading, snapshot: Snapshot, *, is_whole: bool, repairs: Repairs | None = None
) -> Difference:
    """The difference; by a file that is not whole, nobody leaves.

    ``repairs`` says of people by ID who their manager is; "" for not known.
    """
    people, offices = reading.people, places(reading, snapshot)
    rows = {row: id_ for row, id_ in enumerate(people.ids) if len(id_) <= LONGEST_ID}
    keys = {id_: keyed(id_, snapshot) for id_ in rows.values()}
    facts = {keys[id_]: facts for id_, facts in facts_by_id(reading, rows, offices, snapshot)}
    known = {one.pk: one for one in snapshot.people.values()}
    added = {pk: one for pk, one in facts.items() if pk not in known}
    changed = {
        pk: one
        for pk, one in facts.items()
        if pk in known and (one != known[pk].facts or not known[pk].is_active)
    }
    managers = Managers(snapshot, keys, people)
    lines, sought = changed_lines(people, rows, managers, snapshot)
    unrepaired = repair_lines(lines, repairs or {}, managers, snapshot)
    away = changed_away(reading, keys, snapshot)
    gone = missing(snapshot, keys) if is_whole else {}
    return Difference(
        revision=snapshot.revision,
        ids={keys[id_]: id_ for id_ in rows.values() if keys[id_] in added},
        added=added,
        changed=changed,
        fields=changed_fields(changed, known),
        returning=frozenset(pk for pk in changed if not known[pk].is_active),
        leaving={pk: name for pk, name in gone.items() if pk not in snapshot.with_role},
        lines=lines,
        away=away,
        levels=level_order(reading, snapshot),
        units=new_units([*added.values(), *changed.values()], snapshot),
        offices=offices,
        columns=new_columns(reading, snapshot),
        active=sum(one.is_active for one in known.values()),
        unchanged=len(rows) - len(added.keys() | changed.keys() | lines.keys() | away.keys()),
        spared=sum(pk in snapshot.with_role for pk in gone),
        left_out=len(people) - len(rows),
        sought=sought,
        unrepaired=unrepaired,
        staying={pk: name for pk, name in gone.items() if pk in snapshot.with_role},
        before=snapshot,
    )


def changed_fields(changed: dict[UUID, Facts], known: dict[UUID, Known]) -> tuple[str, ...]:
    """The names of the facts that differ for at least one person."""
    pairs = [(facts, known[pk].facts) for pk, facts in changed.items()]
    return tuple(
        name
        for at, name in enumerate(Facts._fields)
        if any(new[at] != old[at] for new, old in pairs)
    )


def facts_by_id(
    reading: Reading, rows: dict[int, str], offices: dict[str, Place], snapshot: Snapshot
) -> Iterator[tuple[str, Facts]]:
    """Each person's ID and what is true of them by the file."""
    columns = Columns(reading.people, snapshot.offices | offices, MeantUnits(snapshot))
    for row, id_ in rows.items():
        old = snapshot.people.get(id_)
        yield id_, columns.facts(row, old.facts if old else None)


def keyed(id_: str, snapshot: Snapshot) -> UUID:
    return snapshot.people[id_].pk if id_ in snapshot.people else uuid4()


def changed_away(reading: Reading, keys: dict[str, UUID], snapshot: Snapshot) -> dict[UUID, Spans]:
    """When people are away, of those for whom the file says something new."""
    if reading.away is None:
        return {}
    said = zip(reading.people.ids, reading.away, strict=True)
    found = {keys[id_]: spans for id_, spans in said if id_ in keys}
    return {pk: spans for pk, spans in found.items() if spans != snapshot.away.get(pk, ())}


def used(names: Iterable[str]) -> frozenset[str]:
    return frozenset(names) - {""}


def new_units(people: Iterable[Facts], snapshot: Snapshot) -> frozenset[str]:
    """The paths of units that the directory lacks, with those above them."""
    return with_above(used(one.unit for one in people)) - snapshot.units


def missing(snapshot: Snapshot, keys: dict[str, UUID]) -> dict[UUID, str]:
    """The active people whom the file lacks, by key with their names."""
    return {
        known.pk: known.facts.name
        for id_, known in snapshot.people.items()
        if known.is_active and id_ not in keys
    }


def places(reading: Reading, snapshot: Snapshot) -> dict[str, Place]:
    """Offices that are new, or of which the file says something else. Unknown keeps what is."""
    found = {}
    for said_name in used(reading.people.offices or ()):
        name, said = fit(said_name), reading.mapping.offices.get(said_name, Place())
        old = snapshot.offices.get(name, Place())
        place = Place(said.zone or old.zone, fit(said.region) or old.region)
        if name not in snapshot.offices or place != old:
            found[name] = place
    return found


def level_order(reading: Reading, snapshot: Snapshot) -> tuple[str, ...]:
    """The order of all levels; a guess gives way to the order there is. Empty where it stays."""
    file = tuple(dict.fromkeys(map(fit, reading.people.level_order)))
    if reading.level_order_guessed:
        order = merged(snapshot.levels, file)
    else:
        order = merged(file, snapshot.levels)
    return () if order == snapshot.levels else order


def merged(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    """The first order, with what only the second names put behind the one it follows there."""
    order = list(first)
    for at, name in enumerate(second):
        if name not in order:
            before = second[at - 1] if at else ""
            order.insert(order.index(before) + 1 if before else 0, name)
    return tuple(order)


def new_columns(reading: Reading, snapshot: Snapshot) -> tuple[str, ...]:
    """All columns ever filled, where this file fills one for the first time."""
    filled = {name for name in STORED if any(getattr(reading.people, name) or ())}
    return tuple(sorted(snapshot.columns | filled)) if filled - snapshot.columns else ()
