"""One message for many people: its templates are rendered once, then filled in for each of them."""

import secrets
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.html import escape

from upwell.delivery.models import Category, OutboxMessage
from upwell.delivery.services import address_for, compose

if TYPE_CHECKING:
    from upwell.people.models import Person

SECRET, END = secrets.token_hex(16), secrets.token_hex(8)
STOP = "stop_href"  # differs from reader to reader, too


class Stencil:
    """A message of ``<template>`` in which some words differ from person to person.

    ``context`` is the same for all; for each of ``words`` the templates get a text or, where
    ``lists`` says how long it is, a list of texts, which they may show but not look into.
    """

    def __init__(
        self,
        template: str,
        context: Mapping[str, Any],
        *,
        words: Sequence[str] = (),
        lists: Mapping[str, int] | None = None,
        language: str = "",
        category: Category = Category.ESSENTIAL,
    ) -> None:
        self.template, self.category = template, category
        own = () if category == Category.ESSENTIAL else (STOP,)
        marked: dict[str, Any] = {name: mark(name) for name in (*words, *own)}
        for name, length in (lists or {}).items():
            marked[name] = [mark(f"{name}{place}") for place in range(length)]
        self.form = compose(
            template,
            address="all@example.com",
            context={**context, **marked},
            language=language,
            category=category,
        )

    def message(
        self, *, to: "Person", words: Mapping[str, str | Sequence[str]], once: str = ""
    ) -> OutboxMessage | None:
        """The message of one person, not stored; None where no address is known."""
        address = address_for(to)
        if not address or self.form is None:
            return None
        message = OutboxMessage(
            person=to,
            address=address,
            template=self.template,
            category=self.category,
            once_key=once or None,
        )
        said = dict(pieces({**words, STOP: message.stop_href}))
        message.subject = filled(self.form.subject, said)
        message.text = filled(self.form.text, said)
        escaped = {name: escape(text) for name, text in said.items()}
        message.html = filled(self.form.html, escaped)
        return message


def mark(name: str) -> str:
    """A word that no text holds, and that no filter changes."""
    return f"{SECRET}{name}{END}"


def pieces(words: Mapping[str, str | Sequence[str]]) -> list[tuple[str, str]]:
    found = []
    for name, value in words.items():
        if isinstance(value, str):
            found.append((name, value))
        else:
            found += [(f"{name}{place}", text) for place, text in enumerate(value)]
    return found


def filled(form: str, words: Mapping[str, str]) -> str:
    """PostgreSQL keeps no NUL, and no mail needs one."""
    first, *rest = form.split(SECRET)
    parts = [first]
    for part in rest:
        name, _end, after = part.partition(END)
        parts += [words[name], after]
    return "".join(parts).replace("\0", "")
