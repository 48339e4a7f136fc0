"""What an entry may say beside its event: numbers, codes and ids. Never words of a person."""

import math
import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}(\.[a-z0-9_]{1,40}){0,4}")
MOST = 50
LARGEST = 10**15


def checked(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as JSON. Raises ValueError, which does not quote, where one could be content."""
    if len(facts) > MOST:
        raise ValueError("An audit entry has too many facts.")
    result = {}
    for name, value in facts.items():
        if not NAME.fullmatch(name):
            raise ValueError("The name of a fact is a short word in small letters.")
        result[name] = checked_list(name, value)
    return result


def checked_list(name: str, value: Any) -> Any:
    if not isinstance(value, list | tuple | set | frozenset):
        return plain(name, value)
    if len(value) > MOST:
        raise ValueError(f"The fact {name} is too long.")
    return [plain(name, item) for item in value]


def plain(name: str, value: Any) -> bool | int | float | str | None:
    match value:
        case None | bool():
            return value
        case int() | float() if math.isfinite(value) and abs(value) < LARGEST:
            return value
        case UUID():
            return str(value)
        case str() if is_id(value) or CODE.fullmatch(value):
            return str(value)
        case _:
            raise ValueError(f"The fact {name} is no number, code or id.")


def is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
