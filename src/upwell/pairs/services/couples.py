"""The pairs of a cohort in words, for those who run it: on the page, and as a table to keep."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from upwell.pairs.models import Couple, CoupleQuerySet, Pair, Proposal
from upwell.pairs.services.words import reason_sentences
from upwell.people.models import Person
from upwell.programs.models import Cohort
from upwell.sheets.write import Cell


@dataclass(frozen=True)
class PairRow:
    """A couple with how well they fit and why; "" where the run has no such proposal any more.

    A pair without a run, or found by a repair since, says how it came about.
    """

    couple: Couple
    quality: str
    label: str
    why: str


def couples_of(cohort: Cohort) -> CoupleQuerySet:
    return Couple.objects.of_cohort(cohort).with_people().with_proposal()


def counts_of_couples(cohort: Cohort) -> dict[str, int]:
    """How many pairs go on, and how many are over. One query."""
    found = Couple.objects.of_cohort(cohort).order_by()
    over = Q(is_active=False)
    return found.aggregate(active=Count("pk", filter=~over), over=Count("pk", filter=over))


def row_of(couple: Any) -> PairRow:
    """Of a couple of ``couples_of``; of a pair that is over, that it is."""
    quality = couple.quality or ""
    reasons = couple.proposal_reasons or couple.pair.reasons
    why = " ".join(reason_sentences(reasons, mentee=couple.mentee.name))
    if not couple.is_active:
        return PairRow(couple, "neutral", couple.pair.get_state_display(), why)
    if couple.pair.run_id is None or couple.pair.origin == Pair.Origin.REPAIR:
        return PairRow(couple, "neutral", couple.pair.get_origin_display(), why)
    label = str(Proposal.Quality(quality).label) if quality else ""
    return PairRow(couple, quality, label, why)


def pair_rows(cohort: Cohort) -> Iterator[list[Cell]]:
    """The header row, then each pair, as the page shows it. One query."""
    yield [
        *(_("Mentor"), _("Mentor ID"), _("Mentor's e-mail")),
        *(_("Mentor's level"), _("Mentor's unit"), _("Mentor's office")),
        *(_("Mentee"), _("Mentee ID"), _("Mentee's e-mail")),
        *(_("Mentee's level"), _("Mentee's unit"), _("Mentee's office")),
        *(_("How good"), _("State"), _("Why these two")),
    ]
    for couple in couples_of(cohort):
        row = row_of(couple)
        yield [
            *person_cells(couple.mentor),
            *person_cells(couple.mentee),
            row.label if couple.is_active else "",
            couple.pair.get_state_display(),
            row.why,
        ]


def person_cells(person: Person) -> list[Cell]:
    places = (person.level, person.unit, person.office)
    known = [str(place) if place else "" for place in places]
    return [person.name, person.employee_id or "", person.contact_email, *known]
