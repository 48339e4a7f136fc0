from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.factories import make_cohort, make_enrollment, make_manager, make_program
from upwell.programs import services
from upwell.programs.models import Cohort
from upwell.programs.models.cohorts import EARLIEST, latest_start

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("starts_on", "months", "ends_on"),
    [
        (date(2026, 1, 1), 6, date(2026, 7, 1)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2099, 12, 31), 12, date(2100, 12, 31)),
    ],
)
def test_a_cohort_ends_months_later(starts_on, months, ends_on):
    assert Cohort(starts_on=starts_on, months=months).ends_on == ends_on


@pytest.mark.parametrize("day", [date.min, EARLIEST - timedelta(days=1), date.max])
def test_a_cohort_outside_the_years_of_a_plan_is_refused(day):
    program, manager = make_program(), make_manager()

    with pytest.raises(ValidationError, match="Please choose a day from"):
        services.open_cohort(program, name="Spring", starts_on=day, by=manager)

    assert not program.cohorts.exists()


def test_a_cohort_can_start_ten_years_ahead_but_no_later():
    program, manager = make_program(), make_manager()
    latest = latest_start(timezone.localdate())

    services.open_cohort(program, name="Late", starts_on=latest, by=manager)
    with pytest.raises(ValidationError, match="Please choose a day from"):
        services.open_cohort(program, name="X", starts_on=latest + timedelta(days=1), by=manager)

    assert program.cohorts.get().name == "Late"


def test_latest_start_is_there_on_every_day():
    assert latest_start(date(2028, 2, 29)) == date(2038, 2, 28)


@pytest.mark.parametrize("day", [EARLIEST - timedelta(days=1), date(2100, 1, 1)])
def test_the_database_holds_no_cohort_of_another_century(day):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_cohort(starts_on=day)


def test_the_database_holds_no_capacity_above_fifty():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_enrollment(capacity=51)
