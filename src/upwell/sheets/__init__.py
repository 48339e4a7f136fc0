"""Tables of people in the wild, read into the People table."""

from upwell.sheets.mapping import Mapping, Place
from upwell.sheets.messages import Message, RowProblem, SheetError, describe
from upwell.sheets.people import People, Topic
from upwell.sheets.read import read_columns, read_people
from upwell.sheets.reading import ColumnReport, Columns, Format, Reading

__all__ = [
    "ColumnReport",
    "Columns",
    "Format",
    "Mapping",
    "Message",
    "People",
    "Place",
    "Reading",
    "RowProblem",
    "SheetError",
    "Topic",
    "describe",
    "read_columns",
    "read_people",
]
