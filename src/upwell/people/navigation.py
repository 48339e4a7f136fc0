"""The link to the directory."""

from django.utils.translation import gettext as _

from upwell.core.http import Request
from upwell.core.navigation import Link, link_to


def people(request: Request) -> list[Link]:
    return link_to(request, "people:person_list", _("People"), "people", pages=("people:",))
