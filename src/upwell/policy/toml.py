"""Writing a policy as TOML, each key under the line that explains it."""

import json
import textwrap
from collections.abc import Callable, Iterator

from pydantic import BaseModel

from upwell.sheets.texts import gettext_noop

WIDTH = 96
TITLE = gettext_noop(
    "The policy of a program: who may be paired with whom, and what makes a pair good."
)


def written(policy: BaseModel, gettext: Callable[[str], str]) -> str:
    """The whole file: single keys first, then a table a section."""
    lines = comment(gettext(TITLE))
    for name, value in policy:
        lines += ["", *explained(policy, name, gettext)]
        if isinstance(value, BaseModel):
            lines += [f"[{name}]", *entries(value, gettext)]
        else:
            lines.append(f"{name} = {literal(value)}")
    return "\n".join(lines) + "\n"


def entries(section: BaseModel, gettext: Callable[[str], str]) -> Iterator[str]:
    for name, value in section:
        yield from explained(section, name, gettext)
        yield f"{name} = {literal(value)}"


def explained(section: BaseModel, name: str, gettext: Callable[[str], str]) -> list[str]:
    """What the key is for, as a comment."""
    return comment(gettext(type(section).model_fields[name].description or ""))


def comment(text: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent="# ",
        subsequent_indent="# ",
        break_long_words=False,
    )


def literal(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            # A JSON string is a TOML string but for DEL, which TOML wants escaped.
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case tuple():
            return f"[{', '.join(literal(item) for item in value)}]"
        case _:
            return repr(value)
