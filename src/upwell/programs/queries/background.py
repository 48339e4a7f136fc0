"""What somebody's own page about their background shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise

from upwell.programs.background_words import CONSENTS, VERSIONS
from upwell.programs.models import Background, Enrollment
from upwell.programs.models.background import Kept, kept_by_row

PURPOSES = Background.Purpose


class Agreed(NamedTuple):
    """A use that somebody has agreed to, and whether its text has changed since."""

    use: str
    title: str | Promise
    kept: Kept

    @property
    def is_outdated(self) -> bool:
        return self.kept.version != VERSIONS[self.use]


@dataclass(frozen=True)
class Told:
    """``kept`` is by use. ``answers`` may come from another cohort: they are offered again."""

    kept: Mapping[str, Kept]
    answers: Mapping[str, str]
    uses: tuple[str, ...]
    is_from_earlier: bool
    is_closed: bool

    @property
    def agreed(self) -> list[Agreed]:
        return [Agreed(use, CONSENTS[use].title, kept) for use, kept in self.kept.items()]


def told_background(enrollment: Enrollment) -> Told:
    """Of one person: two queries and one of the key store; raises VaultError.

    The enrollment comes with its cohort and program.
    """
    rows = list(Background.objects.filter(person=enrollment.person_id).select_related("enrollment"))
    found = kept_by_row(rows)
    kept = {
        row.purpose: one
        for row in rows
        if row.enrollment_id == enrollment.pk and (one := found[row.pk])
    }
    newest = max(
        kept.values() or filter(None, found.values()), key=lambda one: one.given_on, default=None
    )
    return Told(
        kept=kept,
        answers=newest.answers if newest else {},
        uses=uses_of(enrollment, kept),
        is_from_earlier=bool(newest and not kept),
        is_closed=enrollment.cohort.is_over,
    )


def uses_of(enrollment: Enrollment, kept: Mapping[str, Kept]) -> tuple[str, ...]:
    """The match is offered where the program weighs it, and while somebody's consent stands."""
    is_weighed = bool(enrollment.cohort.program.policy.preferences.background)
    is_offered = is_weighed or PURPOSES.MATCHING in kept
    return (*([PURPOSES.MATCHING.value] if is_offered else []), PURPOSES.MONITORING.value)
