"""The People table: what Upwell knows of each person, as columns of equal length."""

from collections import Counter
from dataclasses import dataclass, fields
from functools import cached_property


@dataclass(frozen=True)
class Topic:
    """A topic with how strongly it is offered or wanted: 1 a little, 2 well, 3 very much."""

    name: str
    strength: int = 2


@dataclass(frozen=True)
class People:
    """One entry a person in every column; a column that the source lacks is None.

    Columns
    -------
    ids : unique and not empty.
    names : as shown to a reader.
    levels : a name out of ``level_order``; "" where unknown.
    roles : "mentor", "mentee", "both", "none" for somebody who takes no part, or "" where the
        source says nothing.
    titles, emails, units, teams, offices, regions, service_lines : "" where unknown.
    zones : IANA time zone names; "" where unknown.
    hours : working hours as (start, end) in minutes after local midnight, 0 <= start < 1440 and
        start < end <= start + 1440, so that (1320, 1800) is 22:00 to 06:00; None where unknown.
    languages : names in lower case, sorted.
    offered, wanted : topics, sorted by name.
    managers : the id of the solid-line manager, or of the next one up that line who is in the
        table; "" where the source names no manager, or the person; a value that is no id here where
        the manager could not be identified, or nobody above them is in the table.
    dotted : the ids of dotted-line managers, with the same stand-ins.
    ranked : whom the person would like, by id, from the first choice on; those equally welcome
        stand together. Each other person is named once at most.
    capacities : the number of counterparts a person takes at most, 0 to 50; None where unknown.
    max_mentees, max_mentors : the same as a mentor, and as a mentee; they come before capacities.
    level_order : every level's name, lowest first.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    level_order: tuple[str, ...] = ()
    levels: tuple[str, ...] | None = None
    roles: tuple[str, ...] | None = None
    titles: tuple[str, ...] | None = None
    emails: tuple[str, ...] | None = None
    units: tuple[str, ...] | None = None
    teams: tuple[str, ...] | None = None
    offices: tuple[str, ...] | None = None
    regions: tuple[str, ...] | None = None
    service_lines: tuple[str, ...] | None = None
    zones: tuple[str, ...] | None = None
    hours: tuple[tuple[int, int] | None, ...] | None = None
    languages: tuple[tuple[str, ...], ...] | None = None
    offered: tuple[tuple[Topic, ...], ...] | None = None
    wanted: tuple[tuple[Topic, ...], ...] | None = None
    managers: tuple[str, ...] | None = None
    dotted: tuple[tuple[str, ...], ...] | None = None
    capacities: tuple[int | None, ...] | None = None
    max_mentees: tuple[int | None, ...] | None = None
    max_mentors: tuple[int | None, ...] | None = None
    ranked: tuple[tuple[tuple[str, ...], ...], ...] | None = None

    @cached_property
    def names_apart(self) -> tuple[str, ...]:
        """The names, each with its id where several people have it."""
        times = Counter(self.names)
        return tuple(
            f"{name} ({who})" if times[name] > 1 else name
            for who, name in zip(self.ids, self.names, strict=True)
        )

    def __post_init__(self) -> None:
        for field in fields(self):
            column = getattr(self, field.name)
            if field.name != "level_order" and column is not None and len(column) != len(self.ids):
                raise ValueError(f"{field.name} has {len(column)} entries, ids {len(self.ids)}")
        if len(set(self.ids)) != len(self.ids) or "" in self.ids:
            raise ValueError("ids must be unique and not empty")

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Where each id stands."""
        return {person: row for row, person in enumerate(self.ids)}
