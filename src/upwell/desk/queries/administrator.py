"""For directory administrators: what does not run by itself today."""

from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.delivery.models import Job, OutboxMessage
from upwell.desk.queries.checks import faults_of_system
from upwell.desk.queries.step import Step
from upwell.pairs.models import Couple, Pair
from upwell.people.models import Person
from upwell.programs.queries import unmanaged_programs

SHOWN = 5
MOST_FAULTS = 3


@dataclass(frozen=True)
class Matter:
    """``people`` are the first few that it is about, and ``more`` counts the others.

    ``ids`` are those of all, for the step to take.
    """

    title: str
    text: str
    step: Step
    people: tuple[Person, ...] = ()
    ids: str = ""
    more: int = 0


def matters_for(user: Person) -> list[Matter]:
    """What wants the administrator's hand; empty where all is well.

    Six queries at most, and those of the checks.
    """
    if not Person.objects.active().exclude(pk=user.pk).exists():
        return [empty_directory()]
    found = [*unwell(), unmanaged(), without_address(), failed_jobs(), failed_messages()]
    return [matter for matter in found if matter]


def empty_directory() -> Matter:
    return Matter(
        _("The directory is empty"),
        _("A spreadsheet from your HR system is enough. You see every problem before it counts."),
        Step(_("Import people"), "people:import_start"),
    )


def unwell() -> list[Matter]:
    """What is wrong with the installation itself, the worst first."""
    step = Step(_("See what to do"), "desk:system")
    faults = faults_of_system(is_quick=True)[:MOST_FAULTS]
    return [Matter(str(fault.title), fault.text, step) for fault in faults]


def unmanaged() -> Matter | None:
    """Programs whose managers have all left or take part, so that nobody sees to them."""
    count = unmanaged_programs().count()
    title = ngettext(
        "%(count)s program has nobody who can run it",
        "%(count)s programs have nobody who can run them",
        count,
    )
    text = _("Whoever ran it has left, lost the role, or takes part in a cohort of it.")
    step = Step(_("Appoint a program manager"), "programs:program_unmanaged")
    return Matter(title % {"count": intcomma(count)}, text, step) if count else None


def without_address() -> Matter | None:
    """People who have a counterpart and cannot open the page of their pair."""
    couples = Couple.objects.filter(is_active=True, pair__state=Pair.State.ACTIVE)
    paired = couples.filter(Q(mentor=OuterRef("pk")) | Q(mentee=OuterRef("pk")))
    people = list(Person.objects.without_sign_in().filter(Exists(paired)).with_places())
    title = ngettext(
        "%(count)s person with a counterpart cannot sign in",
        "%(count)s people with a counterpart cannot sign in",
        len(people),
    ) % {"count": intcomma(len(people))}
    text = _("They have no sign-in address. Those with a contact address can use that.")
    step = Step(_("Let them sign in with their contact address"), "people:sign_in_addresses")
    ids = ",".join(str(person.pk) for person in people)
    more = max(len(people) - SHOWN, 0)
    return Matter(title, text, step, tuple(people[:SHOWN]), ids, more) if people else None


def failed_jobs() -> Matter | None:
    count = Job.objects.failed().count()
    title = ngettext("%(count)s job has failed", "%(count)s jobs have failed", count)
    text = _("Nobody takes a failed job up again before you say so.")
    step = Step(_("See the jobs"), "desk:system")
    return Matter(title % {"count": intcomma(count)}, text, step) if count else None


def failed_messages() -> Matter | None:
    count = OutboxMessage.objects.unsent(timezone.now()).count()
    title = ngettext(
        "%(count)s message could not be sent", "%(count)s messages could not be sent", count
    )
    text = _("The mail server refused, or the address is wrong.")
    step = Step(_("See the messages"), "desk:system")
    return Matter(title % {"count": intcomma(count)}, text, step) if count else None
