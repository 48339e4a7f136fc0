"""Who may open what, and see what about whom: the types of the one access table, and its guard.

Each app lists its routes in its ``access.py``; the root URL configuration collects them as
``ACCESS``. The guard, the page "who can see what about me" and the proofs read that one table.
What a page shows of rows is decided by the access querysets of the models; a route that has no
entry does not exist.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

READ = frozenset({"GET"})
WRITE = frozenset({"POST"})


@dataclass(frozen=True)
class Audience:
    """Some people, seen from a page or from somebody whom a page tells about.

    ``admits`` says whether a user may be one of them at all; which rows they then find is for the
    querysets to say. ``people`` names those of them who can see something about a given person.
    ``words`` speak to that person; ``words_to_others`` to whoever writes about them, where they
    differ.
    """

    code: str
    words: str | Promise
    admits: Callable[[Any], bool]
    people: Callable[[Any], Iterable[Any]] | None = None
    words_to_others: str | Promise = ""


@dataclass(frozen=True)
class Subject:
    """A kind of information about a person, in words that the person understands.

    ``holds`` names its parts where the words do not say them. ``concerns`` says of whom there can
    be any; without it, of everybody.
    """

    code: str
    words: str | Promise
    holds: str | Promise = ""
    concerns: Callable[[Any], bool] | None = None

    def is_about(self, person: Any) -> bool:
        return self.concerns is None or self.concerns(person)


@dataclass(frozen=True)
class Entry:
    """Who reaches a route by which methods, what its ids stand for, and what it shows of people."""

    route: str
    methods: frozenset[str]
    audiences: tuple[Audience, ...]
    ids: Mapping[str, type[Model]] = field(default_factory=dict)
    shows: tuple[Subject, ...] = ()

    def admits(self, user: Any) -> bool:
        return any(audience.admits(user) for audience in self.audiences)


def is_signed_in(user: Any) -> bool:
    return bool(user.is_authenticated)


EVERYBODY = Audience("everybody", _("everybody, also without signing in"), lambda user: True)
SIGNED_IN = Audience("signed_in", _("everybody who can sign in"), is_signed_in)

ACCESS = [Entry("logo", READ, (EVERYBODY,))]


def table() -> dict[str, tuple[Entry, ...]]:
    """The entries of each route."""
    return collected(settings.ROOT_URLCONF)


@cache
def collected(urlconf: str) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    for entry in import_module(urlconf).ACCESS:
        found[entry.route] = (*found.get(entry.route, ()), entry)
    return found


def audiences_of(subject: str) -> list[Audience]:
    """Who sees this kind of information, each audience once, in the order of the table.

    Raises ``LookupError`` for a subject that no page shows.
    """
    showing = [
        entry
        for entries in table().values()
        for entry in entries
        if any(shown.code == subject for shown in entry.shows)
    ]
    if not showing:
        raise LookupError(f"No entry of the access table shows {subject!r}.")
    return list({one.code: one for entry in showing for one in entry.audiences}.values())


class AccessMiddleware:
    """Answers 404 where the access table lets nobody like the user in; deny by default.

    Stands after the rule that pages need a sign-in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, arguments: Any, parameters: Any
    ) -> HttpResponse | None:
        route = request.resolver_match.view_name if request.resolver_match else ""
        mine = [entry for entry in table().get(route, ()) if entry.admits(request.user)]
        if not mine:
            raise Http404(f"The access table lets nobody like this user reach {route}.")
        methods = frozenset[str]().union(*(entry.methods for entry in mine))
        return None if request.method in methods else HttpResponseNotAllowed(sorted(methods))
