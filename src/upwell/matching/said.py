"""Sentences that the engine says in English, and that others can say in another language."""

from collections.abc import Callable, Mapping
from typing import Any


class Said(str):
    """A sentence that still knows its form and what fills it."""

    __slots__ = ("form", "values")
    form: str
    values: dict[str, object]


def said(form: str, /, **values: object) -> Said:
    """The sentence of a form such as "%(key)s is missing"; translators find forms by this name."""
    sentence = Said(form % values)
    sentence.form, sentence.values = form, values
    return sentence


def say(sentence: str | Exception, gettext: Callable[[str], str]) -> str:
    """The sentence in the language of ``gettext``, where its form is known; also of an error."""
    parts = sentence.args if isinstance(sentence, Exception) else (sentence,)
    first = parts[0] if parts else None
    return gettext(first.form) % first.values if isinstance(first, Said) else str(sentence)


def kept(sentence: str | Exception) -> dict[str, object]:
    """The sentence as plain values for JSON, from which ``unkept`` makes it again."""
    parts = sentence.args if isinstance(sentence, Exception) else (sentence,)
    first = parts[0] if parts else None
    if not isinstance(first, Said):
        return {"form": str(sentence).replace("%", "%%"), "values": {}}
    plain = {
        name: one if isinstance(one, int | float) else str(one)
        for name, one in first.values.items()
    }
    return {"form": first.form, "values": plain}


def unkept(stored: Mapping[str, Any]) -> Said:
    """The sentence that ``kept`` was given, to be said in any language."""
    return said(stored["form"], **stored["values"])
