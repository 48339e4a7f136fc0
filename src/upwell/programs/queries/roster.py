"""The roster: everybody willing, in the order in which they are chosen."""

from collections.abc import Sequence
from datetime import date
from enum import IntEnum
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from upwell.people.models import Person
from upwell.programs.models import (
    Cohort,
    CohortQuerySet,
    Enrollment,
    EnrollmentTopic,
    Place,
    Program,
    Willing,
    WillingQuerySet,
    WillingTopic,
)


class Standing(IntEnum):
    """What has become of somebody until now, in the order of the roster."""

    UNPLACED = 0
    NEW = 1
    SERVED = 2
    SERVING = 3


STANDINGS: list[tuple[str, str | Promise]] = [
    ("unplaced", _("not placed last time")),
    ("new", _("new")),
    ("served", _("has served, rests")),
    ("serving", _("asked, or takes part")),
]


def roster_of(program: Program, *, by: Person, today: date | None = None) -> WillingQuerySet:
    """Everybody willing, with ``standing`` and ``is_needed``; first whom to ask first.

    Of cohorts that the user takes part in, nothing is told. Two queries besides the list's.
    """
    day = today or timezone.localdate()
    cohorts = list(watched(program, by=by))
    now = [one.pk for one in cohorts if one.ends_on > day]
    ahead = cohorts_to_ask_for(program, by=by, today=day).first()
    rows = (
        Willing.objects.standing()
        .filter(program=program)
        .annotate(
            is_serving=Exists(serving(now)),
            was_placed=last_placed([one.pk for one in cohorts]),
            was_passed=Exists(passed([one.pk for one in cohorts])),
            is_needed=Exists(needed(ahead)) if ahead else Value(False, BooleanField()),
        )
    )
    return rows.annotate(standing=standing()).order_by("standing", "-is_needed", "lot", "pk")


def watched(program: Program, *, by: Person) -> CohortQuerySet:
    return program.cohorts.exclude(enrollments__person=by)


def standing() -> Case:
    return Case(
        When(is_serving=True, then=Value(Standing.SERVING)),
        When(was_placed=True, then=Value(Standing.SERVED)),
        When(Q(was_placed=False) | Q(was_passed=True), then=Value(Standing.UNPLACED)),
        default=Value(Standing.NEW),
        output_field=IntegerField(),
    )


def own() -> Any:
    return Enrollment.objects.filter(person=OuterRef("person")).order_by()


def serving(cohorts: Sequence[Any]) -> Any:
    """Of a cohort under way or ahead: in a pair, or present where no pairs are made yet."""
    held = Place.objects.taken().filter(enrollment=OuterRef("pk"))
    unmatched = ~Exists(
        Cohort.objects.filter(pk=OuterRef("cohort"), runs__published_at__isnull=False)
    )
    present = Q(unmatched, state__in=Enrollment.PRESENT)
    return own().filter(Exists(held) | present, cohort__in=cohorts)


def last_placed(cohorts: Sequence[Any]) -> Subquery:
    """Whether the last cohort of theirs that was matched had somebody for them; else None."""
    held = Place.objects.held().filter(enrollment=OuterRef("pk"))
    states = (Enrollment.State.ENROLLED, Enrollment.State.WAITING)
    matched = own().filter(
        cohort__in=cohorts, cohort__runs__published_at__isnull=False, state__in=states
    )
    latest = matched.annotate(is_held=Exists(held)).order_by("-cohort__starts_on", "-pk")
    return Subquery(latest.values("is_held")[:1], output_field=BooleanField())


def passed(cohorts: Sequence[Any]) -> CohortQuerySet:
    """Of these, those that they meant, and that were matched since without asking them."""
    here = Enrollment.objects.filter(cohort=OuterRef("pk"), person=OuterRef(OuterRef("person")))
    has_refused = Q(state=Enrollment.State.OUT)
    was_asked = Q(state=Enrollment.State.ASKED, asked_at__isnull=False)
    matched = Cohort.objects.filter(pk__in=cohorts, runs__published_at__gt=OuterRef("said_at"))
    meant = matched.annotate(when=ExpressionWrapper(OuterRef("when"), CharField())).filter(
        ~Q(when=Willing.When.NAMED) | Q(pk=OuterRef("cohort"))
    )
    return meant.filter(~Exists(here.filter(has_refused | was_asked)))


def needed(cohort: Cohort) -> Any:
    """Topics of a mentor on the roster that mentees of the cohort want, and nobody offers."""
    here = EnrollmentTopic.objects.filter(enrollment__cohort=cohort, topic=OuterRef("topic"))
    wanted = here.filter(kind=EnrollmentTopic.Kind.WANTED)
    offered = here.filter(kind=EnrollmentTopic.Kind.OFFERED)
    topics = WillingTopic.objects.filter(willing=OuterRef("pk"), willing__role="mentor")
    return topics.filter(Exists(wanted), ~Exists(offered))


def with_names(rows: WillingQuerySet) -> WillingQuerySet:
    """Bring along what a list shows. One query more, for the topics."""
    people = rows.select_related("person__level", "person__unit", "person__office", "cohort")
    return people.prefetch_related("topics__topic")


def counts_of(program: Program) -> dict[str, int]:
    """How many are willing as mentors, as mentees and in all. One query."""
    standing = Willing.objects.standing().filter(program=program)
    return standing.aggregate(
        total=Count("pk"),
        mentors=Count("pk", filter=Q(role=Enrollment.Role.MENTOR)),
        mentees=Count("pk", filter=Q(role=Enrollment.Role.MENTEE)),
    )


def cohorts_to_ask_for(
    program: Program, *, by: Person, today: date | None = None
) -> CohortQuerySet:
    """Cohorts ahead that the user does not take part in; the next one first."""
    return watched(program, by=by).ahead(today)
