"""The links of the pages that compose the other rooms."""

from dataclasses import replace

from django.utils.translation import gettext as _

from upwell.core.http import Request
from upwell.core.navigation import Link, link_to
from upwell.pairs.models import Pair


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


def search(request: Request) -> list[Link]:
    """Only for those who find more than themselves."""
    if not request.user.role_kinds:
        return []
    return [
        link if link.is_here else replace(link, opens="search")
        for link in link_to(request, "desk:search", _("Search"), "search")
    ]


def system(request: Request) -> list[Link]:
    return link_to(request, "desk:system", _("System"), "system")
