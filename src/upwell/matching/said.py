"""Sentences that the engine says in English, and that others can say in another language."""

from collections.abc import Callable


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
