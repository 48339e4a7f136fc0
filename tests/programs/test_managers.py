"""That somebody is always there to run a program, and never in their own matter."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_cohort, make_enrollment, make_manager, make_person, make_program
from upwell.audit.models import AuditEntry
from upwell.people import services as people
from upwell.people.models import Role
from upwell.policy import Policy
from upwell.programs import services
from upwell.programs.models import Program, Staff
from upwell.programs.queries import unmanaged_programs

pytestmark = pytest.mark.django_db
UNMANAGED = "programs:program_unmanaged"


def also_managed_by(program, person):
    Staff.objects.create(program=program, person=person, role=Staff.Role.PROGRAM_MANAGER)


def take_role(person):
    people.take_role(person, Role.Kind.PROGRAM_MANAGER, by=None)


@pytest.fixture
def administrator(client):
    person = make_person(
        roles=["directory_administrator"], sign_in_email="administrator@example.com"
    )
    client.force_login(person)
    return person


def test_take_role_keeps_the_only_one_who_manages_a_program():
    manager = make_manager()
    make_program(manager, name="Upstream")
    also_managed_by(Program.objects.get(), make_person())  # whose role is gone

    with pytest.raises(ValidationError, match="the only one who manages Upstream"):
        take_role(manager)

    assert manager.roles.exists()


def test_take_role_keeps_the_only_one_who_can_watch_a_cohort():
    manager, enrolled = make_manager(), make_manager()
    cohort = make_cohort(manager)
    also_managed_by(cohort.program, enrolled)
    make_enrollment(cohort, person=enrolled)

    with pytest.raises(ValidationError, match=f"Nobody would be left to run {cohort}"):
        take_role(manager)

    take_role(enrolled)
    assert [role.person for role in Role.objects.all()] == [manager]


def test_take_role_lets_go_where_another_manages():
    manager = make_manager()
    program = make_program(manager)
    also_managed_by(program, make_manager())

    take_role(manager)

    assert not manager.roles.exists()
    assert not unmanaged_programs().exists()


def test_take_role_lets_go_of_somebody_who_has_left():
    manager = make_manager(is_active=False)
    make_program(manager)

    take_role(manager)

    assert not manager.roles.exists()


def test_unmanaged_programs_are_those_that_nobody_can_run():
    make_cohort(make_manager())
    gone = make_program(make_manager(is_active=False), name="Gone")
    taking_part = make_cohort(manager := make_manager()).program
    make_enrollment(taking_part.cohorts.get(), person=manager)

    assert {*unmanaged_programs()} == {gone, taking_part}


def test_an_administrator_appoints_a_manager_where_nobody_is_left(client, administrator):
    program, new = make_program(name="Upstream"), make_manager()
    page = client.get(reverse(UNMANAGED)).content.decode()

    client.post(reverse(UNMANAGED), {"program": program.pk, "person": new.pk})

    assert "1 program has nobody who can run it" in page
    assert [staff.person for staff in program.staff.managers().active()] == [new]
    entry = AuditEntry.objects.get(event="programs.manager.added")
    assert entry.by == str(administrator.pk)
    assert "Every program has a program manager" in client.get(reverse(UNMANAGED)).content.decode()


def test_an_administrator_appoints_nobody_where_somebody_is(client, administrator):
    program, new = make_program(make_manager()), make_manager()

    client.post(reverse(UNMANAGED), {"program": program.pk, "person": new.pk})

    assert new not in [staff.person for staff in program.staff.all()]


def test_an_administrator_appoints_nobody_who_takes_part(client, administrator):
    cohort = make_cohort()
    new = make_manager()
    make_enrollment(cohort, person=new)

    response = client.post(
        reverse(UNMANAGED), {"program": cohort.program_id, "person": new.pk}, follow=True
    )

    assert "takes part in a cohort of this program" in response.content.decode()
    assert not cohort.program.staff.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_makes_the_same_queries_for_any_number(
    client, administrator, count, django_assert_num_queries
):
    make_manager()
    for _ in range(count):
        make_program()

    with django_assert_num_queries(9):
        response = client.get(reverse(UNMANAGED))

    assert len(response.context["programs"]) == count


@pytest.fixture
def enrolled(client):
    """A manager who takes part in a cohort that is under way."""
    person = make_manager(employee_id="M1")
    cohort = make_cohort(person, starts_on=timezone.localdate())
    also_managed_by(cohort.program, make_manager())
    make_enrollment(cohort, person=person)
    client.force_login(person)
    return person


def test_whoever_takes_part_does_not_change_the_policy(client, enrolled):
    program, file = Program.objects.get(), b'[pairs]\npin = [["M1", "CEO"]]\n'
    upload = {"file": SimpleUploadedFile("policy.toml", file)}

    answer = client.post(reverse("programs:policy_upload", args=[program.pk]), upload)

    page = client.get(reverse("programs:policy_edit", args=[program.pk])).content.decode()
    assert "another program manager changes its policy" in answer.content.decode()
    assert "another program manager changes its policy" in page
    assert "Save the policy" not in page
    assert "Change the policy" not in client.get(program.get_absolute_url()).content.decode()
    assert Program.objects.get().policy == Policy(objective="fair")


def test_whoever_took_part_in_a_cohort_that_is_over_changes_the_policy_again(enrolled):
    program = Program.objects.get()
    program.cohorts.update(starts_on="2020-01-01")
    other = Policy.from_values({"rules": {"level_gap": 3}})

    services.save_policy(program, other, by=enrolled)

    assert Program.objects.get().policy == other
