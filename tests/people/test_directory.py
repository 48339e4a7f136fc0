"""Bringing a file into the directory."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import make_level, make_manager, make_person
from tests.people.readings import ORDER, bring_in, make_file, state
from upwell.people import invitations, services
from upwell.people.models import Directory, Invitation, Level, Office, Person
from upwell.sheets import Mapping, read_people

pytestmark = pytest.mark.django_db
WRITES = ("INSERT", "UPDATE", "DELETE", "COPY", "CREATE")


def test_bring_in_writes_every_fact():
    bring_in(make_file())

    person = Person.objects.with_places().get(employee_id="1")
    assert (person.name, person.title, person.team) == ("Person 1", "Analyst", "Blue")
    assert (str(person.level), str(person.unit), str(person.office)) == ("Junior", "Sales", "Oslo")
    assert (person.zone, person.region) == ("Europe/Oslo", "Europe")
    assert (person.own_zone, person.own_region, person.service_line) == ("", "", "Tax")
    assert (person.hours_from, person.hours_until) == (540, 1020)
    assert person.languages == ["english", "norwegian"]
    assert (person.contact_email, person.sign_in_email) == ("p1@example.com", None)
    assert (person.is_active, person.has_usable_password()) == (True, False)
    assert [str(level) for level in Level.objects.all()] == list(ORDER)


def test_bring_in_writes_lines_and_what_the_source_tells():
    bring_in(make_file())

    head = Person.objects.get(employee_id="3")
    first = Person.objects.get(employee_id="1")
    lines = sorted(first.lines.values_list("kind", "manager", "named"))
    assert lines == [("dotted", None, "somebody"), ("solid", head.pk, "")]
    assert not head.lines.filter(kind="solid").exists()
    assert "managers" in Directory.current().columns
    assert Directory.current().revision == 1


def test_the_same_file_twice_writes_nothing():
    bring_in(make_file(), is_whole=True)
    before = state()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        again = bring_in(make_file(), is_whole=True)

    assert again.is_empty
    assert [one["sql"] for one in queries if one["sql"].lstrip().startswith(WRITES)] == []
    assert state() == before


def test_the_company_file_twice_writes_nothing(company_file):
    reading = read_people(company_file, today=timezone.localdate())

    first = bring_in(reading, is_whole=True)
    before = state()
    again = bring_in(read_people(company_file, today=timezone.localdate()), is_whole=True)

    assert first.counts["added"] == Person.objects.count() == 3113
    assert again.is_empty
    assert again.counts["unchanged"] == 3113
    assert state() == before


def test_part_changes_and_adds_and_ends_nobody():
    bring_in(make_file("1 2"))

    bring_in(make_file("2 3", titles="Head"))

    people = Person.objects.order_by("employee_id")
    assert [person.title for person in people] == ["Analyst", "Head", "Head"]
    assert all(person.is_active for person in people)


def test_whole_ends_people_and_keeps_them():
    bring_in(make_file())

    bring_in(make_file("1 2"), is_whole=True, leaving=1)

    gone = Person.objects.get(employee_id="3")
    assert (gone.is_active, gone.left_at is not None) == (False, True)
    assert Person.objects.active().count() == 2


def test_too_many_leaving_stop_everything():
    bring_in(make_file())
    before = state()

    with pytest.raises(services.TooManyLeaveError) as stopped:
        bring_in(make_file("1", titles="Head"), is_whole=True, leaving=1)

    assert len(stopped.value.difference.leaving) == 2
    assert state() == before


def test_people_with_a_role_or_without_id_never_leave():
    manager, founder = make_manager(), make_person(employee_id=None)

    bring_in(make_file(), is_whole=True)

    assert {manager.pk, founder.pk} <= set(Person.objects.active().values_list("pk", flat=True))


def test_whoever_leaves_is_out_with_the_next_request_and_stays_out(client):
    person = make_person(employee_id="9", sign_in_email="nine@example.com")
    invitations.issue(person, by=None)
    client.force_login(person)
    assert client.get(person.get_absolute_url()).status_code == 200

    bring_in(make_file(), is_whole=True, leaving=1)
    while_gone = client.get(person.get_absolute_url())
    bring_in(make_file("9"))
    after_return = client.get(person.get_absolute_url())

    assert Person.objects.get(pk=person.pk).is_active
    assert (while_gone.status_code, after_return.status_code) == (302, 302)
    assert not Invitation.objects.open().exists()


def test_somebody_who_returns_is_active_again():
    bring_in(make_file())
    bring_in(make_file("1 2"), is_whole=True, leaving=1)

    done = bring_in(make_file(), is_whole=True)

    person = Person.objects.get(employee_id="3")
    assert (person.is_active, person.left_at, done.counts["returning"]) == (True, None, 1)


def test_the_sign_in_address_never_changes_by_a_file():
    known = make_person(employee_id="1", sign_in_email="old@example.com", contact_email="old@x.io")
    make_person(employee_id="2")

    bring_in(make_file("1 2"))

    found = dict(Person.objects.values_list("employee_id", "sign_in_email"))
    known.refresh_from_db()
    assert found == {"1": "old@example.com", "2": None}
    assert known.contact_email == "p1@example.com"


def test_levels_are_put_in_another_order_under_their_unique_heights():
    bring_in(make_file())
    kept = dict(Level.objects.values_list("name", "pk"))

    bring_in(make_file(level_order=("Head", "Trainee", "Senior", "Junior")))

    assert list(Level.objects.values_list("height", "name")) == [
        (1, "Head"),
        (2, "Trainee"),
        (3, "Senior"),
        (4, "Junior"),
    ]
    assert kept.items() <= dict(Level.objects.values_list("name", "pk")).items()


def test_a_level_that_nobody_has_any_more_keeps_its_place():
    make_level("Trainee", 1)
    make_level("Junior", 2)

    bring_in(make_file())

    assert list(Level.objects.values_list("name", flat=True)) == ["Trainee", *ORDER]


def test_an_office_learns_its_zone():
    bring_in(make_file(mapping=Mapping(), zones="", regions=""))
    assert Office.objects.get().zone == ""

    bring_in(make_file())

    person = Person.objects.with_places().first()
    assert (Office.objects.get().zone, person.zone, person.own_zone) == (
        "Europe/Oslo",
        "Europe/Oslo",
        "",
    )


def test_changing_many_changes_only_them():
    bring_in(make_file())

    done = bring_in(make_file(titles=("Analyst", "Head", "Analyst")))

    assert done.counts["changed"] == 1
    assert sorted(Person.objects.values_list("title", flat=True)) == ["Analyst", "Analyst", "Head"]
