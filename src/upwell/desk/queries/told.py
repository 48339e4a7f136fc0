"""What somebody lets their counterpart know: how to reach them, and what they have said."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from upwell.people.models import Person
from upwell.programs.models import Answers, Channel, Cohort, Enrollment
from upwell.programs.queries.enrolling import said_by
from upwell.vault.errors import VaultError


@dataclass(frozen=True)
class Told:
    """``sentence`` is a mentee's; ``off_limits`` is there only where a mentor lets it be read."""

    channels: Sequence[Channel] = ()
    assistant: Person | None = None
    sentence: str = ""
    off_limits: str = ""
    interests: str = ""
    hopes: list[str] = field(default_factory=list)
    hours: tuple[int, int] | None = None


def told_by(cohort: Cohort, person: Person, now: datetime) -> Told:
    """Nothing once the cohort has ended. Three queries, and two of the key store."""
    enrollment = Enrollment.objects.filter(cohort=cohort, person=person).first()
    if enrollment is None or cohort.ends_on <= now.date():
        return Told()
    channels = list(enrollment.channels.all())
    answers = Answers.objects.filter(enrollment=enrollment).select_related("assistant").first()
    if answers is None:
        return Told(channels)
    sentence, off_limits = sealed_of(answers)
    names = dict(Answers.Hope.choices)
    return Told(
        channels=channels,
        assistant=assistant if (assistant := answers.assistant) and assistant.is_active else None,
        sentence="" if enrollment.is_mentor else sentence,
        off_limits=off_limits if answers.shows_off_limits else "",
        interests=answers.interests,
        hopes=[str(names[code]) for code in answers.hopes if code in names],
        hours=None
        if answers.hours_from is None or answers.hours_until is None
        else (answers.hours_from, answers.hours_until),
    )


def sealed_of(answers: Answers) -> tuple[str, str]:
    """What cannot be read at the moment is not shown, and the rest of the page is."""
    try:
        said = said_by(answers)
    except VaultError:
        return "", ""
    return said.sentence, said.off_limits
