"""What the room says to people: a code with its parameters, put into words where it is shown."""

from collections.abc import Callable
from dataclasses import dataclass

from upwell.sheets.field_names import FIELD_NAMES
from upwell.sheets.texts import TEXTS

SHOWN = 60
LONG = 200


@dataclass(frozen=True)
class Message:
    """One sentence or two. ``str()`` gives the English; ``describe`` any other language."""

    code: str
    params: tuple[tuple[str, str | int], ...] = ()

    def __str__(self) -> str:
        return describe(self, str)


@dataclass(frozen=True)
class RowProblem:
    """One thing wrong in one cell; ``row`` counts as a spreadsheet does, from 1."""

    row: int
    column: str
    value: str
    reason: Message


class SheetError(Exception):
    """The file as a whole, or its mapping, cannot be used; the message says why and what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message

    def __reduce__(self) -> tuple[type["SheetError"], tuple[Message]]:
        return SheetError, (self.message,)


def message(code: str, /, **params: str | int) -> Message:
    return Message(code, tuple(sorted(params.items())))


def refuse(code: str, /, **params: str | int) -> SheetError:
    return SheetError(message(code, **params))


def describe(said: Message | RowProblem | SheetError, gettext: Callable[[str], str]) -> str:
    """The sentence in the language of ``gettext``; of a row problem, its reason."""
    if isinstance(said, RowProblem):
        said = said.reason
    if isinstance(said, SheetError):
        said = said.message
    params = {name: translated(name, value, gettext) for name, value in said.params}
    return gettext(TEXTS[said.code]) % params


def translated(name: str, value: str | int, gettext: Callable[[str], str]) -> str | int:
    """A ``kind`` of file is in our words; ``reason`` is the code of a text, ``label`` a field."""
    if name == "kind":
        return gettext(str(value))
    if name == "label":
        return gettext(FIELD_NAMES[str(value)])
    return gettext(TEXTS[str(value)]) if name == "reason" else value


def shorten(value: str, limit: int = SHOWN) -> str:
    """The value on one line, without control characters, cut to a length that can be shown."""
    shown = "".join(mark if mark.isprintable() else " " for mark in value[: limit + 1]).strip()
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def listed(values: list[str], limit: int = 8) -> str:
    """Some values in one line; the rest as an ellipsis."""
    shown = [shorten(value, 40) for value in values[:limit]]
    return ", ".join(shown + ["…"] * (len(values) > limit))
