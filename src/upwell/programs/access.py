"""Who opens the pages of programs, cohorts and participants, and what they show of people."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from upwell.core.access import READ, WRITE, Audience, Entry, Subject
from upwell.people.access import ADMINISTRATORS, BOTH, CONTACT, DIRECTORY, PROGRAM_MANAGERS, ROLES
from upwell.people.models import Person, PersonQuerySet
from upwell.programs.models import Cohort, Enrollment, Program, Staff, TopicsImport


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
ENROLLMENT = Subject("programs.enrollment", _("that you take part, and as what"))
TOPICS = Subject("programs.topics", _("the topics that you want or offer"))

PROGRAMS = [
    Entry("programs:program_list", READ, (PROGRAM_MANAGERS,)),
    Entry("programs:program_create", BOTH, (PROGRAM_MANAGERS,)),
    Entry("programs:program_unmanaged", BOTH, (ADMINISTRATORS,), shows=(ROLES,)),
    Entry("programs:program_detail", READ, (MANAGER,), {"pk": Program}),
    Entry("programs:policy_edit", BOTH, (MANAGER,), {"pk": Program}),
    Entry("programs:policy_file", READ, (MANAGER,), {"pk": Program}),
    Entry("programs:policy_upload", WRITE, (MANAGER,), {"pk": Program}),
    Entry("programs:manager_add", WRITE, (MANAGER,), {"pk": Program}),
    Entry("programs:manager_remove", WRITE, (MANAGER,), {"pk": Program, "person": Staff}),
    Entry("programs:cohort_create", BOTH, (MANAGER,), {"pk": Program}),
]
COHORTS = [
    Entry("programs:cohort_detail", READ, (COHORT_MANAGER,), {"pk": Cohort}),
    Entry(
        "programs:participant_list",
        READ,
        (COHORT_MANAGER,),
        {"pk": Cohort},
        shows=(DIRECTORY, ENROLLMENT, TOPICS),
    ),
    Entry(
        "programs:participant_table",
        READ,
        (COHORT_MANAGER,),
        {"pk": Cohort},
        shows=(DIRECTORY, CONTACT, ENROLLMENT, TOPICS),
    ),
    Entry("programs:participant_invite", WRITE, (COHORT_MANAGER,), {"pk": Cohort}),
    Entry("programs:participant_add", BOTH, (COHORT_MANAGER,), {"pk": Cohort}, (DIRECTORY,)),
    Entry("programs:topics_import", BOTH, (COHORT_MANAGER,), {"pk": Cohort}),
    Entry("programs:topics_preview", BOTH, (COHORT_MANAGER,), {"pk": TopicsImport}, (TOPICS,)),
    Entry("programs:topics_confirm", WRITE, (COHORT_MANAGER,), {"pk": TopicsImport}),
    Entry("programs:topics_discard", WRITE, (COHORT_MANAGER,), {"pk": TopicsImport}),
    Entry("programs:topics_retry", WRITE, (COHORT_MANAGER,), {"pk": TopicsImport}),
    Entry(
        "programs:participant_edit",
        BOTH,
        (COHORT_MANAGER,),
        {"pk": Enrollment},
        shows=(ENROLLMENT, TOPICS),
    ),
    Entry("programs:participant_withdraw", WRITE, (COHORT_MANAGER,), {"pk": Enrollment}),
]
ACCESS = [*PROGRAMS, *COHORTS]
