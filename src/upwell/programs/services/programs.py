from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from pydantic import BaseModel

from upwell.audit.facts import MOST
from upwell.audit.services import record
from upwell.people.models import Person
from upwell.policy import Policy
from upwell.programs.goal_templates import goal_templates
from upwell.programs.models import Enrollment, Program, Staff
from upwell.programs.queries import takes_part_now
from upwell.programs.services.managers import check_may_manage
from upwell.programs.services.places import keep_places
from upwell.programs.services.rows import change, insert, locked
from upwell.programs.services.starting import fill, fill_conversations


@transaction.atomic
def create_program(
    *,
    name: str,
    goal: str = "",
    goal_kind: str = "",
    mode: str = Program.Mode.REVERSE,
    by: Person,
) -> Program:
    """Start a program with the shipped policy; whoever starts it manages it.

    A kind of goal brings what its template holds: goal, policy, topics and planned meetings.
    """
    check_may_manage(by)
    program = Program(name=name, goal=goal, mode=mode)
    template = goal_templates()[goal_kind] if goal_kind else None
    if template:
        fill(program, template)
    insert(program)
    if template:
        fill_conversations(program, template, by=by)
    Staff.objects.create(program=program, person=by, role=Staff.Role.PROGRAM_MANAGER)
    record("programs.program.created", by=by, on=program)
    return program


@transaction.atomic
def change_program(program: Program, *, name: str, by: Person) -> None:
    """Say anew what it is called. Raises ValidationError for a name that is taken."""
    program.name = name
    change(program, "name")
    record("programs.program.changed", by=by, on=program)


@transaction.atomic
def delete_program(program: Program, *, by: Person) -> None:
    """Raises ValidationError where it has cohorts, also such as the manager takes part in."""
    locked(program.pk)
    if program.cohorts.exists():
        raise ValidationError(
            _("A program with cohorts stays. Delete its cohorts first, if their pairs allow it.")
        )
    record("programs.program.deleted", by=by, on=program)
    program.delete()


@transaction.atomic
def save_policy(program: Program, policy: Policy, *, by: Person, since: str = "") -> None:
    """Give the program this policy, and people without a capacity of their own its places.

    Whoever takes part in a cohort that has not ended cannot: the policy decides about their pair.
    ``since`` is the digest of the policy that was read: one saved meanwhile is not overwritten.
    """
    before = locked(program.pk)
    if takes_part_now(program, by):
        raise ValidationError(
            _("You take part in this program, so another program manager changes its policy.")
        )
    if since and since != policy_digest(before):
        raise ValidationError(
            _("Somebody else saved the policy meanwhile. Please look at it, then change it again.")
        )
    Program.objects.filter(pk=program.pk).update(policy_json=policy.to_json())
    program.policy_json = policy.to_json()
    changed = changed_fields(before.policy, policy)
    record("programs.policy.saved", by=by, on=program, facts={"changed": changed[:MOST]})
    if before.policy.capacity != policy.capacity:
        keep_places(
            Enrollment.objects.filter(cohort__program=program, capacity__isnull=True), policy
        )


def changed_fields(before: BaseModel, now: BaseModel, path: str = "") -> list[str]:
    """Names of the fields that differ, such as ``mentors.levels``; never what stands in them."""
    found = []
    for name in type(now).model_fields:
        old, new = getattr(before, name), getattr(now, name)
        if isinstance(old, BaseModel) and isinstance(new, BaseModel):
            found += changed_fields(old, new, f"{path}{name}.")
        elif old != new:
            found.append(f"{path}{name}")
    return found


def policy_digest(program: Program) -> str:
    return sha256(program.policy_json.encode()).hexdigest()
