"""For participants: their counterparts, or what they wait for."""

from dataclasses import dataclass

from django.db.models import Q

from upwell.pairs.models import Couple, Pair
from upwell.people.models import Person
from upwell.programs.models import Cohort, Enrollment


@dataclass(frozen=True)
class Part:
    """One's place in a cohort, once for each counterpart; without one before publication."""

    cohort: Cohort
    is_mentor: bool
    counterpart: Person | None = None
    pair: Pair | None = None

    @property
    def href(self) -> str:
        return self.pair.get_absolute_url() if self.pair else ""


def parts_of(user: Person) -> list[Part]:
    """Pairs first, then the cohorts in which one waits for a counterpart. Two queries."""
    paired = [part_of(couple, user) for couple in couples_of(user)]
    met = {part.cohort.pk for part in paired}
    enrollments = Enrollment.objects.filter(person=user).select_related("cohort__program")
    waiting = [
        Part(enrollment.cohort, enrollment.role == Enrollment.Role.MENTOR)
        for enrollment in enrollments
        if enrollment.cohort_id not in met
    ]
    return paired + waiting


def couples_of(user: Person) -> list[Couple]:
    couples = Couple.objects.filter(Q(mentor=user) | Q(mentee=user), is_active=True)
    couples = couples.filter(pair__state=Pair.State.ACTIVE).with_people()
    return list(couples.select_related("pair__cohort__program").order_by("pair__created_at", "pk"))


def part_of(couple: Couple, user: Person) -> Part:
    is_mentor = couple.mentor_id == user.pk
    counterpart = couple.mentee if is_mentor else couple.mentor
    return Part(couple.pair.cohort, is_mentor, counterpart, couple.pair)
