"""Where somebody may go from any page, and who answers for what they see.

Each app gives its own links: ``settings.NAVIGATION`` names the functions, in order.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from upwell.core.access import table
from upwell.core.http import Request


@dataclass(frozen=True)
class Link:
    """``opens`` is the id of a dialog that takes the page's place where scripts run."""

    label: str
    href: str
    icon: str = ""
    is_here: bool = False
    opens: str = ""


@dataclass(frozen=True)
class Section:
    """The places inside of what the page is about, such as a program."""

    title: str
    links: list[Link]


@dataclass(frozen=True)
class Host:
    """Whom to ask, and where; ``contact_email`` may be empty."""

    name: str
    contact_email: str


@dataclass(frozen=True)
class Hosts:
    """Who runs what is on the page; ``program`` is "" for the organization as a whole."""

    people: list[Host]
    program: str = ""


@dataclass
class Shell:
    """What stands around a page; each part is asked for once."""

    request: Request
    context: Mapping[str, Any]

    @cached_property
    def links(self) -> list[Link]:
        return [link for name in settings.NAVIGATION for link in import_string(name)(self.request)]

    @property
    def has_search(self) -> bool:
        """Whether some link opens the dialog to search in."""
        return any(link.opens == "search" for link in self.links)

    @cached_property
    def section(self) -> Section | None:
        found: Section | None = import_string(settings.NAVIGATION_SECTION)(
            self.request, self.context
        )
        return found

    @cached_property
    def hosts(self) -> Hosts:
        found: Hosts = import_string(settings.NAVIGATION_HOSTS)(self.request, self.context)
        return found


def may_open(user: Any, route: str) -> bool:
    """Whether the access table lets the user in at all."""
    return any(entry.admits(user) for entry in table().get(route, ()))


def link_to(
    request: Request, route: str, label: str, icon: str = "", *, pages: tuple[str, ...] = ()
) -> list[Link]:
    """One link, or none where the user would find nothing; ``pages`` are what the
    names of routes that belong to it begin with.
    """
    if not may_open(request.user, route):
        return []
    here = request.resolver_match
    is_here = bool(here and (here.view_name == route or here.view_name.startswith(pages)))
    return [Link(label, reverse(route), icon, is_here)]
