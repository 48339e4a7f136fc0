"""What each column of the database is to the people in it: its class, its erasure, its retention.

Each app declares the fields of its models in its ``privacy.py``, also those of libraries that it
brings in. A field that nobody declares, or two do, fails a system check.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Any

from django.apps import apps
from django.core import checks
from django.db.models import Model
from django.utils.module_loading import module_has_submodule


class Kind(StrEnum):
    """Whom a value is about, and who is to read it."""

    OPEN = "open"
    """The organization or the software, and nobody in particular."""
    PERSONAL = "personal"
    """A person, for those whom the access table names."""
    CONSENTED = "consented"
    """A person, who has agreed to this one use of it."""
    SEALED = "sealed"
    """What somebody has written in confidence."""


class Erasure(StrEnum):
    """What becomes of a value when the person is erased."""

    KEEP = "keep"
    BLANK = "blank"
    """The row stays, without it."""
    SHRED = "shred"
    """Its key is destroyed, and with it the value in every backup."""
    DELETE = "delete"
    """The whole row goes."""


class Retention(StrEnum):
    """Until when a value is kept where nobody is erased before."""

    ALWAYS = "always"
    LEFT = "12 months after the person has left"
    CLOSE = "close of the cohort"
    AFTER_CLOSE = "90 days after the close of the cohort"
    SENT = "once the message is out"
    PASSING = "until it runs out"
    AUTHOR = "until its author says"


@dataclass(frozen=True)
class Handling:
    kind: Kind
    erasure: Erasure = Erasure.KEEP
    retention: Retention = Retention.ALWAYS


OPEN = Handling(Kind.OPEN)
PASSING = Handling(Kind.OPEN, Erasure.KEEP, Retention.PASSING)
LINK = Handling(Kind.PERSONAL)
"""What leads to a person, or says what was done; once the person is blanked, to nobody."""
BLANKED = Handling(Kind.PERSONAL, Erasure.BLANK, Retention.LEFT)
DELETED = Handling(Kind.PERSONAL, Erasure.DELETE, Retention.LEFT)

CORE = "upwell.core"
"""This app has the types and no models."""
Declaration = Mapping[type[Model], Mapping[Handling, Sequence[str]]]
"""The names of the fields of each model, by how they are handled."""


def declarations() -> Iterator[Declaration]:
    """What every app that has a ``privacy.py`` declares."""
    for app in apps.get_app_configs():
        if app.name != CORE and module_has_submodule(app.module, "privacy"):
            yield import_module(f"{app.name}.privacy").PRIVACY


def handlings() -> dict[type[Model], dict[str, Handling]]:
    """How each declared field of each model is handled."""
    return {
        model: {name: handling for handling, names in rows.items() for name in names}
        for declaration in declarations()
        for model, rows in declaration.items()
    }


@checks.register(checks.Tags.models)
def check_privacy(**_options: Any) -> list[checks.CheckMessage]:
    """Every field of every model is declared once, and can be handled as declared."""
    return list(faults_of(apps.get_models(), list(declarations())))


def faults_of(
    models: Iterable[type[Model]], declared: Iterable[Declaration]
) -> Iterator[checks.CheckMessage]:
    times: Counter[tuple[type[Model], str]] = Counter()
    handled: dict[tuple[type[Model], str], Handling] = {}
    for declaration in declared:
        for model, rows in declaration.items():
            for handling, names in rows.items():
                times.update((model, name) for name in names)
                handled |= {(model, name): handling for name in names}
    there = {
        (model, field.name): field
        for model in models
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)  # noqa: SLF001 -- a public API of Django
    }
    for (model, name), field in there.items():
        if times[model, name] == 1:
            yield from handling_faults(field, handled[model, name])
        else:
            count = times[model, name]
            text = f"{model.__name__}.{name} is declared {count} times in a privacy.py, not once."
            yield checks.Error(text, obj=model, id="core.E001")
    for model, name in sorted(times.keys() - there.keys(), key=str):
        yield checks.Error(f"{model.__name__} has no field {name}.", obj=model, id="core.E002")


def handling_faults(field: Any, handling: Handling) -> Iterator[checks.CheckMessage]:
    is_sealed = getattr(field, "is_sealed", False)
    if is_sealed != (handling.kind == Kind.SEALED):
        yield checks.Error(
            "Sealed fields, and only they, are declared so.", obj=field, id="core.E003"
        )
    if is_sealed != (handling.erasure == Erasure.SHRED):
        yield checks.Error("What is sealed, and only that, is shredded.", obj=field, id="core.E004")
    can_be_blank = field.null or field.has_default() or field.empty_strings_allowed
    if handling.erasure == Erasure.BLANK and not can_be_blank:
        yield checks.Error(
            "It cannot be blanked: it has no empty value.", obj=field, id="core.E005"
        )
