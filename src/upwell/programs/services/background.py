"""What people tell about their background: kept sealed, for the uses that they agree to.

No entry of the audit log, no message and no figure tells who has answered, agreed or refused.
"""

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.programs.background_words import VERSIONS
from upwell.programs.models import Background, Cohort, Enrollment
from upwell.programs.models.background import (
    NOTHING,
    QUESTIONS,
    Kept,
    kept_by_row,
    row_of,
    seal_kept,
)
from upwell.programs.services.rows import locked
from upwell.vault.errors import VaultError
from upwell.vault.scopes import Kind
from upwell.vault.services import erased_ids

CHUNK = 1_000
PURPOSES = Background.Purpose


@transaction.atomic
def keep_answers(
    enrollment: Enrollment, answers: Mapping[str, str], purposes: Collection[str]
) -> None:
    """Keep the answers for these uses, which their owner agrees to now, and for no other.

    Raises ValidationError where there are answers and no use for them, for an answer that is none,
    once the cohort has closed, and while nothing can be sealed.
    """
    given = {name: letter for name, letter in answers.items() if letter}
    check_answers(given)
    if given and not purposes:
        raise ValidationError(
            _(
                "Not saved; what was kept before stays as it was. Tick at least one use, or take"
                " back what is kept."
            )
        )
    today, row = timezone.localdate(), row_of(given)
    new = {one: Kept(VERSIONS[one], today, row) for one in purposes if given}
    write(enrollment, {one: new.get(one) for one in PURPOSES})


def check_answers(given: Mapping[str, str]) -> None:
    for name, letter in given.items():
        if len(letter) != 1 or letter not in QUESTIONS.get(name, ""):
            raise ValidationError(_("Please choose one of the answers."))


@transaction.atomic
def take_back(enrollment: Enrollment, purposes: Collection[str]) -> None:
    """Forget what was given for these uses. Counts from now on: the next run does not read it."""
    write(enrollment, dict.fromkeys(purposes))


def forget_answers(enrollment: Enrollment) -> None:
    """Of whoever steps out. While nothing can be sealed it stays, and no match reads it."""
    if enrollment.backgrounds.exists():
        with suppress(ValidationError, VaultError):
            take_back(enrollment, PURPOSES.values)


def write(enrollment: Enrollment, kept: Mapping[str, Kept | None]) -> None:
    """Locked by the program, so that everybody's rows come at once.

    A row whose consent has not changed its day keeps it.
    """
    cohort = Cohort.objects.get(pk=enrollment.cohort_id)
    locked(cohort.program_id)
    if cohort.is_over:
        raise ValidationError(_("This cohort has closed, so nothing is kept any more."))
    fill_rows(cohort)
    rows = list(enrollment.backgrounds.filter(purpose__in=kept).order_by("purpose"))
    old = kept_by_row(rows)
    new = [since_first(kept[row.purpose], old[row.pk]) for row in rows]
    Background.objects.bulk_update(seal_kept(rows, new), ["kept"])


def since_first(new: Kept | None, old: Kept | None) -> Kept | None:
    """Whoever changes an answer has still agreed on the day when they did."""
    is_same = new and old and new.version == old.version
    return new._replace(given_on=old.given_on) if new and old and is_same else new


def fill_rows(cohort: Cohort) -> None:
    """Both rows for everybody who has none yet, so that a row tells nothing. Few queries."""
    there = set(
        Background.objects.filter(enrollment__cohort=cohort).values_list("enrollment", "purpose")
    )
    missing = [
        Background(enrollment_id=pk, person_id=person, purpose=purpose)
        for pk, person in cohort.enrollments.order_by("pk").values_list("pk", "person")
        for purpose in PURPOSES.values
        if (pk, purpose) not in there
    ]
    rows = seal_kept(missing, [None] * len(missing))
    Background.objects.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)


def fill_for_newcomers(cohort: Cohort) -> None:
    """Let a missing row tell nothing of those who come later; once nothing can be sealed, they wait
    for the next match.
    """
    if Background.objects.filter(enrollment__cohort=cohort).exists():
        with suppress(ValidationError, VaultError):
            fill_rows(cohort)


def read_backgrounds(cohort: Cohort) -> dict[UUID, str]:
    """What counts in the next match, by person: a letter a question, and of everybody as many.

    Of those who take part and have agreed to the text as it stands; of all others nothing is
    known, and of who takes no part or was erased there is no row. Raises
    VaultError where it cannot be read, ValidationError while nothing can be sealed.
    """
    if cohort.is_over:
        return {}
    with transaction.atomic():
        locked(cohort.program_id)
        fill_rows(cohort)
    here = cohort.enrollments.enrolled().order_by()
    own = Background.objects.filter(enrollment__in=here, purpose=PURPOSES.MATCHING)
    rows = list(own.order_by("person"))
    kept, erased = kept_by_row(rows), erased_ids(Kind.PERSON)
    return {
        row.person_id: counting(kept[row.pk], PURPOSES.MATCHING)
        for row in rows
        if row.person_id not in erased
    }


def counting(kept: Kept | None, purpose: str) -> str:
    return kept.row if kept and kept.version == VERSIONS[purpose] else NOTHING


def forget_closed(today: date) -> int:
    """Delete everybody's rows of cohorts that have closed; returns how many cohorts those were."""
    cohorts = Cohort.objects.filter(enrollments__backgrounds__isnull=False).distinct()
    closed = [one.pk for one in cohorts if one.ends_on <= today]
    Background.objects.filter(enrollment__cohort__in=closed).delete()
    return len(closed)
