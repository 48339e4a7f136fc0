"""What an enrollment asks of somebody today, and what they have said so far."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from upwell.people.models import Person, ReportingLine
from upwell.programs.models import (
    Answers,
    Channel,
    Cohort,
    Enrollment,
    EnrollmentTopic,
    Opening,
    Place,
    Topic,
)
from upwell.sheets import Topic as Named
from upwell.vault.services import unseal


class Window(StrEnum):
    AHEAD = "ahead"
    """Their side of the cohort is not open yet."""
    OPEN = "open"
    LATE = "late"
    """Enrollment has ended or the pairs are published: whoever comes is put on the waiting list."""
    OVER = "over"
    """The cohort has ended."""


def window_of(enrollment: Enrollment, today: date | None = None) -> Window:
    """Two queries at most."""
    cohort, day = enrollment.cohort, today or timezone.localdate()
    if cohort.ends_on <= day:
        return Window.OVER
    gate = Opening.Gate.MENTORS if enrollment.is_mentor else Opening.Gate.MENTEES
    if cohort.is_draft or not cohort.openings.filter(gate=gate).exists():
        return Window.AHEAD
    return Window.LATE if is_closed(cohort, day) else Window.OPEN


def is_closed(cohort: Cohort, today: date) -> bool:
    """Whether enrollment has ended, by its day or because the pairs are published."""
    is_past = cohort.enrolls_until is not None and today > cohort.enrolls_until
    return is_past or cohort.runs.filter(published_at__isnull=False).exists()


def window_words(enrollment: Enrollment, window: Window) -> str:
    """What stands in the way of taking part, and what to do; "" where nothing does."""
    named = {"cohort": enrollment.cohort.name}
    if window == Window.AHEAD:
        return _("%(cohort)s is not open yet. You get an e-mail when it is.") % named
    if window == Window.OVER:
        return _("%(cohort)s has ended. Ask your program manager for the next one.") % named
    return late_words(enrollment) if window == Window.LATE else ""


def late_words(enrollment: Enrollment) -> str:
    """What a yes would do, to whoever has not said it yet."""
    cohort = enrollment.cohort
    if enrollment.state == Enrollment.State.ENROLLED:
        return ""
    if enrollment.state == Enrollment.State.WAITING:
        return _("When a place becomes free, the waiting list comes first, and you hear of it.")
    if cohort.enrolls_until and cohort.enrolls_until < timezone.localdate():
        return _(
            "Enrollment for %(cohort)s ended on %(day)s. You can still say yes: you are put on"
            " the waiting list. When a place becomes free, those on it come first, and you hear"
            " of it."
        ) % {"cohort": cohort.name, "day": date_format(cohort.enrolls_until)}
    return _(
        "The pairs of %(cohort)s are made. You can still say yes: you are put on the"
        " waiting list. When a place becomes free, those on it come first, and you hear of"
        " it."
    ) % {"cohort": cohort.name}


@dataclass(frozen=True)
class Said:
    """The sealed answers of somebody, for themselves or their counterpart."""

    sentence: str = ""
    off_limits: str = ""


def answers_of(enrollment: Enrollment) -> Answers:
    """Those that are there, else empty ones that are not stored."""
    found = Answers.objects.filter(enrollment=enrollment).select_related("assistant").first()
    return found or Answers(enrollment=enrollment, person_id=enrollment.person_id)


def said_by(answers: Answers) -> Said:
    """Two queries of the key store; raises VaultError."""
    return Said(*(str(unseal(answers, name) or "") for name in ("sentence", "off_limits")))


def line_manager_of(person: Person) -> Person | None:
    """The one solid-line manager who is still here; None where there is none, or several."""
    lines = ReportingLine.objects.filter(
        person=person, kind=ReportingLine.Kind.SOLID, manager__is_active=True
    ).select_related("manager")
    found = list(lines[:2])
    return found[0].manager if len(found) == 1 else None


def clock_words(person: Person) -> str:
    """By which clock the hours that somebody gives are read. Reads the office."""
    if not person.zone:
        return _("The times are read by your own clock. Your time zone is not known: tell your IT.")
    zone = person.zone.replace("_", " ")
    return _("The times are read in your own time zone, %(zone)s.") % {"zone": zone}


def is_in_pair(enrollment: Enrollment) -> bool:
    return Place.objects.filter(enrollment=enrollment).taken().exists()


def why_not_now(cohort: Cohort) -> str:
    """Why nobody's place can change while a publication can be stopped; "" else. One query."""
    published = cohort.runs.filter(published_at__isnull=False)
    if published.filter(told_from__gt=timezone.now()).exists():
        return _("This cohort is being worked on at this moment. Try again in a little while.")
    return ""


def why_not_out(enrollment: Enrollment) -> str:
    """Why somebody cannot step out at this moment; "" where they can. Two queries.

    While a publication can be stopped, the same to everybody: nobody knows of their pair yet.
    """
    if why_not := why_not_now(enrollment.cohort):
        return why_not
    if is_in_pair(enrollment):
        return _(
            "You are in a pair. Tell your program manager, who finds a way out for both of you."
        )
    return ""


def stored_answers(enrollment: Enrollment) -> dict[str, Any]:
    """All that somebody has said, by the names of the forms' fields. Raises VaultError.

    Seven queries, two of them of the key store. Languages and hours are those of the directory
    where nothing else was said.
    """
    row = answers_of(enrollment)
    said, person = said_by(row), enrollment.person
    kind = EnrollmentTopic.Kind.OFFERED if enrollment.is_mentor else EnrollmentTopic.Kind.WANTED
    topics = enrollment.topics.with_names().filter(kind=kind)
    has_hours = row.hours_from is not None
    return {
        "topics": sorted((Named(one.topic.name, one.strength) for one in topics), key=by_name),
        "capacity": enrollment.capacity,
        "sentence": said.sentence,
        "off_limits": said.off_limits,
        "shows_off_limits": row.shows_off_limits,
        "interests": row.interests,
        "hopes": row.hopes,
        "languages": row.languages or sorted(person.languages),
        "hours_from": row.hours_from if has_hours else person.hours_from,
        "hours_until": row.hours_until if has_hours else person.hours_until,
        "assistant": row.assistant,
        "tells_manager": row.tells_manager,
        **dict.fromkeys(map(str, Channel.Kind), ""),
        **{one.kind: one.value for one in enrollment.channels.all()},
    }


def by_name(topic: Named) -> str:
    return topic.name


def topics_to_choose(enrollment: Enrollment) -> list[tuple[str, list[Topic]]]:
    """The program's own topics first, then those of one's own, then the catalog by groups.

    Three queries.
    """
    program = enrollment.cohort.program
    first = [one.topic for one in program.topics.select_related("topic")]
    first = [topic for topic in first if not topic.is_archived]
    own = [one.topic for one in enrollment.topics.select_related("topic")]
    rest = list(Topic.objects.offered().for_list())
    known = {topic.pk for topic in (*first, *rest)}
    groups = [
        (_("Close to the goal of the program"), first),
        (_("Your own"), [topic for topic in own if topic.pk not in known]),
    ]
    taken = {topic.pk for topic in first}
    for code, name in Topic.Group.choices:
        inside = [topic for topic in rest if topic.group == code and topic.pk not in taken]
        groups.append((str(name), inside))
    return [(name, topics) for name, topics in groups if topics]
