"""The People table of a run, kept so that its certificate can be checked again."""

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

from upwell.pairs.models import MatchRun
from upwell.policy import Policy
from upwell.programs.services.table import CohortTable
from upwell.sheets import People, Topic
from upwell.sheets.table import table_rows, with_sides_clear
from upwell.sheets.write import Cell

SHOWN_ONLY = ("titles", "emails", "offices", "service_lines")
OF_PARTICIPANTS: dict[str, Any] = {
    **dict.fromkeys(("units", "teams", "regions"), ""),
    **dict.fromkeys(("offered", "wanted", "languages", "ranked"), ()),
    **dict.fromkeys(("hours", "capacities", "max_mentees", "max_mentors"), None),
}


@dataclass(frozen=True, eq=False)
class Inputs:
    """What a run was computed from; ``enrollments`` are those of the ids that take part."""

    people: People
    enrollments: Mapping[str, UUID]


def pack(table: CohortTable) -> bytes:
    """Only what decides the result: no names, and of others no more than lines and levels."""
    kept = asdict(needed(table.people))
    enrollments = {person: str(pk) for person, pk in table.enrollments.items()}
    body = json.dumps({"people": kept, "enrollments": enrollments}, separators=(",", ":"))
    return zlib.compress(body.encode())


def needed(people: People) -> People:
    roles = people.roles or ()
    taking_part = [role != "none" for role in roles]
    columns: dict[str, Any] = {
        name: tuple(
            value if is_in else blank for value, is_in in zip(column, taking_part, strict=True)
        )
        for name, blank in OF_PARTICIPANTS.items()
        if (column := getattr(people, name)) is not None
    }
    unnamed: dict[str, Any] = {"names": ("",) * len(people), **dict.fromkeys(SHOWN_ONLY)}
    return replace(people, **unnamed, **columns)


def unpack(stored: bytes) -> Inputs:
    body = json.loads(zlib.decompress(stored))
    columns = body["people"]
    values: dict[str, Any] = {name: frozen(column) for name, column in columns.items()}
    for name in ("offered", "wanted"):
        values[name] = columns[name] and tuple(map(read_topics, columns[name]))
    people = People(**values)
    enrollments = {person: UUID(pk) for person, pk in body["enrollments"].items()}
    return Inputs(people, enrollments)


def table_of_run(run: MatchRun) -> Iterator[list[Cell]]:
    """What the run was computed from, as rows of a file that proves its certificate."""
    policy = Policy.from_json(run.policy_json)
    people = unpack(bytes(run.inputs)).people
    return table_rows(with_sides_clear(people, (*policy.mentors.levels, *policy.mentees.levels)))


def frozen(value: Any) -> Any:
    """Lists of JSON, at any depth, as the tuples they were."""
    return tuple(map(frozen, value)) if isinstance(value, list) else value


def read_topics(topics: list[dict[str, Any]]) -> tuple[Topic, ...]:
    return tuple(Topic(**topic) for topic in topics)
