from collections.abc import Iterable
from datetime import date
from itertools import chain, count
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.people.models import Person
from upwell.people.services.steps import discard_import
from upwell.programs.dates import proposed_dates, proposed_supervisions
from upwell.programs.models import Cohort, Program, Supervision
from upwell.programs.models.cohorts import check_start, months_later
from upwell.programs.services.rows import change, insert, locked
from upwell.sheets.messages import shorten

LONGEST_NAME = 120


@transaction.atomic
def open_cohort(
    program: Program, *, name: str, starts_on: date, months: int = Cohort.Length.SIX, by: Person
) -> Cohort:
    """Open a cohort with its days as they are proposed.

    Raises ValidationError where the program has a cohort of that name.
    """
    cohort = Cohort(program=program, name=name, starts_on=starts_on, months=months)
    propose_days(cohort)
    record("programs.cohort.opened", by=by, on=cohort)
    return cohort


def propose_days(cohort: Cohort) -> None:
    """Write a new cohort with the days that follow from its start."""
    check_start(cohort.starts_on)
    today = timezone.localdate()
    for name, day in proposed_dates(cohort.starts_on, cohort.months, today).items():
        setattr(cohort, name, day)
    insert(cohort)
    keep_supervisions(cohort, proposed_supervisions(cohort.starts_on, cohort.months))


def keep_supervisions(cohort: Cohort, days: Iterable[date]) -> None:
    """Make these the days of supervision. Raises ValidationError for one outside the cohort."""
    wanted = sorted(set(days))
    if cohort.midpoint_on and cohort.midpoint_on >= cohort.ends_on:
        raise ValidationError(_("The midpoint comes before the close."))
    outside = next((d for d in wanted if not cohort.starts_on <= d < cohort.ends_on), None)
    if outside:
        said = {"day": date_format(outside)}
        raise ValidationError(_("%(day)s is not in the time of the cohort.") % said)
    cohort.supervisions.exclude(held_on__in=wanted).delete()
    there = set(cohort.supervisions.values_list("held_on", flat=True))
    Supervision.objects.bulk_create(
        Supervision(cohort=cohort, held_on=day) for day in wanted if day not in there
    )


@transaction.atomic
def set_days(cohort: Cohort, *, supervisions: Iterable[date], by: Person, **days: Any) -> None:
    """Settle the days of a cohort, its start and length among them.

    Raises ValidationError for days out of order, or another start or length than its published
    pairs were told.
    """
    locked(cohort.program_id)
    before = Cohort.objects.get(pk=cohort.pk)
    is_moved = any(days[name] != getattr(before, name) for name in ("starts_on", "months"))
    if is_moved and cohort.runs.filter(published_at__isnull=False).exists():
        raise ValidationError(
            _("Its pairs were told when it starts and ends, so these days stay as they are.")
        )
    for name, value in days.items():
        setattr(cohort, name, value)
    change(cohort, *days)
    keep_supervisions(cohort, supervisions)
    record("programs.cohort.dated", by=by, on=cohort)


@transaction.atomic
def prepare_next(cohort: Cohort, *, by: Person) -> Cohort:
    """Make the next cohort as a draft: as long as this one, and beginning where it ends.

    Raises ValidationError where there is one, or this is a draft itself.
    """
    locked(cohort.program_id)
    if cohort.is_draft:
        raise ValidationError(_("Confirm this cohort before you prepare the next one."))
    following = Cohort(
        program=cohort.program,
        name=name_after(cohort),
        starts_on=first_of_month(cohort.ends_on),
        months=cohort.months,
        is_draft=True,
        previous=cohort,
    )
    propose_days(following)
    record("programs.cohort.prepared", by=by, on=following)
    return following


def name_after(cohort: Cohort) -> str:
    """A name that the program does not have yet, to be changed by hand."""
    taken = set(cohort.program.cohorts.values_list("name", flat=True))
    name = shorten(_("After %(cohort)s") % {"cohort": cohort.name}, LONGEST_NAME - 5)
    others = (f"{name} {number}" for number in count(2))
    return next(one for one in chain([name], others) if one not in taken)


def first_of_month(day: date) -> date:
    """The day, or the first of the next month where it is none."""
    return day if day.day == 1 else months_later(day.replace(day=1), 1)


@transaction.atomic
def confirm_cohort(cohort: Cohort, *, by: Person) -> None:
    """Let a draft be a cohort. Nothing happens to one that is."""
    if Cohort.objects.filter(pk=cohort.pk, is_draft=True).update(is_draft=False):
        cohort.is_draft = False
        record("programs.cohort.opened", by=by, on=cohort)


@transaction.atomic
def rename_cohort(cohort: Cohort, *, name: str, by: Person) -> None:
    """Raises ValidationError where the program has another cohort of that name."""
    cohort.name = name
    change(cohort, "name")
    record("programs.cohort.renamed", by=by, on=cohort)


@transaction.atomic
def delete_cohort(cohort: Cohort, *, by: Person) -> None:
    """Remove a cohort with who takes part in it, their topics and its runs.

    Raises ValidationError where one of the checks of ``settings`` refuses, or a file is being read.
    """
    locked(cohort.program_id)
    for check in settings.BEFORE_COHORT_DELETED:
        import_string(check)(cohort)
    files = list(cohort.topics_imports.with_file())
    if any(found.is_working for found in files):
        raise ValidationError(_("A file of this cohort is being read. Try again in a moment."))
    for found in files:
        discard_import(found)
    record(
        "programs.cohort.deleted", by=by, on=cohort, facts={"people": cohort.enrollments.count()}
    )
    cohort.delete()
