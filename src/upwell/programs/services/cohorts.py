from datetime import date

from django.db import transaction

from upwell.audit.services import record
from upwell.people.models import Person
from upwell.programs.models import Cohort, Program
from upwell.programs.services.rows import insert


@transaction.atomic
def open_cohort(
    program: Program, *, name: str, starts_on: date, months: int = Cohort.Length.SIX, by: Person
) -> Cohort:
    """Raises ValidationError where the program has a cohort of that name."""
    cohort = Cohort(program=program, name=name, starts_on=starts_on, months=months)
    insert(cohort)
    record("programs.cohort.opened", by=by, on=cohort)
    return cohort
