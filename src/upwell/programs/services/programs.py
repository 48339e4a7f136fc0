from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.people.models import Person
from upwell.policy import Policy
from upwell.programs.models import Enrollment, Program, Staff
from upwell.programs.queries import takes_part_now
from upwell.programs.services.managers import check_may_manage
from upwell.programs.services.places import keep_places
from upwell.programs.services.rows import insert, locked


@transaction.atomic
def create_program(
    *, name: str, purpose: str = "", mode: str = Program.Mode.REVERSE, by: Person
) -> Program:
    """Start a program with the shipped policy; whoever starts it manages it."""
    check_may_manage(by)
    program = Program(name=name, purpose=purpose, mode=mode)
    insert(program)
    Staff.objects.create(program=program, person=by, role=Staff.Role.PROGRAM_MANAGER)
    record("programs.program.created", by=by, on=program)
    return program


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
    record("programs.policy.saved", by=by, on=program)
    if before.policy.capacity != policy.capacity:
        keep_places(
            Enrollment.objects.filter(cohort__program=program, capacity__isnull=True), policy
        )


def policy_digest(program: Program) -> str:
    return sha256(program.policy_json.encode()).hexdigest()
