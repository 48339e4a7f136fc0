"""The links to the programs and the topics, and who runs the one that a page is about."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from upwell.core.http import Request
from upwell.core.navigation import Host, Hosts, Link, link_to
from upwell.people.models import Role
from upwell.programs.models import Cohort, Program, Staff

HOSTS_SHOWN = 3
ROLE = ("person", "kind", "person__name", "person__contact_email", "is_near")
"""What is read of each role: by values, as this is asked for each page."""


CATALOG = ("programs:topic_", "programs:catalog_")
LAUNCH = (
    *("programs:goal_", "programs:measure_", "programs:conversation_", "programs:meeting_"),
    *("programs:program_owner", "programs:program_contacts", "programs:sponsor_"),
    *("programs:leader_list", "programs:funding_", "programs:calculator", "programs:mass_"),
    "learning:text_",
)
"""What the names of the routes begin with on which a step of the launch is done."""
ROSTER = ("programs:roster_", "programs:call_")
"""Of those about who is willing."""


def programs(request: Request) -> list[Link]:
    pages = (
        "programs:",
        "learning:text_",
        "pairs:run_",
        "pairs:pair_",
        "desk:launch",
        "desk:gate_",
    )
    links = link_to(request, "programs:program_list", _("Programs"), "program", pages=pages)
    here = request.resolver_match
    is_catalog = bool(here and here.view_name.startswith(CATALOG))
    return [replace(link, is_here=link.is_here and not is_catalog) for link in links]


def topics(request: Request) -> list[Link]:
    """The catalog, for everybody who could talk about one of its topics."""
    return link_to(request, "programs:topic_list", _("Topics"), "topic", pages=CATALOG)


def cohort_at_hand(context: Mapping[str, Any]) -> Cohort | None:
    """The cohort that the page's context is about; no query where the view brought it along."""
    things = (
        context.get("run"),
        context.get("enrollment"),
        getattr(context.get("page"), "pair", 0),
    )
    found = (context.get("cohort"), *(getattr(thing, "cohort", None) for thing in things))
    return next((cohort for cohort in found if isinstance(cohort, Cohort)), None)


def program_at_hand(context: Mapping[str, Any]) -> Program | None:
    program = context.get("program")
    if isinstance(program, Program) and program.pk:
        return program
    cohort = cohort_at_hand(context)
    return cohort.program if cohort else None


def hosts(request: Request, context: Mapping[str, Any]) -> Hosts:
    """Who runs the program at hand, else the user's programs, else the organization's. One query.

    Where nobody else manages any program, and for whoever does, these are the directory
    administrators. Nobody is told to ask themselves.
    """
    program = program_at_hand(context)
    staff = Staff.objects.managers().filter(person=OuterRef("person"))
    if program:
        staff = staff.filter(program=program)
    else:
        staff = staff.filter(program__cohorts__enrollments__person=request.user)
    roles = Role.objects.filter(person__is_active=True).annotate(is_near=Exists(staff)).order_by()
    kinds = sorted(Role.Kind.values, reverse=not request.user.is_program_manager)
    found = sorted(
        ((not is_near, kinds.index(kind)), name, email)
        for person, kind, name, email, is_near in roles.values_list(*ROLE)
        if person != request.user.pk
    )
    alike = [one for one in found if one[0] == found[0][0]][:HOSTS_SHOWN]
    is_of_program = bool(program and found and not found[0][0][0])
    return Hosts(
        [Host(name, email) for _place, name, email in alike],
        program.name if program and is_of_program else "",
    )
