"""What publishing a run will do, in numbers."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from upwell.pairs.models import Couple, MatchRun
from upwell.pairs.queries.room import full_enrollments
from upwell.people.models import Person, PersonQuerySet
from upwell.policy import Policy
from upwell.programs.models import Enrollment


@dataclass(frozen=True)
class Publication:
    """``people`` are told by e-mail but for those ``without_address``; the ``unplaced`` with one
    get kind words.

    Those ``without_sign_in`` have no address to sign in with, whether they are told or not. With
    ``newcomers``, who take part and are not in the run, nothing can be published.
    """

    pairs: int
    people: int
    without_address: int
    without_sign_in: int
    newcomers: int
    unplaced: int

    @property
    def mails(self) -> int:
        return self.people - self.without_address


def publication_of(run: MatchRun) -> Publication:
    """Three queries."""
    proposals = run.proposals.order_by()
    told = proposals.values("mentor__person").union(proposals.values("mentee__person"))
    locked_out = Q(sign_in_email__isnull=True) | Q(sign_in_email="")
    nowhere = Q(contact_email="") & locked_out
    counts = (
        Person.objects.filter(pk__in=told)
        .order_by()
        .aggregate(
            people=Count("pk"),
            without_address=Count("pk", filter=nowhere),
            without_sign_in=Count("pk", filter=locked_out),
        )
    )
    unplaced = unplaced_people(run).exclude(nowhere).count()
    pairs, joined = run.figures.get("pairs", 0), newcomers(run).count()
    return Publication(pairs, **counts, newcomers=joined, unplaced=unplaced)


def unplaced_people(run: MatchRun) -> PersonQuerySet:
    """Whoever still takes part, and has no counterpart by the run nor otherwise in its cohort."""
    paired = Couple.objects.active().filter(pair__cohort=run.cohort).order_by()
    still = run.unplaced.filter(enrollment__state=Enrollment.State.ENROLLED).order_by()
    people: PersonQuerySet = Person.objects.active().filter(
        enrollments__in=still.values("enrollment")
    )
    for side in ("mentor", "mentee"):
        people = people.exclude(pk__in=paired.values(side))
    return people


def newcomers(run: MatchRun) -> QuerySet[Enrollment]:
    """Who takes part and is neither paired nor named as unplaced by the run, by name.

    They were added since, or had left and are back. Whoever has no place left beside a pair that
    continues is not among them.
    """
    looked_at = run.unplaced.exclude(why="left").order_by()
    known = (
        *(run.proposals.order_by().values(side) for side in ("mentor", "mentee")),
        looked_at.values("enrollment"),
    )
    found: QuerySet[Enrollment] = run.cohort.enrollments.enrolled().filter(person__is_active=True)
    full = full_enrollments(run.cohort, Policy.from_json(run.policy_json)).values("pk")
    for enrollments in (*known, full):
        found = found.exclude(pk__in=enrollments)
    return found.order_by("person__name", "pk")
