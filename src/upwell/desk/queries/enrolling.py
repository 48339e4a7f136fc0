"""What somebody's enrollments ask of them, and what they have said no to."""

from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from upwell.desk.queries.asked import Duty, Question
from upwell.desk.queries.step import Step
from upwell.pairs.models import MatchRun
from upwell.people.models import Person
from upwell.programs.models import Enrollment
from upwell.programs.models.enrollments import is_admitted
from upwell.programs.queries.pledge import signed_before, signed_current

State = Enrollment.State


def enrollments_of(user: Person, today: date) -> tuple[list[Question], list[Duty]]:
    """What they are asked, and what they may still change their mind about. One query."""
    published = MatchRun.objects.told().filter(cohort=OuterRef("cohort"))
    ways = Enrollment.objects.filter(pk=OuterRef("pk")).reachable()
    rows = (
        Enrollment.objects.filter(person=user, cohort__is_draft=False)
        .annotate(
            is_published=Exists(published),
            is_admitted=Exists(Enrollment.objects.filter(is_admitted(), pk=OuterRef("pk"))),
            is_reachable=Exists(ways),
            has_signed=signed_before(),
            is_signed=signed_current(),
        )
        .select_related("cohort__program")
        .order_by("cohort__starts_on", "pk")
    )
    questions, duties = list[Question](), list[Duty]()
    for one in (row for row in rows if row.cohort.ends_on > today):
        if waits_for_word(one):
            questions.append(whether_they_take_part(one))
        if one.state == State.ENROLLED and one.has_signed and not one.is_signed:  # type: ignore[attr-defined]  # -- annotated
            questions.append(whether_they_sign_again(one))
        if waits_for_channels(one, today):
            questions.append(how_to_reach_them(one))
        if may_still_say_yes(one, today):
            duties.append(what_they_refused(one))
    return questions, duties


def waits_for_word(one: Enrollment) -> bool:
    """Whoever has agreed already is asked only while the pairs are not made."""
    asked = one.state == State.ASKED or (one.state == State.ENROLLED and not one.is_published)  # type: ignore[attr-defined]  # -- annotated
    return asked and one.answered_at is None and bool(one.is_admitted)  # type: ignore[attr-defined]  # -- annotated


def waits_for_channels(one: Enrollment, today: date) -> bool:
    """Mentees with fewer than two, until the cohort begins: it is advised, and never required."""
    is_here = one.state == State.ENROLLED and one.answered_at is not None
    is_early = one.cohort.starts_on > today
    return is_here and is_early and not one.is_mentor and not one.is_reachable  # type: ignore[attr-defined]  # -- annotated


def may_still_say_yes(one: Enrollment, today: date) -> bool:
    until = one.cohort.enrolls_until
    is_open = one.cohort.starts_on > today and (until is None or until >= today)
    return one.state == State.OUT and is_open


def whether_they_take_part(enrollment: Enrollment) -> Question:
    program, cohort = enrollment.cohort.program, enrollment.cohort
    named = {"program": program, "start": date_format(cohort.starts_on)}
    if enrollment.is_mentor:
        title = _("Will you mentor a senior leader in %(program)s?")
        text = _("An hour a month from %(start)s on. Saying yes takes five minutes.")
    else:
        title = _("Will you be mentored in %(program)s?")
        text = _("An hour a month from %(start)s on. Saying yes takes two minutes.")
    step = Step(_("Answer"), "programs:enrollment_detail", enrollment.pk)
    return Question(program, title % named, text % named, step)


def whether_they_sign_again(enrollment: Enrollment) -> Question:
    program = enrollment.cohort.program
    return Question(
        program,
        _("The pledge of %(program)s has changed") % {"program": program},
        _("Read it once more, and sign it if you agree. It takes a minute."),
        Step(_("Read the pledge"), "programs:enrollment_detail", enrollment.pk),
    )


def how_to_reach_them(enrollment: Enrollment) -> Question:
    program = enrollment.cohort.program
    return Question(
        program,
        _("How can your mentor in %(program)s reach you?") % {"program": program},
        _("Two ways are best, so that no meeting is lost when one fails. It takes a minute."),
        Step(_("Say how"), "programs:enrollment_channels", enrollment.pk),
    )


def what_they_refused(enrollment: Enrollment) -> Duty:
    words = _("You do not take part in %(program)s this time.")
    step = Step(_("I have changed my mind"), "programs:enrollment_detail", enrollment.pk)
    return Duty(words % {"program": enrollment.cohort.program}, (step,))
