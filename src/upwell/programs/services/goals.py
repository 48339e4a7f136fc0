"""What a program is for, and how it is measured."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.people.models import Person
from upwell.policy.values import same_name
from upwell.programs.models import Measure, Program, Reading
from upwell.programs.models.cohorts import EARLIEST, NEVER_FROM
from upwell.programs.services.rows import change, insert

MOST_FUNCTIONS = 30


@transaction.atomic
def set_goal(
    program: Program, *, initiative: str, goal: str, functions: Iterable[str], by: Person
) -> None:
    """Say anew what the program is for, and which parts of the organization that is about."""
    program.initiative, program.goal = initiative, goal
    program.functions = distinct(functions)
    change(program, "initiative", "goal", "functions")
    record("programs.goal.changed", by=by, on=program)


def distinct(names: Iterable[str]) -> list[str]:
    """Each name once, however it is spelled. Raises ValidationError for too many."""
    found = {same_name(name): " ".join(name.split()) for name in names if name.strip()}
    if len(found) > MOST_FUNCTIONS:
        raise ValidationError(
            _("Please name at most %(most)s functions.") % {"most": MOST_FUNCTIONS}
        )
    return list(found.values())


@transaction.atomic
def add_measure(
    program: Program,
    *,
    name: str,
    unit: str,
    baseline: Decimal,
    target: Decimal,
    due_on: date,
    by: Person,
) -> Measure:
    """Raises ValidationError for a name that is taken, or a day that has passed."""
    if due_on <= timezone.localdate():
        raise ValidationError({"due_on": _("Please choose a day that is still to come.")})
    measure = Measure(
        program=program, name=name, unit=unit, baseline=baseline, target=target, due_on=due_on
    )
    check_day(due_on)
    insert(measure)
    record("programs.measure.added", by=by, on=program)
    return measure


@transaction.atomic
def change_measure(measure: Measure, *, by: Person, **values: object) -> None:
    """Write what is given of name, unit, baseline, target and due_on; readings stay."""
    for name, value in values.items():
        setattr(measure, name, value)
    check_day(measure.due_on)
    change(measure, *values)
    record("programs.measure.changed", by=by, on=measure.program)


@transaction.atomic
def remove_measure(measure: Measure, *, by: Person) -> None:
    """Remove a measure with its readings."""
    record("programs.measure.removed", by=by, on=measure.program)
    measure.delete()


@transaction.atomic
def add_reading(measure: Measure, *, taken_on: date, value: Decimal, by: Person) -> Reading:
    """Raises ValidationError for a day to come, or one that has a reading."""
    if not EARLIEST <= taken_on <= timezone.localdate():
        raise ValidationError({"taken_on": _("Please choose a day that has come.")})
    reading = Reading(measure=measure, taken_on=taken_on, value=value, recorded_by=by)
    insert(reading)
    record("programs.reading.added", by=by, on=measure.program)
    return reading


@transaction.atomic
def remove_reading(reading: Reading, *, by: Person) -> None:
    record("programs.reading.removed", by=by, on=reading.measure.program)
    reading.delete()


def check_day(day: date) -> None:
    if not EARLIEST <= day < NEVER_FROM:
        raise ValidationError({"due_on": _("Please choose a day of this century.")})
