"""The values of a policy: how each is read, and what is refused."""

from typing import Annotated

from pydantic import AfterValidator, Field, StrictFloat, StrictInt, StrictStr
from pydantic_core import PydanticCustomError

LONGEST_NAME = 200
DAY_MINUTES = 24 * 60


def same_name(name: str) -> str:
    """The form in which two spellings of a name are compared: case and spacing do not count."""
    return " ".join(name.casefold().split())


def usable_name(name: str) -> str:
    """Refuse what cannot be written down or seen."""
    try:
        name.encode()
    except UnicodeEncodeError:
        raise PydanticCustomError("name", "unwritable") from None
    if not name.strip() or len(name) > LONGEST_NAME:
        raise PydanticCustomError("name", "blank or too long")
    return name


def different_names(names: tuple[str, ...]) -> tuple[str, ...]:
    if len({same_name(name) for name in names}) < len(names):
        raise PydanticCustomError("repeated", "twice")
    return names


def different_people(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    if any(first == second for first, second in pairs):
        raise PydanticCustomError("with_oneself", "one person twice")
    return pairs


def minutes_of(hours: str) -> tuple[int, int]:
    """Start and end of ``"09:00-17:00"`` in minutes after midnight."""
    start, end = (60 * int(at[:2]) + int(at[3:]) for at in hours.split("-"))
    return start, end


def in_order(hours: str) -> str:
    start, end = minutes_of(hours)
    if not start < end <= DAY_MINUTES:
        raise PydanticCustomError("hours", "not in order")
    return hours


Name = Annotated[StrictStr, AfterValidator(usable_name)]
Names = Annotated[tuple[Name, ...], AfterValidator(different_names)]
Couples = Annotated[tuple[tuple[Name, Name], ...], AfterValidator(different_people)]
Weight = Annotated[StrictInt, Field(ge=0, le=100)]
Percent = Annotated[StrictInt, Field(ge=0, le=100)]
Places = Annotated[StrictInt, Field(ge=1, le=50)]
# Adding 0.0 turns -0.0 into 0.0, which is written differently.
Hours = Annotated[
    StrictFloat,
    Field(ge=0, le=12, multiple_of=0.5, allow_inf_nan=False),
    AfterValidator(lambda hours: hours + 0.0),
]
WorkingHours = Annotated[
    StrictStr,
    Field(pattern=r"^([01][0-9]|2[0-4]):[0-5][0-9]-([01][0-9]|2[0-4]):[0-5][0-9]$"),
    AfterValidator(in_order),
]
