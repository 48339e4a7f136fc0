"""What matters is recorded with who did it, and in the transaction that does it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests.factories import make_enrollment, make_manager, make_person
from upwell.audit.models import AuditEntry
from upwell.people import services, sign_in
from upwell.people.invitations import invite
from upwell.people.models import Role
from upwell.policy import Policy
from upwell.programs.services import (
    add_manager,
    change_participant,
    create_program,
    open_cohort,
    save_policy,
)
from upwell.sheets import Topic

pytestmark = pytest.mark.django_db


def entries():
    return list(AuditEntry.objects.order_by("at").values_list("event", "by", "object_id", "facts"))


def test_roles_are_recorded_with_who_gave_and_took_them():
    admin, ann = make_person(), make_person()

    services.grant_role(ann, Role.Kind.PROGRAM_MANAGER, by=admin)
    services.grant_role(ann, Role.Kind.PROGRAM_MANAGER, by=admin)
    services.take_role(ann, Role.Kind.PROGRAM_MANAGER, by=admin)

    who, facts = (str(admin.pk), str(ann.pk)), {"role": "program_manager"}
    assert entries() == [
        ("people.sessions.ended", *who, {}),
        ("people.role.granted", *who, facts),
        ("people.sessions.ended", *who, {}),
        ("people.role.taken", *who, facts),
    ]


def test_sign_in_addresses_are_recorded_without_the_address():
    admin, ann = make_person(), make_person(sign_in_email=None)

    sign_in.set_address(ann, "ann@example.com", by=admin)
    sign_in.set_address(ann, "ann@example.com", by=admin)
    sign_in.set_address(ann, "", by=admin)

    who = ("people.address.changed", str(admin.pk), str(ann.pk))
    assert entries() == [(*who, {"is_taken": False}), (*who, {"is_taken": True})]


def test_invitations_and_lost_authenticators_are_recorded():
    admin, ann = make_person(), make_person(sign_in_email="ann@example.com")

    invite(ann, by=admin)
    sign_in.reset_second_factor(ann, by=admin)

    assert [one[:3] for one in entries()] == [
        ("people.invitation.sent", str(admin.pk), str(ann.pk)),
        ("people.sessions.ended", str(admin.pk), str(ann.pk)),
        ("people.second_factor.reset", str(admin.pk), str(ann.pk)),
    ]


def test_a_change_of_somebody_who_takes_part_names_the_fields_alone():
    ann, mentor = make_manager(), make_enrollment()

    for capacity, offered in ((3, ()), (3, [Topic("Payroll")])):
        change_participant(mentor, capacity=capacity, offered=offered, wanted=(), by=ann)

    assert [facts for *_rest, facts in entries()] == [
        {"changed": ["capacity"]},
        {"changed": ["offered"]},
    ]


def test_what_is_refused_is_not_recorded():
    ann = make_person(sign_in_email=None)

    with pytest.raises(ValidationError):
        invite(ann, by=None)

    assert entries() == []


def test_a_program_is_recorded_from_its_beginning():
    ann, ben = make_manager(), make_manager()
    program = create_program(name="Upward", by=ann)
    save_policy(
        program, Policy.from_values({"capacity": {"mentor": 2}, "quality": {"good": 50}}), by=ann
    )
    add_manager(program, ben, by=ann)
    add_manager(program, ben, by=ann)
    cohort = open_cohort(program, name="Spring", starts_on=date(2027, 3, 1), by=ben)

    assert entries() == [
        ("programs.program.created", str(ann.pk), str(program.pk), {}),
        (
            "programs.policy.saved",
            str(ann.pk),
            str(program.pk),
            {"changed": ["objective", "capacity.mentor", "quality.good"]},
        ),
        ("programs.manager.added", str(ann.pk), str(program.pk), {"person": str(ben.pk)}),
        ("programs.cohort.opened", str(ben.pk), str(cohort.pk), {}),
    ]
