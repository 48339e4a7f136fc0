"""The links of the pages that compose the other rooms."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from upwell.core.http import Request
from upwell.core.navigation import Link, Section, link_to
from upwell.pairs import navigation as pairs_navigation
from upwell.pairs.models import Pair
from upwell.programs.navigation import LAUNCH, program_at_hand


def home(request: Request) -> list[Link]:
    return link_to(request, "desk:home", _("Home"), "home")


def own_pairs(request: Request) -> list[Link]:
    """The user's own pair; with several, the home page lists them. One query."""
    pairs = list(Pair.objects.active().of(request.user).values_list("pk", flat=True)[:2])
    if len(pairs) != 1:
        return []
    here = request.resolver_match
    is_here = bool(here and here.view_name == "desk:pair_detail")
    return [Link(_("My pair"), Pair(pk=pairs[0]).get_absolute_url(), "pair", is_here)]


def section(request: Request, context: Mapping[str, Any]) -> Section | None:
    """The places inside of a program, its launch first."""
    found = pairs_navigation.section(request, context)
    program = program_at_hand(context)
    if not found or not program:
        return found
    here = request.resolver_match.view_name if request.resolver_match else ""
    link = Link(
        _("Launch"),
        reverse("desk:launch", args=[program.pk]),
        is_here=here.startswith(("desk:launch", "desk:gate_", *LAUNCH)),
    )
    return Section(found.title, [link, *found.links])


def search(request: Request) -> list[Link]:
    """Only for those who find more than themselves."""
    if not request.user.role_kinds:
        return []
    return [
        link if link.is_here else replace(link, opens="search")
        for link in link_to(request, "desk:search", _("Search"), "search")
    ]


def system(request: Request) -> list[Link]:
    return link_to(request, "desk:system", _("System"), "system", pages=("desk:audit_log",))
