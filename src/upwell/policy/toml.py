"""Writing a policy as TOML, each key under the line that explains it."""

import json
import textwrap

from pydantic import BaseModel

WIDTH = 96


def written(policy: BaseModel) -> str:
    """The whole file: single keys first, then a table a section."""
    lines = comment(type(policy).__doc__)
    for name, value in policy:
        if isinstance(value, BaseModel):
            lines += ["", *comment(type(value).__doc__), f"[{name}]", *entries(value)]
        else:
            lines += ["", *entry(policy, name, value)]
    return "\n".join(lines) + "\n"


def entries(section: BaseModel) -> list[str]:
    return [line for name, value in section for line in entry(section, name, value)]


def entry(section: BaseModel, name: str, value: object) -> list[str]:
    description = type(section).model_fields[name].description
    return [*comment(description), f"{name} = {literal(value)}"]


def comment(text: str | None) -> list[str]:
    return textwrap.wrap(
        " ".join((text or "").split()),
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
