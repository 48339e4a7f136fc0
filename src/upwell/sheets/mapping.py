"""The mapping: which column is which field, and how its words are meant. Its TOML is for people."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

from upwell.sheets.fields import FIELDS
from upwell.sheets.messages import listed, refuse, shorten

DATE_ORDERS = ("dmy", "mdy", "ymd")
UNIT_SEPARATORS = (">", "\\", "|", "/", "none")
SETTINGS = ("date_order", "encoding", "separator", "sheet", "unit_separator")
TABLES = ("columns", "levels", "values", "offices")
LONGEST = 1_000_000


@dataclass(frozen=True)
class Place:
    """What is known of an office: an IANA time zone and a region, "" where unknown."""

    zone: str = ""
    region: str = ""


@dataclass(frozen=True)
class Mapping:
    """What a person laid down about a file; whatever is left empty is found out.

    ``columns`` maps fields to headers. If it names any, only these are read.
    ``unit_separator`` stands between the units of a path, or is "none" where units are no paths.
    ``present`` and ``left`` are words of the status column. ``level_order`` has the lowest first.
    """

    columns: dict[str, str] = field(default_factory=dict)
    level_order: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    offices: dict[str, Place] = field(default_factory=dict)
    date_order: str = ""
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    unit_separator: str = ""

    @classmethod
    def from_toml(cls, text: str) -> Self:
        """Read the TOML face. Raises SheetError naming the key, the value and what is allowed."""
        given = parsed(text)
        allow("", given, (*SETTINGS, *TABLES))
        levels, values = table(given, "levels"), table(given, "values")
        allow("levels.", levels, ("order",))
        allow("values.", values, ("present", "left"))
        return cls(
            columns=columns(table(given, "columns")),
            level_order=texts("levels.order", levels.get("order", [])),
            present=texts("values.present", values.get("present", [])),
            left=texts("values.left", values.get("left", [])),
            offices=offices(table(given, "offices")),
            date_order=one_of("date_order", given.get("date_order", ""), DATE_ORDERS),
            encoding=text_of("encoding", given.get("encoding", "")),
            separator=text_of("separator", given.get("separator", "")),
            sheet=text_of("sheet", given.get("sheet", "")),
            unit_separator=one_of(
                "unit_separator", given.get("unit_separator", ""), UNIT_SEPARATORS
            ),
        )

    def to_toml(self) -> str:
        """The TOML face, from which ``from_toml`` makes an equal mapping."""
        lines = [
            f"{name} = {quoted(getattr(self, name))}" for name in SETTINGS if getattr(self, name)
        ]
        lines += section("columns", {name: quoted(header) for name, header in self.columns.items()})
        lines += section("levels", {"order": array(self.level_order)} if self.level_order else {})
        words = {"present": array(self.present), "left": array(self.left)}
        lines += section("values", {name: text for name, text in words.items() if text != "[]"})
        for office, place in self.offices.items():
            known = {"zone": quoted(place.zone), "region": quoted(place.region)}
            lines += section(f"offices.{quoted(office)}", known)
        return "\n".join(lines).lstrip("\n") + "\n"


def parsed(text: str) -> dict[str, Any]:
    if len(text) > LONGEST:
        raise refuse("mapping_too_long", limit=f"{LONGEST:,}")
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError also for a number of many digits
        raise refuse("mapping_not_toml", detail=shorten(str(error), 200)) from None


def table(given: dict[str, Any], name: str) -> dict[str, Any]:
    found = given.get(name, {})
    return found if isinstance(found, dict) else wrong(name, found, f"[{name}]")


def columns(given: dict[str, Any]) -> dict[str, str]:
    allow("columns.", given, FIELDS)
    return {name: text_of(f"columns.{name}", header) for name, header in given.items()}


def offices(given: dict[str, Any]) -> dict[str, Place]:
    return {name: place(f"offices.{name}", found) for name, found in given.items()}


def place(name: str, given: Any) -> Place:
    if not isinstance(given, dict):
        wrong(name, given, '[offices."…"]')
    allow(f"{name}.", given, ("zone", "region"))
    known = {part: text_of(f"{name}.{part}", text) for part, text in given.items()}
    return Place(**known)


def allow(prefix: str, given: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in given:
        if name not in names:
            allowed = listed(list(names), len(names))
            raise refuse("mapping_key", key=shorten(prefix + name), allowed=allowed)


def text_of(name: str, value: Any) -> str:
    if not isinstance(value, str):
        wrong(name, value, '"…"')
    return str(value)


def texts(name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        wrong(name, value, '["…", "…"]')
    return tuple(value)


def one_of(name: str, value: Any, allowed: tuple[str, ...]) -> str:
    if value not in ("", *allowed):
        wrong(name, value, ", ".join(allowed))
    return str(value)


def wrong(name: str, value: object, allowed: str) -> Any:
    try:
        shown = shorten(str(value))
    except ValueError:  # a number of many digits, written in another base
        shown = "…"
    raise refuse("mapping_value", key=shorten(name), value=shown, allowed=allowed)


def section(name: str, entries: dict[str, str]) -> list[str]:
    body = [f"{entry} = {text}" for entry, text in entries.items()]
    return ["", f"[{name}]", *body] if body else []


def array(values: tuple[str, ...]) -> str:
    return f"[{', '.join(quoted(value) for value in values)}]"


def quoted(text: str) -> str:
    escape: Callable[[str], str] = lambda mark: f"\\u{ord(mark):04X}"  # noqa: E731
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"".join(escape(m) if m < " " or m == chr(127) else m for m in plain)}"'
