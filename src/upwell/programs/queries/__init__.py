"""What a policy means for the directory, and what is true of a cohort."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from upwell.delivery.models import Job
from upwell.people.models import Level, OrgUnit, Person, PersonQuerySet
from upwell.policy import Policy
from upwell.policy.values import same_name
from upwell.programs.models import (
    Cohort,
    Enrollment,
    EnrollmentTopic,
    Opening,
    Program,
    Staff,
)
from upwell.programs.models.enrollments import is_admitted
from upwell.programs.step_words import GATE_ROUTES, GATES

MOST_TOPICS = 8
INVITE = "upwell.programs.services.invitations.write_invitations"
REMIND = "upwell.programs.services.invitations.write_reminders"
"""The jobs, whose target is the cohort and who asked for it: two ids without hyphens."""


def unmanaged_programs() -> QuerySet[Program]:
    """Those that nobody manages any more, or with a cohort that every manager takes part in."""
    managers = Staff.objects.managers().active()
    here = Enrollment.objects.filter(cohort=OuterRef(OuterRef("pk")), person=OuterRef("person"))
    watching = managers.filter(~Exists(here), program=OuterRef("program"))
    unwatched = Cohort.objects.filter(~Exists(watching), program=OuterRef("pk"))
    nobody = ~Exists(managers.filter(program=OuterRef("pk")))
    return Program.objects.filter(nobody | Exists(unwatched)).order_by("name")


def takes_part_now(program: Program, person: Person) -> bool:
    """Whether somebody is in a cohort of the program that has not ended. One query."""
    today = timezone.localdate()
    own = Cohort.objects.filter(program=program, enrollments__person=person)
    return any(cohort.ends_on > today for cohort in own)


def named_levels(policy: Policy, role: str) -> tuple[str, ...]:
    """The levels that the policy names for a role, as it spells them; () where any will do."""
    side = policy.mentors if role == Enrollment.Role.MENTOR else policy.mentees
    return side.levels


def level_ids(names: Iterable[str]) -> set[int]:
    """The directory's levels of these names. One query."""
    wanted = {same_name(name) for name in names}
    levels = Level.objects.values_list("pk", "name")
    return {pk for pk, name in levels if same_name(name) in wanted}


def default_capacity(policy: Policy, role: str) -> int:
    capacity = policy.capacity
    return capacity.mentor if role == Enrollment.Role.MENTOR else capacity.mentee


def units_below(units: Iterable[OrgUnit]) -> set[int]:
    """These units and all below them. One query."""
    below: dict[int | None, list[int]] = defaultdict(list)
    for pk, parent in OrgUnit.objects.order_by().values_list("pk", "parent"):
        below[parent].append(pk)
    found: set[int] = set()
    waiting = [unit.pk for unit in units]
    while waiting:
        unit = waiting.pop()
        if unit not in found:
            found.add(unit)
            waiting += below[unit]
    return found


def level_choices() -> list[tuple[str, str]]:
    """The directory's levels, lowest first, each with how many people have it."""
    levels = Level.objects.annotate(count=Count("people", filter=Q(people__is_active=True)))
    said = _("%(level)s (%(count)s)")
    return [(one.name, said % {"level": one.name, "count": intcomma(one.count)}) for one in levels]


@dataclass(frozen=True)
class TopicCount:
    """How many people of a cohort want a topic, and how many offer it."""

    name: str
    public_id: UUID
    wanted: int
    offered: int


@dataclass(frozen=True)
class CohortFacts:
    """What is true of a cohort today.

    ``mentors`` and ``mentees`` take part; of ``asked_mentors`` and ``asked_mentees`` there is no
    answer yet, and ``to_invite`` of them can be written to now. ``people`` are all of them and
    those who are not in. ``outside`` are at a level that the policy does not name.
    """

    people: int
    mentors: int
    mentees: int
    asked_mentors: int
    asked_mentees: int
    to_invite: int
    without_topics: int
    outside: int
    topics: list[TopicCount]
    is_published: bool

    @property
    def is_ready(self) -> bool:
        return bool(self.mentors and self.mentees)

    @property
    def asked(self) -> int:
        return self.asked_mentors + self.asked_mentees


def cohort_facts(cohort: Cohort, policy: Policy) -> CohortFacts:
    enrollments = cohort.enrollments.order_by()
    here, asked = Q(state=Enrollment.State.ENROLLED), Q(state=Enrollment.State.ASKED)
    is_mentor, is_mentee = Q(role=Enrollment.Role.MENTOR), Q(role=Enrollment.Role.MENTEE)
    counts = enrollments.aggregate(
        people=Count("pk"),
        mentors=Count("pk", filter=here & is_mentor),
        mentees=Count("pk", filter=here & is_mentee),
        asked_mentors=Count("pk", filter=asked & is_mentor),
        asked_mentees=Count("pk", filter=asked & is_mentee),
        without_topics=Count("pk", filter=Q(here, ~Exists(topics_of_enrollment()))),
    )
    outside = sum(
        enrollments.present().filter(role=role).exclude(person__level__in=level_ids(names)).count()
        for role in Enrollment.Role
        if (names := named_levels(policy, role))
    )
    return CohortFacts(
        **counts,
        to_invite=enrollments.to_invite().admitted().filter(asked).count(),
        outside=outside,
        topics=topic_counts(cohort)[:MOST_TOPICS],
        is_published=cohort.runs.filter(published_at__isnull=False).exists(),
    )


def topic_counts(cohort: Cohort) -> list[TopicCount]:
    """What people want and offer who take part or are asked to, most wanted first. One query."""
    present = cohort.enrollments.present()
    here = EnrollmentTopic.objects.filter(enrollment__in=present).order_by()
    counts = here.values_list("topic__name", "topic__public_id").annotate(
        wanted=Count("pk", filter=Q(kind=EnrollmentTopic.Kind.WANTED)),
        offered=Count("pk", filter=Q(kind=EnrollmentTopic.Kind.OFFERED)),
    )
    return [TopicCount(*row) for row in counts.order_by("-wanted", "topic__name")]


def topics_of_enrollment() -> QuerySet[EnrollmentTopic]:
    return EnrollmentTopic.objects.filter(enrollment=OuterRef("pk")).order_by()


def about_goal(program: Program) -> Q:
    """People in the functions that the goal is about: by unit, service line or job title.

    One query where there are any.
    """
    names = program.functions
    if not names:
        return Q(pk__isnull=True)
    units = reduce(or_, (Q(name__icontains=name) for name in names))
    found = Q(unit__in=units_below(OrgUnit.objects.filter(units)))
    for name in names:
        found |= Q(title__icontains=name) | Q(service_line__icontains=name)
    return found


@dataclass(frozen=True)
class GateRow:
    """A gate of a cohort as its page shows it; ``opening`` is None while it is closed."""

    gate: str
    title: str | Promise
    route: str
    opening: Opening | None


def gates_of_cohort(cohort: Cohort) -> list[GateRow]:
    """One query."""
    openings = {one.gate: one for one in cohort.openings.select_related("opened_by")}
    return [
        GateRow(gate, title, GATE_ROUTES[gate], openings.get(gate)) for gate, title in GATES.items()
    ]


@dataclass(frozen=True)
class Choice:
    """People of the directory that were asked for, and how many of them can be added.

    ``people`` have ``role_here``, None where they do not take part, ``is_fit`` by level, and
    ``is_about`` where the goal of the program is about what they do. As mentees, the most senior
    of these come first.
    """

    people: QuerySet[Person]
    found: int
    taking_part: int
    fitting: int
    is_oneself_among: bool


def choice_of(cohort: Cohort, people: PersonQuerySet, *, role: str, by: Person) -> Choice:
    names = named_levels(cohort.program.policy, role)
    here = Enrollment.objects.filter(cohort=cohort, person=OuterRef("pk"))
    is_fit = Q(level__in=level_ids(names)) if names else Q(pk__isnull=False)
    counts = people.order_by().aggregate(
        found=Count("pk"),
        taking_part=Count("pk", filter=Exists(here)),
        fitting=Count("pk", filter=~Exists(here) & is_fit & ~Q(pk=by.pk)),
        is_oneself_among=Count("pk", filter=~Exists(here) & is_fit & Q(pk=by.pk)),
    )
    about = about_goal(cohort.program)
    shown = people.with_places().annotate(
        role_here=Subquery(here.values("role")),
        is_fit=ExpressionWrapper(is_fit, output_field=BooleanField()),
        is_about=Case(When(about, then=True), default=False),
    )
    if role == Enrollment.Role.MENTEE:
        highest = F("level__height").desc(nulls_last=True)
        shown = shown.order_by("-is_about", highest, "name", "pk")
    is_oneself_among = bool(counts.pop("is_oneself_among"))
    return Choice(shown, **counts, is_oneself_among=is_oneself_among)


@dataclass(frozen=True)
class Access:
    """How many of a cohort cannot sign in yet, and how many wait for an invitation.

    Those ``held_back`` wait for the gate of their side; those ``to_remind`` were invited some days
    ago and have not signed in.
    """

    without_address: int
    to_invite: int
    held_back: int
    to_remind: int
    is_inviting: bool

    @property
    def is_complete(self) -> bool:
        return not (self.without_address or self.to_invite or self.held_back)


def access_of(cohort: Cohort) -> Access:
    """Four queries."""
    able = cohort.enrollments.to_invite().order_by()
    waiting = able.aggregate(
        to_invite=Count("pk", filter=is_admitted()), held_back=Count("pk", filter=~is_admitted())
    )
    return Access(
        **waiting,
        without_address=cohort.enrollments.without_address().count(),
        to_remind=cohort.enrollments.to_remind().count(),
        is_inviting=inviting(cohort).exists(),
    )


def without_address(cohort: Cohort) -> str:
    """The ids of those who cannot sign in, as the page of sign-in addresses takes them."""
    people = cohort.enrollments.without_address().order_by().values_list("person", flat=True)
    return ",".join(map(str, people))


def inviting(cohort: Cohort) -> QuerySet[Job]:
    """The jobs that are writing invitations or reminders of the cohort."""
    open_states = [Job.State.WAITING, Job.State.RUNNING]
    return Job.objects.filter(
        service__in=[INVITE, REMIND], target__startswith=cohort.pk.hex, state__in=open_states
    )
