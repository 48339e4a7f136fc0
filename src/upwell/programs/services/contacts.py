"""Whom concern contacts could not serve: people in their own reporting lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from upwell.people.models import Person
from upwell.policy.lines import ReportingLines
from upwell.programs.models import Cohort, Enrollment, Program
from upwell.programs.services.lines import directory_lines


@dataclass(frozen=True)
class InLine:
    """Participants whom somebody could not serve.

    ``hidden`` are those of cohorts that the reader takes part in, and so is not told of.
    """

    above: tuple[Person, ...] = ()
    below: tuple[Person, ...] = ()
    takes_part: bool = False
    hidden: int = 0

    @property
    def count(self) -> int:
        return len(self.above) + len(self.below) + self.takes_part + self.hidden


def in_lines_of(
    people: Sequence[Person], program: Program, *, reader: Person
) -> dict[UUID, InLine]:
    """For each of these people, the participants of open cohorts in their line, by any line.

    Five queries, whatever there is; none for nobody.
    """
    if not people:
        return {}
    participants, shown = participants_of_open(program, reader)
    if not participants:
        return {person.pk: InLine() for person in people}
    lines, row_of = directory_lines()
    return {person.pk: found(person, participants, shown, lines, row_of) for person in people}


def participants_of_open(program: Program, reader: Person) -> tuple[list[Person], set[UUID]]:
    """Everybody who takes part in a cohort that has not ended, and whom the reader may know."""
    today = timezone.localdate()
    open_ones = [one for one in program.cohorts.all() if one.ends_on > today]
    managed = set(Cohort.objects.managed_by(reader).values_list("pk", flat=True))
    rows = Enrollment.objects.filter(cohort__in=open_ones, person__is_active=True)
    people: dict[UUID, Person] = {}
    shown: set[UUID] = set()
    for row in rows.select_related("person").order_by("person__name", "pk"):
        people[row.person_id] = row.person
        if row.cohort_id in managed:
            shown.add(row.person_id)
    return list(people.values()), shown


def found(
    person: Person,
    participants: Iterable[Person],
    shown: set[UUID],
    lines: ReportingLines,
    row_of: dict[UUID, int],
) -> InLine:
    own = row_of.get(person.pk)
    if own is None:  # somebody who has left stands in no line
        return InLine()
    higher = lines.above(own)
    others = [one for one in participants if one.pk != person.pk and one.pk in row_of]
    above = [one for one in others if row_of[one.pk] in higher]
    below = [one for one in others if own in lines.above(row_of[one.pk])]
    hidden = {one.pk for one in (*above, *below)} - shown
    return InLine(
        tuple(one for one in above if one.pk in shown),
        tuple(one for one in below if one.pk in shown),
        person.pk in {one.pk for one in participants} & shown,
        len(hidden),
    )
