"""What a chart is drawn from, and what stands beside it: a small table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from upwell.core.charts.words import Form, said


@dataclass(frozen=True, slots=True)
class Column:
    """``name`` is an attribute of the rows, or a key; ``title`` is translated."""

    name: str
    title: str
    form: Form = "text"


class Cell(NamedTuple):
    text: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of values, one for each column; None is a value that is not known or not shown."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]

    @classmethod
    def of(cls, rows: Sequence[object] | Mapping[str, Sequence[Any]], *columns: Column) -> "Table":
        """From rows with the columns' names as attributes, or from one sequence for each name."""
        if isinstance(rows, Mapping):
            by_column = [rows[column.name] for column in columns]
            values = tuple(zip(*by_column, strict=True))
        else:
            values = tuple(tuple(getattr(row, each.name) for each in columns) for row in rows)
        return cls(columns, values)

    def column(self, index: int) -> list[Any]:
        """The known values of a column."""
        return [row[index] for row in self.rows if row[index] is not None]

    def said(self, row: int, column: int) -> str:
        return said(self.rows[row][column], self.columns[column].form)

    @property
    def head(self) -> list[Cell]:
        return [Cell(column.title, column.form not in {"text", "date"}) for column in self.columns]

    @property
    def body(self) -> list[list[Cell]]:
        """The rows as people read them."""
        across = range(len(self.columns))
        return [
            [Cell(self.said(row, column), self.head[column].is_number) for column in across]
            for row in range(len(self.rows))
        ]
