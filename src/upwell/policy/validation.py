"""What pydantic refuses, put into the policy's own words."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError

from upwell.policy.faults import Fault, cut, listed, shown

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

LINE = re.compile(r"\bline (\d+)")
PLACE = re.compile(r"[:\s]*\(?(at )?(line \d+|end of document).*", re.DOTALL)

# What pydantic and the validators call an error, and the code of the sentence for it. Every other
# error of pydantic gets the sentence that says what its field allows.
CODES = {
    "extra_forbidden": "unknown_key",
    "invalid_key": "unknown_key",
    "model_type": "section",
    "model_attributes_type": "section",
    **{
        code: code
        for code in (
            "name",
            "repeated",
            "with_oneself",
            "no_weight",
            "good_above_strong",
            "both_sides",
            "hours",
        )
    },
}
KINDS: dict[object, str] = {
    bool: "switch",
    int: "whole_number",
    float: "half_hours",
    str: "hours",
}


def unreadable(form: str, error: Exception, text: str) -> Fault:
    """What keeps a text from being read at all."""
    found = LINE.search(str(error))
    line = int(found[1]) if found else text.count("\n") + 1
    reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
    params: dict[str, str | int] = {"line": line, "format": form}
    params["reason"] = cut(PLACE.sub("", reason)).rstrip(".: ")
    return Fault("unreadable", "", params=params)


def faults_of(error: ValidationError, model: type[BaseModel]) -> list[Fault]:
    """What pydantic found, each as a fault of our own."""
    return [fault_of(details, model) for details in error.errors(include_url=False)]


def fault_of(details: "ErrorDetails", model: type[BaseModel]) -> Fault:
    path = details["loc"]
    if details["type"] == "missing":
        path = path[:-1]
    names = [part for part in path if isinstance(part, str)]
    context = details.get("ctx", {})
    key = key_of((*path, *([context["key"]] if "key" in context else [])))
    value = shown(context.get("value", details["input"]))
    code = CODES.get(details["type"]) or kind_of(field_at(model, names), len(path) - len(names))
    if code in {"section", "unknown_key"}:
        holder = names if code == "section" else names[:-1]
        params: dict[str, str | int] = {
            "known": listed([*section_at(model, holder).model_fields], 20)
        }
    else:
        params = limits_of(field_at(model, names), code)
    return Fault(code, key, value, params)


def key_of(path: Iterable[str | int]) -> str:
    parts = (f"[{part}]" if isinstance(part, int) else f".{cut(part)}" for part in path)
    return "".join(parts).removeprefix(".")


def section_at(model: type[BaseModel], names: Sequence[str]) -> type[BaseModel]:
    for name in names:
        section = model.model_fields[name].annotation
        if isinstance(section, type) and issubclass(section, BaseModel):
            model = section
    return model


def field_at(model: type[BaseModel], names: Sequence[str]) -> "FieldInfo | None":
    """The field of this path, or None where the path ends at a section."""
    if not names:
        return None
    return section_at(model, names[:-1]).model_fields.get(names[-1])


def kind_of(field: "FieldInfo | None", depth: int) -> str:
    """The code that says what is allowed at ``depth`` lists inside a field."""
    kind = field.annotation if field is not None else None
    if get_origin(kind) is Literal:
        return "choice"
    if get_origin(kind) is tuple:
        item = get_origin(get_args(kind)[0])
        if item is Literal:
            return "choice" if depth else "choices"
        is_couples = item is tuple
        return "name" if depth > is_couples else "couples" if is_couples else "names"
    return KINDS[kind]


def limits_of(field: "FieldInfo | None", code: str) -> dict[str, str | int]:
    """What fills the sentence of the code: the choices, or the ends of the range."""
    if field is None:
        return {}
    if code in {"choice", "choices"}:
        kind = field.annotation
        one = get_args(kind)[0] if get_origin(kind) is tuple else kind
        return {"choices": ", ".join(shown(choice) for choice in get_args(one))}
    ends = {"ge": "low", "le": "high"}
    return {
        name: getattr(limit, end)
        for limit in field.metadata
        for end, name in ends.items()
        if hasattr(limit, end)
    }
