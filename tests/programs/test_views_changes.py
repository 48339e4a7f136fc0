"""Programs and cohorts are renamed and deleted from their pages."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_cohort, make_enrollment, make_manager, make_program, make_run
from upwell.audit.models import AuditEntry
from upwell.programs.models import Cohort, Program

pytestmark = pytest.mark.django_db
PAGES = ("program_edit", "program_delete", "cohort_edit", "cohort_delete")


def url(name, row):
    return reverse(f"programs:{name}", args=[row.pk])


def events():
    return list(AuditEntry.objects.order_by("at").values_list("event", flat=True))


def row_of(name, manager):
    return make_program(manager) if name.startswith("program") else make_cohort(manager)


def test_a_program_gets_another_name_and_keeps_its_goal(client, manager):
    program = make_program(manager, name="Upward")

    answer = client.post(url("program_edit", program), {"name": "Fresh eyes", "goal": "To see."})

    program.refresh_from_db()
    assert answer.headers["Location"] == program.get_absolute_url()
    assert (program.name, program.goal) == ("Fresh eyes", "")
    assert events() == ["programs.program.changed"]


def test_a_cohort_gets_another_name_and_keeps_its_days(client, manager):
    cohort = make_cohort(manager, name="Spring", starts_on=date(2026, 3, 1))

    client.post(url("cohort_edit", cohort), {"name": "First", "starts_on": "2027-01-01"})

    cohort.refresh_from_db()
    assert (cohort.name, cohort.starts_on) == ("First", date(2026, 3, 1))
    assert events() == ["programs.cohort.renamed"]


@pytest.mark.parametrize("name", ["program_edit", "cohort_edit"])
def test_a_name_that_is_taken_is_refused_and_the_page_keeps_the_old_one(client, manager, name):
    row = row_of(name, manager)
    if isinstance(row, Program):
        make_program(manager, name="Taken")
    else:
        make_cohort(program=row.program, name="Taken")
    old = row.name

    answer = client.post(url(name, row), {"name": "Taken"})

    row.refresh_from_db()
    assert (answer.status_code, row.name, events()) == (200, old, [])
    assert f"What {old} is called" in answer.content.decode()


def test_a_program_without_cohorts_is_deleted_once_it_is_sure(client, manager):
    program = make_program(manager)
    asked = client.get(url("program_delete", program)).content.decode()
    client.post(url("program_delete", program))
    is_still_there = Program.objects.filter(pk=program.pk).exists()

    answer = client.post(url("program_delete", program), {"is_sure": "True"})

    assert (f"Delete {program}?" in asked, is_still_there) == (True, True)
    assert answer.headers["Location"] == reverse("programs:program_list")
    assert (Program.objects.count(), events()) == (0, ["programs.program.deleted"])


def test_a_program_with_a_cohort_stays(client, manager):
    cohort = make_cohort(manager)

    answer = client.post(url("program_delete", cohort.program), {"is_sure": "True"})

    assert "Delete its cohorts first" in answer.content.decode()
    assert (Program.objects.count(), events()) == (1, [])


def test_a_cohort_is_deleted_with_its_people_and_runs(client, manager):
    cohort = make_cohort(manager)
    person = make_enrollment(cohort).person
    make_run(cohort, by=manager)
    asked = client.get(url("cohort_delete", cohort)).content.decode()

    answer = client.post(url("cohort_delete", cohort), {"is_sure": "True"})

    assert "1 person takes part." in asked
    assert answer.headers["Location"] == cohort.program.get_absolute_url()
    assert (Cohort.objects.count(), events()) == (0, ["programs.cohort.deleted"])
    assert AuditEntry.objects.get().facts == {"people": 1}
    person.refresh_from_db()


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"published_at": timezone.now()}, "are published, so it stays"),
        ({"state": "waiting"}, "is being computed"),
    ],
)
def test_a_cohort_stays_where_pairs_are_published_or_computed(client, manager, fields, why):
    cohort = make_run(make_cohort(manager), by=manager, **fields).cohort

    answer = client.post(url("cohort_delete", cohort), {"is_sure": "True"})

    assert why in answer.content.decode()
    assert (Cohort.objects.count(), events()) == (1, [])


def test_a_published_cohort_leads_to_its_pairs_and_not_to_its_end(client, manager):
    cohort = make_run(make_cohort(manager), by=manager, published_at=timezone.now()).cohort

    html = client.get(cohort.get_absolute_url()).content.decode()

    assert f'button--primary" href="{reverse("pairs:pair_list", args=[cohort.pk])}"' in html
    assert url("cohort_delete", cohort) not in html


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", PAGES)
def test_what_others_manage_does_not_exist(client, manager, method, name):
    row = row_of(name, make_manager())

    assert getattr(client, method)(url(name, row), {"is_sure": "True"}).status_code == 404
    assert type(row).objects.filter(pk=row.pk).exists()
