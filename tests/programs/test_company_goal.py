"""The right mentees first, with the directory of a real company."""

from datetime import date

import pytest
from django.urls import reverse

from upwell.people.services.directory import bring_in
from upwell.programs import services
from upwell.sheets import read_people

pytestmark = pytest.mark.django_db


def test_senior_marketing_and_sales_leaders_are_proposed_first(client, manager, company_file):
    bring_in(read_people(company_file, today=date(2021, 7, 1)), is_whole=True)
    program = services.create_program(name="Youth", goal_kind="younger_customers", by=manager)
    cohort = services.open_cohort(program, name="First", starts_on=date(2027, 1, 1), by=manager)

    page = client.get(reverse("programs:participant_add", args=[cohort.pk]), {"role": "mentee"})

    people = list(page.context["page"])
    heights = [person.level.height for person in people]
    assert heights == sorted(heights, reverse=True)
    assert {str(person.unit) for person in people} <= {"Marketing", "Sales", "Customer Service"}
    assert {person.title for person in people[:3]} == {
        "Chief Marketing Officer",
        "Chieft Customer Officer",  # as the file spells it
        "SVP, Marketing",
    }
