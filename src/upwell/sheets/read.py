"""Reading a file of people: one call, from a path to the People table."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from upwell.sheets.away import away_of
from upwell.sheets.build import build
from upwell.sheets.collect import Cells, collect
from upwell.sheets.fields import FIELDS
from upwell.sheets.header import find_header, open_header
from upwell.sheets.identity import Ids, ids_of, names_of
from upwell.sheets.leavers import presence
from upwell.sheets.levels import LevelOrder, put_in_order
from upwell.sheets.limits import DISTINCT, LEVELS, PROBLEMS
from upwell.sheets.managers import Finder
from upwell.sheets.mapping import Mapping, Place
from upwell.sheets.messages import Message, listed, message, refuse, shorten
from upwell.sheets.offices import is_zone, place_of
from upwell.sheets.people import People
from upwell.sheets.plan import Known, plan
from upwell.sheets.reading import Columns, Format, Reading
from upwell.sheets.source import open_source
from upwell.sheets.units import units_of
from upwell.sheets.words import bare, key

OFFICES = 500


def read_people(
    path: Path,
    *,
    mapping: Mapping | None = None,
    known: Known | None = None,
    level_order: Sequence[str] | None = None,
    today: date | None = None,
) -> Reading:
    """Read a table of people out of a CSV, TSV, XLSX or ODS file.

    Parameters
    ----------
    mapping : what is laid down about the file; the rest is found out.
    known : which field columns of these headers had before ("" for none): the first guess, where
        the mapping names no columns.
    level_order : every level of the file, lowest first, and any that nobody has today; wins over
        the mapping's.
    today : the day before which an end date is past. Without it every end date counts as past.

    Raises
    ------
    SheetError
        Where the file as a whole, its mapping or the order of levels cannot be used.
    """
    wish = mapping or Mapping()
    check_offices(wish)
    with open_source(path, wish) as source:
        header = find_header(source.rows, wanted(wish, known or {}))
        cells = collect(header, plan(header, wish, known or {}), source.format)
    there = presence(cells, wish, today)
    names = names_of(cells)
    ids = ids_of(cells, names, there.present)
    levels = values_of(cells, ids, "level", limit=LEVELS)
    order = put_in_order(levels, level_order or wish.level_order)
    places = places_of(values_of(cells, ids, "office", limit=DISTINCT), wish)
    finder = Finder(cells, ids, names)
    units, separator = units_of(cells, ids.kept, wish.unit_separator)
    people = build(cells, ids, names=names, order=order, places=places, finder=finder, units=units)
    away = away_of(cells, ids.kept, wish.date_order)
    form = replace(source.format, date_order=there.date_order)
    unknown = tuple(sorted(without_zone(people)))
    notices = [*source.notices, *header.notices, *there.notices, *ids.notices]
    notices += [*order_notices(order), *office_notices(unknown), *finder.notices()]
    return Reading(
        people=people,
        mapping=replace(complete(wish, cells, form, order, places), unit_separator=separator),
        columns=cells.plan.reports,
        problems=tuple(sorted(cells.problems.kept, key=lambda problem: problem.row)),
        problem_count=cells.problems.count,
        notices=(*notices, *problem_notices(cells)),
        format=form,
        rows=len(cells),
        left=there.present.count(False),
        status_conflicts=there.conflicts,
        level_order_guessed=order.guessed,
        unplaced_levels=order.unplaced,
        unknown_offices=unknown,
        away=away,
        numbers=tuple(cells.numbers[at] for at in ids.kept),
    )


def read_columns(
    path: Path, *, mapping: Mapping | None = None, known: Known | None = None
) -> Columns:
    """The columns of a file that cannot be read as it is, for a person to say what they are.

    Of a mapping's columns only those that the file has are kept. Raises SheetError where there is
    no header row.
    """
    wish = mapping or Mapping()
    with open_source(path, wish) as source:
        header = open_header(source.rows, wanted(wish, known or {}))
        if wish.columns:
            meant = {bare(name): field for field, name in wish.columns.items()}
            known = dict.fromkeys(header.cells, "") | meant
        found = plan(header, replace(wish, columns={}), known or {})
        form = source.format
    columns = {name: found.header(name) for name in FIELDS if name in found.columns}
    return Columns(found.reports, as_written(replace(wish, columns=columns), form), form)


def as_written(wish: Mapping, form: Format) -> Mapping:
    """The mapping with what was found out about the way the file is written."""
    return replace(wish, encoding=form.encoding, separator=form.separator, sheet=form.sheet)


def wanted(wish: Mapping, known: Known) -> frozenset[str]:
    """Headers that tell where the header is."""
    meant = (header for header, field in known.items() if field)
    return frozenset(map(bare, wish.columns.values() if wish.columns else meant))


def values_of(cells: Cells, ids: Ids, name: str, *, limit: int) -> list[str]:
    """The different values of a column among the people who are kept, in the file's order."""
    column = cells.columns.get(name)
    found = dict.fromkeys(column[at] for at in ids.kept) if column else {}
    if len(found) > limit:
        header = shorten(cells.plan.header(name))
        raise refuse("too_many_different", column=header, limit=f"{limit:,}")
    return [value for value in found if value]


def check_offices(wish: Mapping) -> None:
    for office, place in wish.offices.items():
        if place.zone and not is_zone(place.zone):
            raise refuse("unknown_zone", office=shorten(office), zone=shorten(place.zone))


def places_of(offices: list[str], wish: Mapping) -> dict[str, Place]:
    """Where each office lies: what the mapping says comes before what its name says."""
    own = {key(name): place for name, place in wish.offices.items()}
    found = {}
    for office in offices:
        guess, said = place_of(office), own.get(key(office), Place())
        found[office] = Place(said.zone or guess.zone, said.region or guess.region)
    return found


def complete(
    wish: Mapping, cells: Cells, form: Format, order: LevelOrder, places: dict[str, Place]
) -> Mapping:
    """The mapping with all that was found out, to look at and to change."""
    return replace(
        as_written(wish, form),
        columns={name: cells.plan.header(name) for name in FIELDS if name in cells.plan.columns},
        level_order=order.names,
        offices={**wish.offices, **dict(list(places.items())[:OFFICES])},
        date_order=form.date_order,
    )


def order_notices(order: LevelOrder) -> list[Message]:
    said = {"levels_unplaced": order.unplaced, "levels_unused": order.unused}
    return [message(code, levels=listed(list(of), 40)) for code, of in said.items() if of]


def without_zone(people: People) -> set[str]:
    """The offices of people whose time zone is not known."""
    if people.offices is None or people.zones is None:
        return set()
    located = zip(people.offices, people.zones, strict=True)
    return {office for office, zone in located if office and not zone}


def office_notices(unknown: tuple[str, ...]) -> list[Message]:
    shown = listed(list(unknown), 20)
    return [message("offices_unknown", offices=shown)] if shown else []


def problem_notices(cells: Cells) -> list[Message]:
    more = cells.problems.count > len(cells.problems.kept)
    return [message("more_problems", limit=f"{PROBLEMS:,}")] if more else []
