"""Units as a path from the top, out of a column of paths or of the unit above each unit."""

import re
from collections.abc import Iterable, Iterator

from upwell.sheets.collect import Cells
from upwell.sheets.messages import listed, refuse

JOINT = " / "
"""Stands between the units of a path, and in no name of one."""
SEPARATORS = {
    ">": re.compile(r"\s*>\s*"),
    "\\": re.compile(r"\s*\\\s*"),
    "|": re.compile(r"\s*\|\s*"),
    "/": re.compile(r"\s*/\s*"),
}
SPACED = re.compile(r"\s+/\s+")  # a slash without space may be part of a name
DEEPEST = 12


def units_of(cells: Cells, kept: list[int], wished: str) -> tuple[tuple[str, ...] | None, str]:
    """The paths of those kept, and the separator found; ``wished`` is what the mapping says.

    Raises SheetError where units stand above each other in a circle.
    """
    column, above = cells.columns.get("unit"), cells.columns.get("parent_unit")
    if column is None:
        return None, wished
    if above is not None:
        parents = parents_of(cells, kept, column, above)
        refuse_loops(cells, kept, column, parents)
        paths = {unit: chain(unit, parents) for unit in {column[at] for at in kept}}
        return tuple(joined(cells, at, paths[column[at]]) for at in kept), wished
    values = {column[at] for at in kept}
    separator = wished or found(values)
    split = {value: parts(value, separator, is_wished=bool(wished)) for value in values}
    return tuple(joined(cells, at, split[column[at]]) for at in kept), separator


def found(values: Iterable[str]) -> str:
    """The separator that stands between names in any of the values; "" for none."""
    values = list(values)
    for separator in (">", "\\", "|"):
        if any(len(parts(value, separator)) > 1 for value in values if separator in value):
            return separator
    return "/" if any(len(parts(value, "/")) > 1 for value in values if "/" in value) else ""


def parts(value: str, separator: str, *, is_wished: bool = False) -> list[str]:
    """The names of a path. A slash parts them without space only where it is wished for."""
    pattern = SEPARATORS.get(separator)
    if separator == "/" and not is_wished:
        pattern = SPACED
    found = pattern.split(value) if pattern else [value]
    return [plain(part) for part in found if part.strip()]


def plain(name: str) -> str:
    return name.strip().replace(JOINT, "/")


def joined(cells: Cells, at: int, names: list[str]) -> str:
    if len(names) > DEEPEST:
        value = cells.columns["unit"][at]
        cells.problem(at, "unit", value, "unit_too_deep", limit=DEEPEST)
        return ""
    return JOINT.join(names)


def parents_of(
    cells: Cells, kept: list[int], column: list[str], above: list[str]
) -> dict[str, str]:
    """The unit above each unit; of several the first, and the others are problems."""
    parents: dict[str, str] = {}
    for at in kept:
        unit, parent = column[at], above[at]
        if unit and parent and parents.setdefault(unit, parent) != parent:
            cells.problem(at, "parent_unit", parent, "unit_two_parents", parent=parents[unit])
    return parents


def chain(unit: str, parents: dict[str, str]) -> list[str]:
    return [plain(name) for name in reversed(list(upwards(unit, parents))) if name]


def upwards(unit: str, parents: dict[str, str]) -> Iterator[str]:
    """The unit and those above it, which are known not to go round in a circle."""
    at: str | None = unit
    while at is not None:
        yield at
        at = parents.get(at)


def refuse_loops(cells: Cells, kept: list[int], column: list[str], parents: dict[str, str]) -> None:
    done: set[str] = set()
    for unit in parents:
        path: list[str] = []
        at: str | None = unit
        while at is not None and at not in done:
            if at in path:
                circle = path[path.index(at) :]
                rows = [str(cells.numbers[one]) for one in kept if column[one] in circle]
                named = listed([*circle, at], limit=len(circle) + 1)
                raise refuse("unit_loop", units=named, rows=listed(rows))
            path.append(at)
            at = parents.get(at)
        done.update(path)
