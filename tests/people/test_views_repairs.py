"""Loops, people who cannot leave, and levels, on their pages."""

import pytest
from django.urls import reverse

from tests.factories import make_level, make_manager, make_person, make_program
from tests.people.readings import bring_in, make_reading
from upwell.people import services
from upwell.people.models import Level, PeopleImport, Person, ReportingLine, Role
from upwell.policy.policy import Policy
from upwell.programs.models import Staff

pytestmark = pytest.mark.django_db
HEADER = ["ID", "Name", "Manager"]
LOOP = [["1", "Ann", "2"], ["2", "Bo", "1"], ["3", "Cy", "1"]]


def url(name, found):
    return reverse(f"people:import_{name}", args=[found.pk])


def lines():
    found = ReportingLine.objects.select_related("person", "manager").order_by("person__name")
    return [(line.person.name, line.manager and line.manager.name) for line in found]


def page(client, found):
    return client.get(found.get_absolute_url()).content.decode()


def test_a_loop_is_shown_with_its_rows_and_taken_apart(client, read, run_jobs):
    found = read(HEADER, *LOOP)
    before = page(client, found)

    client.post(url("repair", found), {"people": "1\n2", "what_0": "leave_out"})
    run_jobs()
    after = page(client, found)
    client.post(url("confirm", found), {"leaving": 0})
    run_jobs()

    assert "1 loop among managers, 1 of it new" in before
    assert "loop among managers" not in after
    assert lines() == [("Ann", None), ("Bo", "Ann"), ("Cy", "Ann")]


def test_a_manager_is_corrected_on_the_page(client, read, run_jobs):
    found = read(HEADER, *LOOP)

    given = {"people": "1\n2", "what_0": "correct", "manager_0": "Cy"}
    client.post(url("repair", found), given | {"what_1": "leave_out"})
    run_jobs()
    found.refresh_from_db()

    assert found.repairs == {"1": "Cy", "2": ""}
    assert found.preview["changes"]["new_loops"] == 1  # Ann → Cy → Ann
    client.post(url("confirm", found), {"leaving": 0})
    run_jobs()
    assert lines() == [("Ann", "Cy"), ("Bo", None), ("Cy", "Ann")]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"people": "1\n2"}, "choose for at least one line"),
        ({"people": "1\n2", "what_0": "correct"}, "Please say who it is."),
        ({"people": "7\n8", "what_0": "leave_out"}, "The loops have changed."),
    ],
)
def test_an_answer_that_says_nothing_is_refused(client, read, given, said):
    found = read(HEADER, *LOOP)

    answer = client.post(url("repair", found), given).content.decode()

    found.refresh_from_db()
    assert said in answer
    assert (found.repairs, found.state) == ({}, PeopleImport.State.READY)


def test_somebody_elses_loops_are_nobodys_business(client, read):
    found = read(HEADER, *LOOP)
    client.force_login(make_manager())

    answer = client.post(url("repair", found), {"people": "1\n2", "what_0": "leave_out"})

    assert answer.status_code == 404


def test_who_a_program_or_the_directory_needs_stays_and_is_told(client, read, run_jobs):
    bring_in(make_reading("8 9"))
    only, administrator = (Person.objects.get(employee_id=one) for one in "89")
    make_program(only, name="Bridges")
    Role.objects.create(person=administrator, kind="directory_administrator")

    found = read(HEADER, *LOOP)
    html = page(client, found)
    services.confirm_import(found, leaving=0, by=found.created_by)
    run_jobs()

    assert "3 people with a role are not in the file." in html
    assert "Nobody but Person 8 manages Bridges. Add another program manager" in html
    assert "Nobody but Person 9 administers the directory. Give the role" in html
    assert Person.objects.active().filter(employee_id__in=["8", "9"]).count() == 2


def test_who_is_not_alone_with_a_program_is_not_warned_of(client, read):
    bring_in(make_reading("8"))
    program = make_program(Person.objects.get(employee_id="8"), name="Bridges")
    other = make_manager(employee_id="1")
    Staff.objects.create(program=program, person=other, role=Staff.Role.PROGRAM_MANAGER)

    assert "Nobody but" not in page(client, read(HEADER, *LOOP))


def remove(client, level):
    return client.post(
        reverse("people:level_remove", args=[level.pk]), follow=True
    ).content.decode()


def test_a_level_in_use_is_not_removed(client, administrator):
    level = make_level("Trainee")
    make_person(level=level)

    said = remove(client, level)

    assert "1 person has the level Trainee. Bring in a file" in said
    assert Level.objects.filter(pk=level.pk).exists()


def test_a_level_that_a_policy_names_is_not_removed(client, administrator):
    level = make_level("Trainee")
    policy = Policy.from_values({"levels": {"order": ["Trainee", "Head"]}})
    make_program(name="Bridges", policy_json=policy.model_dump_json())

    said = remove(client, level)

    assert "The policy of Bridges names the level Trainee." in said
    assert Level.objects.filter(pk=level.pk).exists()


def test_a_level_that_only_leavers_had_is_removed(client, administrator):
    level = make_level("Trainee")
    former = make_person(level=level, is_active=False)

    said = remove(client, level)

    former.refresh_from_db()
    assert "The level Trainee is removed." in said
    assert (former.level, Level.objects.count()) == (None, 0)
