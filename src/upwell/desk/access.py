"""Who opens the pages that compose the other rooms, and what they show of people."""

from django.utils.translation import gettext_lazy as _

from upwell.core.access import READ, SIGNED_IN, WRITE, Audience, Entry, Subject
from upwell.delivery.models import Job, OutboxMessage
from upwell.pairs.access import COUNTERPART, MEMBERS
from upwell.pairs.models import Couple, Pair
from upwell.people.access import (
    ADMINISTRATORS,
    BOTH,
    CONTACT,
    DIRECTORY,
    ONESELF,
    PROGRAM_MANAGERS,
    ROLES,
    STAFF,
)
from upwell.people.models import Person, PersonQuerySet
from upwell.programs.audiences import (
    ANSWERS,
    AVAILABILITY,
    CHANNELS,
    COHORT_MANAGER,
    ENROLLMENT,
    EXECUTIVE_OWNER,
    NAMED,
    TOPICS,
    programs_near,
)
from upwell.programs.models import Cohort, Program, Staff
from upwell.programs.queries.serving import outside_lines_of

MESSAGES = Subject(
    "desk.messages", _("that a message to you could not be sent, never what it says")
)
HOSTING = Subject(
    "desk.hosting",
    _("where you run a program or this installation: that you do, and your contact address"),
    concerns=lambda person: bool(person.role_kinds),
)
LOGGED = Subject(
    "desk.logged",
    _("that and when you signed in, and what was done in Upwell by you or about you"),
)

BACKING = Subject(
    "desk.backing",
    _("that you run a program, answer for it, back it or approved its money"),
    concerns=lambda person: programs_near(person).exists(),
)
GATE_REASON = Subject(
    "desk.gate_reason",
    _("your reason for opening a gate of a cohort although something was missing"),
    concerns=lambda person: person.gates_opened.exists(),
)


def managers_near(person: Person) -> PersonQuerySet:
    managers = Staff.objects.managers().active().filter(program__in=programs_near(person))
    found: PersonQuerySet = Person.objects.filter(pk__in=managers.values("person"))
    return found


def served_by(person: Person) -> PersonQuerySet:
    """The members of pairs who can turn to somebody as concern contact, and so see them."""
    programs = person.staffed.concern_contacts().accepted().values("program")
    couples = Couple.objects.shown().filter(pair__cohort__program__in=programs)
    members = {pk for two in couples.values_list("mentor", "mentee") for pk in two} - {person.pk}
    found: PersonQuerySet = Person.objects.filter(pk__in=outside_lines_of(person.pk, members))
    return found


SERVED = Audience(
    "served",
    _("whoever is in a pair and can turn to you as concern contact"),
    SIGNED_IN.admits,
    served_by,
    _("whoever is in a pair and can turn to the person as concern contact"),
)
LAUNCH_MANAGER = Audience(
    "launch_manager",
    _("the program managers of a program that you run, back, paid for or answer for"),
    PROGRAM_MANAGERS.admits,
    managers_near,
    _("the program managers of the program"),
)

ACCESS = [
    Entry("desk:home", READ, (ONESELF,), shows=(ENROLLMENT, DIRECTORY, COUNTERPART, NAMED)),
    Entry("desk:home", READ, (SIGNED_IN,), shows=(HOSTING,)),  # the foot of every page
    Entry(
        "desk:pair_detail",
        READ,
        (MEMBERS,),
        {"pk": Pair},
        shows=(DIRECTORY, CONTACT, TOPICS, COUNTERPART, ANSWERS, AVAILABILITY, CHANNELS),
    ),
    Entry("desk:pair_detail", READ, (SERVED,), {"pk": Pair}, shows=(DIRECTORY, CONTACT, NAMED)),
    Entry(
        "desk:launch",
        READ,
        (LAUNCH_MANAGER, EXECUTIVE_OWNER),
        {"pk": Program},
        shows=(BACKING, GATE_REASON),
    ),
    *(
        Entry(f"desk:{route}", BOTH, (COHORT_MANAGER,), {"pk": Cohort})
        for route in ("gate_mentees", "gate_mentors", "gate_match")
    ),
    Entry("desk:search", READ, STAFF, shows=(DIRECTORY,)),
    Entry("desk:who_sees_what", READ, (ONESELF,), shows=(ROLES,)),
    Entry("desk:who_sees_what", READ, (SIGNED_IN,), shows=(HOSTING,)),  # whoever sees is named
    Entry("desk:system", READ, (ADMINISTRATORS,), shows=(MESSAGES,)),
    Entry("desk:audit_log", READ, (ADMINISTRATORS,), shows=(LOGGED,)),
    Entry("desk:job_retry", WRITE, (ADMINISTRATORS,), {"pk": Job}),
    Entry("desk:message_retry", WRITE, (ADMINISTRATORS,), {"pk": OutboxMessage}),
]
