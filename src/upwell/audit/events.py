"""The events that there are: each app lists its own in ``audit_events.py``.

    EVENTS = {"people.import.confirmed": _("A file was brought into the directory")}

with ``gettext_lazy``. A code starts with the name of its app and never changes.
"""

import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import module_has_submodule

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){2}")
MODULE = "audit_events"


@cache
def events() -> "dict[str, _StrOrPromise]":
    """The text of every event by its code."""
    found: dict[str, _StrOrPromise] = {}
    for config in apps.get_app_configs():
        if config.module is not None and module_has_submodule(config.module, MODULE):
            listed = import_module(f"{config.name}.{MODULE}").EVENTS
            check(config.label, listed)
            found |= listed
    return found


def check(label: str, listed: "dict[str, _StrOrPromise]") -> None:
    for code in listed:
        if not CODE.fullmatch(code) or not code.startswith(f"{label}."):
            raise ImproperlyConfigured(f"{code!r} is no event of {label}: {label}.thing.happened")


def text_of(code: str) -> str:
    """What an entry says to a reader; the code itself where its app is gone."""
    return str(events().get(code, code))
