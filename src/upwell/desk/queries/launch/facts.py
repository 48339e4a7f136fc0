"""What there is of programs and their cohorts, read at once for all of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from upwell.desk.queries.launch.sides import Sides, sides_of
from upwell.learning.models import Publication, TextKind
from upwell.learning.queries import Trained, trained_of
from upwell.people.models import Person
from upwell.programs.models import (
    Cohort,
    Estimate,
    Funding,
    Measure,
    Opening,
    PlannedMeeting,
    Program,
    Sponsor,
    Staff,
)
from upwell.programs.queries.mass import estimates_of
from upwell.programs.queries.mass_inputs import outdated

Key = tuple[UUID, UUID | None]
ROWS: dict[str, Callable[[], QuerySet[Any]]] = {
    "measures": Measure.objects.all,
    "sponsors": lambda: Sponsor.objects.select_related("person", "unit"),
    "fundings": lambda: Funding.objects.select_related("approved_by"),
    "staff": lambda: Staff.objects.select_related("person").order_by("person__name", "pk"),
    "meetings": PlannedMeeting.objects.all,
    "publications": Publication.objects.all,
}


@dataclass(frozen=True)
class Facts:
    """What there is of one program, with the cohort that is looked at, if any.

    ``is_outdated`` where something has changed since the estimate was worked out. ``is_hidden``
    where whoever looks takes part in the only cohort, and so is told nothing of it.
    """

    program: Program
    measures: Sequence[Measure] = ()
    sponsors: Sequence[Sponsor] = ()
    fundings: Sequence[Funding] = ()
    staff: Sequence[Staff] = ()
    meetings: Sequence[PlannedMeeting] = ()
    publications: Sequence[Publication] = ()
    cohort: Cohort | None = None
    sides: Sides = field(default_factory=Sides)
    trained: Trained = field(default_factory=Trained)
    openings: Mapping[str, Opening] = field(default_factory=dict)
    estimate: Estimate | None = None
    is_outdated: bool = False
    is_hidden: bool = False

    @property
    def funding(self) -> Funding | None:
        return self.fundings[0] if self.fundings else None

    def publication(self, kind: str) -> Publication | None:
        """That the guidelines, or the lessons, are published."""
        return next((one for one in self.publications if one.kind == kind), None)

    @property
    def owner(self) -> Staff | None:
        """Whoever was asked to be the executive owner."""
        found = (one for one in self.staff if one.role == Staff.Role.EXECUTIVE_OWNER)
        return next(found, None)

    @property
    def has_owner(self) -> bool:
        """Whether they have accepted, and are still there."""
        return bool(self.owner and self.owner.accepted_at and self.owner.person.is_active)

    @property
    def managers(self) -> list[Person]:
        managers = (one.person for one in self.staff if one.role == Staff.Role.PROGRAM_MANAGER)
        return [person for person in managers if person.is_active]


def facts_of(programs: Sequence[Program], cohorts: Iterable[Cohort]) -> dict[Key, Facts]:
    """By the keys of program and cohort; of each program also without a cohort.

    Ten queries, three more where lessons are published, and five where a critical mass was worked
    out.
    """
    shown = list(cohorts)
    rows: dict[str, Any] = {name: of_programs(query(), programs) for name, query in ROWS.items()}
    sides, openings, estimates = sides_of(shown), openings_of(shown), estimates_of(shown)
    changed = outdated(estimates.values(), shown)
    learning = {
        program
        for program, published in rows["publications"].items()
        if any(one.kind == TextKind.LESSONS for one in published)
    }
    trained = trained_of([one for one in shown if one.program_id in learning])
    found: dict[Key, Facts] = {
        (one.pk, None): Facts(one, **{name: rows[name][one.pk] for name in ROWS})
        for one in programs
    }
    for cohort in shown:
        found[cohort.program_id, cohort.pk] = replace(
            found[cohort.program_id, None],
            cohort=cohort,
            sides=sides.get(cohort.pk, Sides()),
            trained=trained.get(cohort.pk, Trained()),
            openings=openings[cohort.pk],
            estimate=estimates.get(cohort.pk),
            is_outdated=cohort.pk in changed,
        )
    return found


def of_programs(rows: QuerySet[Any], programs: Sequence[Program]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows.filter(program__in=programs):
        found[row.program_id].append(row)
    return found


def openings_of(cohorts: Sequence[Cohort]) -> dict[UUID, dict[str, Opening]]:
    found: dict[UUID, dict[str, Opening]] = defaultdict(dict)
    for one in Opening.objects.filter(cohort__in=cohorts).select_related("opened_by", "cohort"):
        found[one.cohort_id][one.gate] = one
    return found
