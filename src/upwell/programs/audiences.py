"""Who looks at programs and cohorts, and what can be seen of people there."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from upwell.core.access import EVERYBODY, SIGNED_IN, Audience, Subject
from upwell.people.access import PROGRAM_MANAGERS
from upwell.people.models import Person, PersonQuerySet
from upwell.programs.models import Cohort, Program, Staff


def managers_of_cohorts_with(person: Person) -> PersonQuerySet:
    """Whoever manages a cohort that the person takes part in, and does not take part themselves.

    One query for the cohorts and one for each of them.
    """
    managers = Staff.objects.managers().active()
    managing: set[UUID] = set()
    for cohort in Cohort.objects.filter(enrollments__person=person):
        staff = managers.filter(program=cohort.program_id)
        managing |= set(
            staff.exclude(person__enrollments__cohort=cohort).values_list("person", flat=True)
        )
    found: PersonQuerySet = Person.objects.filter(pk__in=managing)
    return found


def managers_of_backers(person: Person) -> PersonQuerySet:
    """Whoever manages a program that the person backs, or is asked to answer for."""
    named = Q(staff__person=person, staff__place__isnull=False)
    asked = Q(sponsors__person=person) | Q(leader_answers__person=person)
    approved = Q(funding__approved_by=person) | Q(funding__expenses__recorded_by=person)
    backed = Program.objects.filter(named | asked | approved)
    managers = Staff.objects.managers().active().filter(program__in=backed)
    found: PersonQuerySet = Person.objects.filter(pk__in=managers.values("person"))
    return found


def has_approved(person: Person) -> bool:
    approved = Q(funding__approved_by=person) | Q(funding__expenses__recorded_by=person)
    return Program.objects.filter(approved).exists()


MANAGER = Audience(
    "program_manager",
    _("the program managers of the program"),
    PROGRAM_MANAGERS.admits,
    managers_of_cohorts_with,
)
COHORT_MANAGER = Audience(
    "cohort_manager",
    _("the program managers of your cohort, but for those who take part in it"),
    PROGRAM_MANAGERS.admits,
    managers_of_cohorts_with,
    _("the program managers of the cohort, but for those who take part in it"),
)


def programs_near(person: Person) -> QuerySet[Program]:
    """Those that the person runs, answers for, backs, paid for, or has opened a gate of."""
    return Program.objects.filter(
        Q(staff__person=person)
        | Q(sponsors__person=person)
        | Q(funding__approved_by=person)
        | Q(cohorts__openings__opened_by=person)
    )


def executive_owners_near(person: Person) -> PersonQuerySet:
    owners = Staff.objects.executive_owners().filter(accepted_at__isnull=False)
    found: PersonQuerySet = Person.objects.filter(
        pk__in=owners.filter(program__in=programs_near(person)).values("person")
    )
    return found


EXECUTIVE_OWNER = Audience(
    "executive_owner",
    _("the executive owner of the program"),
    SIGNED_IN.admits,
    executive_owners_near,
)
BACKERS_MANAGERS = Audience(
    "support_manager",
    _("the program managers of the program that you back or answer for"),
    PROGRAM_MANAGERS.admits,
    managers_of_backers,
    _("the program managers of the program"),
)
ASKED_OWNER = Audience(
    "asked_owner",
    _("the executive owner of your program"),
    SIGNED_IN.admits,
    words_to_others=_("whoever is asked to be the executive owner of the program"),
)
CONCERN_CONTACT = Audience(
    "concern_contact",
    _("the concern contacts of your program"),
    SIGNED_IN.admits,
    words_to_others=_("whoever is asked to be a concern contact of the program"),
)
NAMED = Subject(
    "programs.named",
    _("that you are asked to be executive owner or concern contact, and what you said"),
    concerns=lambda person: person.staffed.exclude(place=None).exists(),
)
SPONSORING = Subject(
    "programs.sponsoring",
    _("that you were asked to sponsor a program, by whom, and what you said"),
    concerns=lambda person: person.sponsored.exists(),
)
LEADER = Audience("leader", _("leaders who have had a mentor"), SIGNED_IN.admits)
TOLD = Subject(
    "programs.told",
    _("what a mentor has changed in your work, if you let it be said"),
    concerns=lambda person: person.leader_answers.exists(),
)
APPROVAL = Subject(
    "programs.approval",
    _("that you approved the money of a program, or wrote down what was spent"),
    concerns=has_approved,
)


def managers_of_roster(person: Person) -> PersonQuerySet:
    """Whoever manages a program on whose roster the person is. Two queries."""
    programs = person.willing.standing().values("program")
    managers = Staff.objects.managers().active().filter(program__in=programs)
    found: PersonQuerySet = Person.objects.filter(pk__in=managers.values("person"))
    return found


ROSTER_MANAGER = Audience(
    "roster_manager",
    _("the program managers of a program that you are willing to serve in"),
    PROGRAM_MANAGERS.admits,
    managers_of_roster,
    _("the program managers of the program"),
)
WILLING = Subject(
    "programs.willing",
    _(
        "that you are willing to serve: as what, when and with which topics, and whether you have"
        " served before"
    ),
    concerns=lambda person: person.willing.standing().exists(),
)
ENROLLMENT = Subject("programs.enrollment", _("that you take part, and as what"))
BACKGROUND = Subject(
    "programs.background",
    _("what you tell about your background, where you have agreed to a use of it"),
    concerns=lambda person: person.enrollments.exists(),
)
TOPICS = Subject("programs.topics", _("the topics that you want or offer"))
LINK_HOLDER = Audience(
    "link_holder", _("whoever holds the link of a message to you"), EVERYBODY.admits
)
HELPED = Subject(
    "programs.helped",
    _("your name, to whom you have named as your assistant"),
    concerns=lambda person: person.answers.exclude(assistant=None).exists(),
)
ANSWERS = Subject(
    "programs.answers",
    _("what you have said for a cohort"),
    _("your sentence, what you do not want to be asked about, interests, hopes, assistant"),
    concerns=lambda person: person.enrollments.exists(),
)
AVAILABILITY = Subject(
    "programs.availability",
    _("languages and hours that you have named for a cohort"),
    concerns=lambda person: person.enrollments.exists(),
)
CHANNELS = Subject(
    "programs.channels",
    _("how you can be reached"),
    concerns=lambda person: person.enrollments.exists(),
)
