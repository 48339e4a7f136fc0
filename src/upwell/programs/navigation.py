"""The link to the programs, and who runs the one that a page is about."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from upwell.core.http import Request
from upwell.core.navigation import Hosts, Link, link_to
from upwell.people.models import Role
from upwell.programs.models import Cohort, Program, Staff

HOSTS_SHOWN = 3


def programs(request: Request) -> list[Link]:
    pages = ("programs:", "pairs:run_", "pairs:pair_")
    return link_to(request, "programs:program_list", _("Programs"), "program", pages=pages)


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

    Where nobody manages any program, these are the directory administrators.
    """
    program = program_at_hand(context)
    staff = Staff.objects.managers().filter(person=OuterRef("person"))
    if program:
        staff = staff.filter(program=program)
    else:
        staff = staff.filter(program__cohorts__enrollments__person=request.user)
    roles = Role.objects.filter(person__is_active=True).select_related("person")
    nearest = roles.annotate(is_near=Exists(staff)).order_by("-is_near", "-kind", "person__name")
    found = list(nearest[:HOSTS_SHOWN])
    alike = [role for role in found if is_alike(role, found[0])]
    is_of_program = bool(program and found and found[0].is_near)
    return Hosts([role.person for role in alike], program.name if program and is_of_program else "")


def is_alike(role: Any, other: Any) -> bool:
    return (role.is_near, role.kind) == (other.is_near, other.kind)
