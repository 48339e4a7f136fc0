"""The People table out of the cells: each column read, and what cannot be read reported."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from upwell.sheets.collect import Cells
from upwell.sheets.hours import read_capacity, read_hours
from upwell.sheets.identity import Ids
from upwell.sheets.levels import LevelOrder, key_of
from upwell.sheets.limits import DISTINCT
from upwell.sheets.managers import SEVERAL, Finder
from upwell.sheets.mapping import Place
from upwell.sheets.messages import refuse, shorten
from upwell.sheets.offices import is_zone
from upwell.sheets.people import People
from upwell.sheets.ranking import Tiers, read_tiers
from upwell.sheets.roles import role_of
from upwell.sheets.topics import UnreadableError, items, read_languages, read_topics

T = TypeVar("T")
EMPTY: tuple[str, ...] = ()
EMPTY_TIERS: Tiers = ()
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,255}")


def build(
    cells: Cells,
    ids: Ids,
    *,
    names: list[str],
    order: LevelOrder,
    places: dict[str, Place],
    finder: Finder,
    units: tuple[str, ...] | None,
) -> People:
    """The people to keep, in the order of the file."""
    column = Columns(cells, ids)
    kept_ids = tuple(ids.column[at] for at in ids.kept)
    return People(
        ids=kept_ids,
        names=tuple(names[at] or ids.column[at] for at in ids.kept),
        level_order=order.names,
        levels=levels(column, order),
        roles=column.read("role", read_role, ""),
        titles=column.texts("title"),
        emails=column.read("email", read_email, ""),
        units=units,
        teams=column.texts("team"),
        offices=column.texts("office"),
        regions=located(column, "region", lambda value: value, places),
        service_lines=column.texts("service_line"),
        zones=located(column, "zone", read_zone, places),
        hours=column.read("hours", read_hours, None),
        languages=distinct(column, "languages", column.read("languages", read_languages, ())),
        offered=distinct(column, "offered", column.read("offered", read_topics, ())),
        wanted=distinct(column, "wanted", column.read("wanted", read_topics, ())),
        managers=managers(column, finder, kept_ids),
        dotted=dotted(column, finder, kept_ids),
        capacities=column.read("capacity", read_capacity, None),
        max_mentees=column.read("max_mentees", read_capacity, None),
        max_mentors=column.read("max_mentors", read_capacity, None),
        ranked=ranked(column, finder),
    )


class Columns:
    """Reads columns for the people who are kept."""

    def __init__(self, cells: Cells, ids: Ids) -> None:
        self.cells, self.kept = cells, ids.kept

    def texts(self, name: str) -> tuple[str, ...] | None:
        column = self.cells.columns.get(name)
        return None if column is None else tuple(column[at] for at in self.kept)

    def read(self, name: str, reader: Callable[[str], T], blank: T) -> tuple[T, ...] | None:
        """Each value read; ``blank`` where there is none or it is reported as unreadable."""
        column = self.cells.columns.get(name)
        if column is None:
            return None
        known: dict[str, T] = {"": blank}
        wrong: dict[str, str] = {}
        for value in {column[at] for at in self.kept} - {""}:
            try:
                known[value] = reader(value)
            except UnreadableError as error:
                wrong[value] = str(error)
        self.report(name, column, wrong)
        return tuple(known.get(column[at], blank) for at in self.kept)

    def report(self, name: str, column: list[str], wrong: dict[str, str]) -> None:
        for at in self.kept if wrong else ():
            if code := wrong.get(column[at]):
                self.cells.problem(at, name, column[at], code)


def levels(column: Columns, order: LevelOrder) -> tuple[str, ...] | None:
    values = column.texts("level")
    if values is None:
        return None
    for at, value in zip(column.kept, values, strict=True):
        if not value:
            column.cells.problem(at, "level", "", "no_level")
    spelled = order.by_key()
    names = {value: spelled[key_of(value)] if value else "" for value in set(values)}
    return tuple(names[value] for value in values)


def read_role(value: str) -> str:
    role = role_of(value)
    if role is None:
        raise UnreadableError("bad_role")
    return role


def read_email(value: str) -> str:
    if not EMAIL.fullmatch(value):
        raise UnreadableError("bad_email")
    return value


def read_list(value: str) -> tuple[str, ...]:
    return tuple(items(value))


def read_zone(value: str) -> str:
    if not is_zone(value):
        raise UnreadableError("bad_zone")
    return value


def located(
    column: Columns, name: str, reader: Callable[[str], str], places: dict[str, Place]
) -> tuple[str, ...] | None:
    """A column of its own wins; what it leaves open comes from the office."""
    own = column.read(name, reader, "")
    offices = column.texts("office")
    if offices is None:
        return own
    derived = [getattr(places[office], name) if office else "" for office in offices]
    if own is None:
        return tuple(derived)
    return tuple(value or other for value, other in zip(own, derived, strict=True))


def distinct(
    column: Columns, name: str, lists: tuple[tuple[T, ...], ...] | None
) -> tuple[tuple[T, ...], ...] | None:
    """The lists with equal entries made one. Raises SheetError where hardly any are equal."""
    known: dict[T, T] = {}
    tuples: dict[tuple[T, ...], tuple[T, ...]] = {}
    for entries in lists or ():
        if entries not in tuples:
            tuples[entries] = tuple(known.setdefault(entry, entry) for entry in entries)
            if len(known) > DISTINCT:
                header = shorten(column.cells.plan.header(name))
                raise refuse("too_many_different", column=header, limit=f"{DISTINCT:,}")
    return None if lists is None else tuple(tuples[entries] for entries in lists)


def managers(column: Columns, finder: Finder, ids: Sequence[str]) -> tuple[str, ...] | None:
    """The managers' ids; a text that is no id where it is not clear who is meant."""
    if "manager" not in column.cells.columns:
        return None
    values = [finder.lines.get(at, "") for at in column.kept]
    for at, value in zip(column.kept, values, strict=True):
        report_several(column, finder, at, "manager", value)
    return tuple(
        finder.manager(value, own) if value else "" for value, own in zip(values, ids, strict=True)
    )


def report_several(column: Columns, finder: Finder, at: int, name: str, value: str) -> None:
    if finder.find(value) == SEVERAL:
        who = finder.candidates(value)
        column.cells.problem(at, name, value, "manager_ambiguous", who=who)


def dotted(
    column: Columns, finder: Finder, ids: Sequence[str]
) -> tuple[tuple[str, ...], ...] | None:
    lists = column.read("dotted", read_list, EMPTY)
    if lists is None:
        return None
    return tuple(
        dotted_of(column, finder, at, values, own)
        for at, values, own in zip(column.kept, lists, ids, strict=True)
    )


def dotted_of(
    column: Columns, finder: Finder, at: int, values: tuple[str, ...], own: str
) -> tuple[str, ...]:
    for value in dict.fromkeys(values):
        report_several(column, finder, at, "dotted", value)
    found = [finder.manager(value, own) for value in values if finder.find(value) != SEVERAL]
    return tuple(dict.fromkeys(one for one in found if one))


def ranked(column: Columns, finder: Finder) -> tuple[Tiers, ...] | None:
    """Whom each person ranks, by id; what is nobody among the people kept is reported."""
    lists = column.read("ranked", lambda value: read_tiers(value, finder.knows), EMPTY_TIERS)
    if lists is None:
        return None
    return tuple(
        ranked_of(column, finder, at, tiers) for at, tiers in zip(column.kept, lists, strict=True)
    )


def ranked_of(column: Columns, finder: Finder, at: int, tiers: Tiers) -> Tiers:
    seen: set[int] = set()
    found = [tuple(new_among(column, finder, at, tier, seen)) for tier in tiers]
    return tuple(filter(None, found))


def new_among(
    column: Columns, finder: Finder, at: int, tier: tuple[str, ...], seen: set[int]
) -> Iterator[str]:
    """The ids of those in the tier who are not yet ``seen``."""
    for value in tier:
        person = finder.find(value)
        if code := not_ranked(person, finder, at, seen):
            column.cells.problem(at, "ranked", value, code)
        else:
            seen.add(person)
            yield finder.ids[person]


def not_ranked(person: int, finder: Finder, at: int, seen: set[int]) -> str:
    """Why this person of that row is left out of a ranking; "" where they are not."""
    if person == SEVERAL:
        return "ranked_several"
    if person not in finder.kept:
        return "ranked_nobody"
    if person == at:
        return "ranked_self"
    return "ranked_twice" if person in seen else ""
