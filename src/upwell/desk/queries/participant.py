"""For participants: their counterparts, or what they wait for."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from upwell.desk.queries.step import Step
from upwell.pairs.models import Couple, MatchRun, Pair
from upwell.pairs.queries import lost_couples
from upwell.pairs.services.words import participant_sentences
from upwell.people.models import Person
from upwell.programs.models import Cohort, Enrollment


@dataclass(frozen=True)
class Part:
    """One's place in a cohort, once for each counterpart.

    Without one, ``is_published`` says whether there still could be one by itself: not once the
    pairs of the cohort are published. ``had_one`` where there was a pair they knew of, which has
    ended and is to be replaced. ``answers`` is where one sees what one has said for it.
    """

    cohort: Cohort
    is_mentor: bool
    is_waiting: bool = False
    answers: str = ""
    counterpart: Person | None = None
    pair: Pair | None = None
    is_published: bool = False
    had_one: bool = False

    @property
    def reason(self) -> str:
        """The first of the reasons that the two are told; "" where there is none to tell."""
        found = participant_sentences(self.pair.reasons) if self.pair else []
        return found[0] if found else ""

    @property
    def step(self) -> Step | None:
        """Where one finds how to reach the other."""
        if not (self.pair and self.counterpart):
            return None
        label = _("See how to reach %(name)s") % {"name": self.counterpart}
        return Step(label, "desk:pair_detail", self.pair.pk)

    @property
    def href(self) -> str:
        return self.pair.get_absolute_url() if self.pair else ""


def parts_of(user: Person, today: date) -> list[Part]:
    """Pairs first, then the cohorts under way in which one has no counterpart. Two queries."""
    paired = [part_of(couple, user) for couple in couples_of(user)]
    met = {part.cohort.pk for part in paired}
    published = MatchRun.objects.told().filter(cohort=OuterRef("cohort"))
    states = [Enrollment.State.ENROLLED, Enrollment.State.WAITING]
    enrollments = Enrollment.objects.filter(person=user, state__in=states)
    enrollments = enrollments.select_related("cohort__program")
    without = [
        Part(
            enrollment.cohort,
            enrollment.is_mentor,
            is_waiting=enrollment.state == Enrollment.State.WAITING,
            answers=enrollment.own_href,
            is_published=enrollment.is_published,  # type: ignore[attr-defined]  # -- annotated
            had_one=enrollment.had_one,  # type: ignore[attr-defined]  # -- annotated
        )
        for enrollment in enrollments.annotate(
            is_published=Exists(published), had_one=Exists(lost_couples().shown())
        )
        if enrollment.cohort_id not in met and enrollment.cohort.ends_on > today
    ]
    return paired + without


def couples_of(user: Person) -> list[Couple]:
    couples = Couple.objects.shown().filter(Q(mentor=user) | Q(mentee=user), is_active=True)
    couples = couples.filter(pair__state=Pair.State.ACTIVE).with_people()
    return list(couples.select_related("pair__cohort__program").order_by("pair__created_at", "pk"))


def part_of(couple: Couple, user: Person) -> Part:
    is_mentor = couple.mentor_id == user.pk
    counterpart = couple.mentee if is_mentor else couple.mentor
    return Part(
        couple.pair.cohort,
        is_mentor,
        counterpart=counterpart,
        pair=couple.pair,
        is_published=True,
    )
