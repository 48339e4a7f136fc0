"""Everything that puts a table into somebody's hands, by a name of its own.

A function that calls the writer of tables is registered here, also a view; the proof against
formulas in spreadsheets walks this list and refuses a caller that is not in it.
"""

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

EXPORTS: dict[str, Callable[..., Any]] = {}


def export(name: str) -> Callable[[F], F]:
    """Register what writes a table; of a view's decorators the outermost."""

    def register(function: F) -> F:
        if name in EXPORTS:
            raise ValueError(f"There is an export {name!r} already.")
        EXPORTS[name] = function
        return function

    return register
