"""What people of the demo tell about themselves."""

from collections import Counter

import pytest

from tests.backgrounds import make_open_cohort, weigh
from tests.factories import make_enrollment
from upwell.demo.backgrounds import tell_backgrounds
from upwell.programs.models import Background
from upwell.programs.models.background import QUESTIONS, kept_by_row
from upwell.programs.services.background import read_backgrounds

pytestmark = pytest.mark.django_db


def told_in(cohort):
    """How many tell something, by use."""
    rows = list(Background.objects.filter(enrollment__cohort=cohort))
    kept = kept_by_row(rows)
    return Counter(row.purpose for row in rows if kept[row.pk])


@pytest.fixture
def cohort():
    cohort = make_open_cohort()
    for _one in range(40):
        make_enrollment(cohort)
    return cohort


def test_some_tell_something_and_everybody_has_rows(cohort):
    tell_backgrounds(cohort)

    told = told_in(cohort)
    assert told.keys() == {"monitoring"}
    assert 8 < told["monitoring"] < 25
    assert Background.objects.count() == 80


def test_where_the_match_weighs_it_the_same_people_let_it_count(cohort):
    weigh(cohort)

    tell_backgrounds(cohort)

    told, rows = told_in(cohort), read_backgrounds(cohort).values()
    assert told["matching"] == told["monitoring"]
    assert all(
        letter in f"{letters}-"
        for row in rows
        for letter, letters in zip(row, QUESTIONS.values(), strict=True)
    )
