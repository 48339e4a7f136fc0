"""Whom a manager column names, in any row of the file, and who stands in for those not there."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from upwell.sheets.collect import Cells
from upwell.sheets.identity import Ids
from upwell.sheets.messages import Message, listed, message

NOBODY = -1
SEVERAL = -2
CANDIDATES = 4


class Finder:
    """Finds people by id, e-mail or name, among the people kept and all other rows.

    A person is a row: the first of equal ids, kept ones before others.
    """

    def __init__(self, cells: Cells, ids: Ids, names: list[str]) -> None:
        self.ids = ids.column
        self.numbers = cells.numbers
        self.kept = frozenset(ids.kept)
        others = [at for at in range(len(ids.column)) if at not in self.kept]
        self.groups: tuple[Sequence[int], ...] = (ids.kept, others)
        self.by_id: dict[str, int] = {}
        self.lines: dict[int, str] = {}
        self.read_lines(cells.columns.get("manager", []))
        self.words = (cells.columns.get("email", []), [turned(name) for name in names], names)
        self.by_email, turned_names, full_names = map(self.index, self.words)
        self.by_name = turned_names | full_names
        self.stand_ins: dict[int, int] = {}
        self.outside: Counter[str] = Counter()
        self.rows_outside: list[int] = []
        self.left = 0

    def read_lines(self, column: list[str]) -> None:
        """The manager each person names; where rows share an id, the first that names any."""
        for at in (at for group in self.groups for at in group):
            if self.ids[at]:
                self.by_id.setdefault(self.ids[at], at)
            if column and column[at]:
                self.lines.setdefault(self.person(at), column[at])

    def person(self, at: int) -> int:
        return self.by_id.get(self.ids[at], at)

    def index(self, column: list[str]) -> dict[str, int]:
        """People by what stands in a column; those kept hide others of the same words."""
        found: dict[str, int] = {}
        for group in self.groups if column else ():
            new: dict[str, int] = {}
            for at in group:
                word, person = column[at].casefold(), self.person(at)
                new[word] = person if new.get(word, person) == person else SEVERAL
            found = new | found
        found.pop("", None)
        return found

    def find(self, value: str) -> int:
        """The person, NOBODY or SEVERAL."""
        if value in self.by_id:
            return self.by_id[value]
        word = value.casefold()
        return self.by_email.get(word, self.by_name.get(word, NOBODY))

    @cached_property
    def namesakes(self) -> dict[str, list[int]]:
        """The first people who go by a word that does not tell them apart."""
        found: dict[str, list[int]] = {}
        for at in (at for group in self.groups for at in group):
            for word in {column[at].casefold() for column in self.words if column}:
                known = found.setdefault(word, []) if self.find(word) == SEVERAL else None
                if known is not None and len(known) < CANDIDATES and self.person(at) not in known:
                    known.append(self.person(at))
        return found

    def candidates(self, value: str) -> str:
        """Who may be meant by a value that several go by, in one line: their ids and rows."""
        people = self.namesakes.get(value.casefold(), [])
        return listed([f"{self.ids[one]} (#{self.numbers[one]})" for one in people], CANDIDATES - 1)

    def knows(self, value: str) -> bool:
        """Whether the value is somebody, or several."""
        return self.find(value) != NOBODY

    def manager(self, value: str, own: str) -> str:
        """The id of the one named, or of the next above them who is kept; "" for oneself.

        Where there is neither, a text that is no id of the people kept.
        """
        person = self.find(value)
        if person in self.kept:
            return self.ids[person] if self.ids[person] != own else ""
        self.count(person, value, own)
        above = self.stand_in(person)
        if above in self.kept and self.ids[above] != own:
            return self.ids[above]
        return self.unknown((self.ids[person] if person >= 0 else "") or value)

    def stand_in(self, person: int) -> int:
        """The nearest who is kept, up the solid line; NOBODY where it ends before or loops."""
        path = []
        while person >= 0 and person not in self.kept and person not in self.stand_ins:
            path.append(person)
            self.stand_ins[person] = NOBODY
            person = self.find(self.lines.get(person, ""))
        end = person if person in self.kept else self.stand_ins.get(person, NOBODY)
        self.stand_ins |= dict.fromkeys(path, end)
        return end

    def unknown(self, text: str) -> str:
        while text in self.by_id and self.by_id[text] in self.kept:
            text = f"? {text}"
        return text

    def count(self, person: int, value: str, own: str) -> None:
        if person >= 0 and self.ids[person]:
            self.left += 1
        elif person != SEVERAL:
            self.outside[value] += 1
            self.rows_outside.append(self.numbers[self.by_id[own]])

    def notices(self) -> list[Message]:
        said = [message("managers_left", count=self.left)] if self.left else []
        if self.outside:
            shown = listed([value for value, _ in self.outside.most_common(6)], 5)
            count, rows = self.outside.total(), row_list(self.rows_outside)
            said.append(message("managers_outside", count=count, shown=shown, rows=rows))
        return said


def row_list(rows: Sequence[int]) -> str:
    """The first rows in one line."""
    return listed([str(row) for row in rows])


def turned(name: str) -> str:
    """ "Ann Lee" as "Lee, Ann"."""
    first, _, last = name.rpartition(" ")
    return f"{last}, {first}" if first else ""
