"""Whom concern contacts could not serve, found in the reporting lines of today."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    make_cohort,
    make_enrollment,
    make_lines,
    make_manager,
    make_person,
    make_program,
)
from upwell.programs import services
from upwell.programs.models import Staff

pytestmark = pytest.mark.django_db
CONTACT = Staff.Role.CONCERN_CONTACT


@pytest.fixture
def cohort(manager):
    return make_cohort(manager, starts_on=timezone.localdate())


@pytest.fixture
def contact():
    return make_person(name="Cleo", sign_in_email="cleo@example.com")


def warned(client, cohort, **query):
    url = reverse("programs:program_contacts", args=[cohort.program_id])
    return client.get(url, query).content.decode()


def test_participants_above_and_below_are_named_at_any_depth(client, manager, cohort, contact):
    low, high, aside = (make_person(name=name) for name in ("Low", "High", "Aside"))
    make_lines(low, make_person(), contact, make_person())
    make_lines(contact, high, kind="dotted")
    for person in (low, high, aside):
        make_enrollment(cohort, person=person)
    services.ask_to_serve(cohort.program, contact, role=CONTACT, by=manager)

    page = warned(client, cohort)

    assert "Above Low in the reporting lines. Reports up to High." in page
    assert "A concern contact stands in a line with those they serve" in page


def test_who_is_found_by_the_search_is_warned_of_before_they_are_asked(client, cohort, contact):
    make_enrollment(cohort, person=contact)

    assert "Takes part in this program." in warned(client, cohort, q="cleo")


def test_nobody_is_warned_of_outside_the_lines(client, manager, cohort, contact):
    make_lines(make_enrollment(cohort).person, make_person())
    services.ask_to_serve(cohort.program, contact, role=CONTACT, by=manager)

    assert services.in_lines_of([contact], cohort.program, reader=manager)[contact.pk].count == 0
    assert "reporting lines. Reports" not in warned(client, cohort)


def test_cohorts_that_have_ended_do_not_count(manager, cohort, contact):
    cohort.starts_on = timezone.localdate() - timedelta(days=400)
    cohort.save()
    make_lines(make_enrollment(cohort).person, contact)

    found = services.in_lines_of([contact], cohort.program, reader=manager)

    assert found[contact.pk].count == 0


def test_a_manager_who_takes_part_is_told_no_names_of_that_cohort(manager, cohort, contact):
    make_lines(make_enrollment(cohort).person, contact)
    make_enrollment(cohort, person=manager)

    line = services.in_lines_of([contact], cohort.program, reader=manager)[contact.pk]

    assert (line.below, line.hidden) == ((), 1)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_makes_the_same_queries_for_any_number(
    client, cohort, contact, count, django_assert_num_queries
):
    for _number in range(count):
        make_lines(make_enrollment(cohort).person, contact)
    services.ask_to_serve(cohort.program, contact, role=CONTACT, by=make_manager())

    with django_assert_num_queries(12):
        warned(client, cohort)


def test_the_heading_names_both_once_they_have_accepted(client, manager, contact):
    cohort = make_cohort(program=make_program(manager))
    other = make_person(name="Otto", sign_in_email="otto@example.com")
    for person in (contact, other):
        services.ask_to_serve(cohort.program, person, role=CONTACT, by=make_manager())
        services.answer_request(cohort.program, person, role=CONTACT, accepts=True)

    assert "Cleo and Otto listen to concerns" in warned(client, cohort)
