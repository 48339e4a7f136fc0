"""What tells people apart, what they are called, and whom a manager column names."""

from collections import Counter
from dataclasses import dataclass

from upwell.sheets.collect import Cells
from upwell.sheets.messages import Message, listed, message, refuse


@dataclass(frozen=True)
class Ids:
    """``column`` holds an id for each row of the file; ``kept`` the rows that are people."""

    column: list[str]
    kept: list[int]
    notices: tuple[Message, ...] = ()


def names_of(cells: Cells) -> list[str]:
    """The full names, "" where unknown."""
    full = cells.columns.get("name")
    first, last = (cells.columns.get(name) for name in ("first_name", "last_name"))
    blank = [""] * len(cells)
    parts = zip(full or blank, first or blank, last or blank, strict=True)
    return [whole or f"{given} {family}".strip() for whole, given, family in parts]


def ids_of(cells: Cells, names: list[str], present: list[bool]) -> Ids:
    """Ids by the id column, else e-mail, else name, whichever tells those present apart."""
    if "id" in cells.columns:
        return Ids(cells.columns["id"], by_column(cells, present))
    there = [at for at, is_there in enumerate(present) if is_there]
    for name, column in (("email", cells.columns.get("email")), ("name", names)):
        if column and tells_apart([column[at] for at in there]):
            header = next(
                cells.plan.header(n)
                for n in (name, "last_name", "first_name")
                if n in cells.columns
            )
            return Ids(column, there, (message("ids_from", column=header),))
    raise refuse("no_id")


def tells_apart(values: list[str]) -> bool:
    return all(values) and len({value.casefold() for value in values}) == len(values)


def by_column(cells: Cells, present: list[bool]) -> list[int]:
    """The rows to keep; the first of equal ids, none without id."""
    first: dict[str, int] = {}
    for at, value in enumerate(cells.columns["id"]):
        if not present[at]:
            continue
        if not value:
            cells.problem(at, "id", value, "id_missing")
        elif first.setdefault(value, at) != at:
            cells.problem(at, "id", value, "id_twice", row=cells.numbers[first[value]])
    return list(first.values())


class Finder:
    """Finds people by id, e-mail or name, among those present and those who have left."""

    def __init__(self, cells: Cells, ids: Ids, names: list[str]) -> None:
        self.ids = set(ids.column)
        self.present = {ids.column[at] for at in ids.kept}
        self.by_email = index(cells.columns.get("email", []), ids)
        self.by_name = index(names, ids) | index([turned(name) for name in names], ids)
        self.outside: Counter[str] = Counter()
        self.left = 0

    def find(self, value: str) -> str | None:
        """The id; the value itself where nobody is found; None where several have the name."""
        if value in self.ids:
            found: str | None = value
        else:
            word = value.casefold()
            found = self.by_email.get(word) or self.by_name.get(word, value)
        if found is not None and found not in self.present:
            self.count(found)
        return found

    def count(self, found: str) -> None:
        if found in self.ids:
            self.left += 1
        else:
            self.outside[found] += 1

    def notices(self) -> list[Message]:
        said = [message("managers_left", count=self.left)] if self.left else []
        if self.outside:
            shown = listed([value for value, _ in self.outside.most_common(6)], 5)
            said.append(message("managers_outside", count=self.outside.total(), shown=shown))
        return said


def index(column: list[str], ids: Ids) -> dict[str, str | None]:
    """Ids by what stands in a column; None where several share it. Those present come first."""
    found: dict[str, str | None] = {}
    for at in ids.kept if column else ():
        word = column[at].casefold()
        found[word] = None if word in found and found[word] != ids.column[at] else ids.column[at]
    for at, value in enumerate(column):
        if ids.column[at]:
            found.setdefault(value.casefold(), ids.column[at])
    found.pop("", None)
    return found


def turned(name: str) -> str:
    """ "Ann Lee" as "Lee, Ann"."""
    first, _, last = name.rpartition(" ")
    return f"{last}, {first}" if first else ""
