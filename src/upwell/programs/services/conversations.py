"""What the pairs of a program are given to talk about: topics first, then meeting by meeting."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.people.models import Person
from upwell.policy.values import same_name
from upwell.programs.models import PlannedMeeting, Program, ProgramTopic
from upwell.programs.services.rows import change, insert, locked
from upwell.programs.services.topics import catalog_of
from upwell.sheets import Topic as Named

MOST_TOPICS = 60
MOST_MEETINGS = 24
MOST_QUESTIONS = 12
LONGEST_QUESTION = 300


@transaction.atomic
def set_program_topics(program: Program, *, topics: Iterable[str], by: Person) -> None:
    """Make these the topics of the program, in this order; new ones join the catalog."""
    locked(program.pk)
    put_topics(program, [name for name in topics if name.strip()])
    record("programs.topics.chosen", by=by, on=program)


def put_topics(program: Program, names: Sequence[str]) -> None:
    """For callers that hold the lock."""
    if len(names) > MOST_TOPICS:
        raise ValidationError(_("Please name at most %(most)s topics.") % {"most": MOST_TOPICS})
    catalog = catalog_of(map(Named, names))
    chosen = dict.fromkeys(catalog[same_name(name)] for name in names)
    program.topics.all().delete()
    ProgramTopic.objects.bulk_create(
        ProgramTopic(program=program, topic_id=topic, position=position)
        for position, topic in enumerate(chosen)
    )


@transaction.atomic
def add_meeting(
    program: Program, *, name: str, intent: str, questions: Sequence[str], by: Person
) -> PlannedMeeting:
    """Plan one more meeting after the last."""
    locked(program.pk)
    last = program.planned_meetings.aggregate(last=Max("number"))["last"] or 0
    if last >= MOST_MEETINGS:
        raise ValidationError(
            _("At most %(most)s meetings can be planned.") % {"most": MOST_MEETINGS}
        )
    meeting = PlannedMeeting(
        program=program,
        number=last + 1,
        name=name,
        intent=intent,
        questions=checked_questions(questions),
    )
    insert(meeting)
    record("programs.meeting.planned", by=by, on=program)
    return meeting


@transaction.atomic
def change_meeting(
    meeting: PlannedMeeting, *, name: str, intent: str, questions: Sequence[str], by: Person
) -> None:
    meeting.name, meeting.intent = name, intent
    meeting.questions = checked_questions(questions)
    change(meeting, "name", "intent", "questions")
    record("programs.meeting.planned", by=by, on=meeting.program)


@transaction.atomic
def remove_meeting(meeting: PlannedMeeting, *, by: Person) -> None:
    """Take a meeting out; those after it move up."""
    locked(meeting.program_id)
    number = PlannedMeeting.objects.values_list("number", flat=True).get(pk=meeting.pk)
    meeting.delete()
    for later in meeting.program.planned_meetings.filter(number__gt=number).order_by("number"):
        PlannedMeeting.objects.filter(pk=later.pk).update(number=later.number - 1)
    record("programs.meeting.removed", by=by, on=meeting.program)


def checked_questions(questions: Sequence[str]) -> list[str]:
    found = [" ".join(question.split()) for question in questions if question.strip()]
    if len(found) > MOST_QUESTIONS:
        raise ValidationError(
            {"questions": _("Please ask at most %(most)s questions.") % {"most": MOST_QUESTIONS}}
        )
    too_long = next((one for one in found if len(one) > LONGEST_QUESTION), None)
    if too_long:
        raise ValidationError(
            {"questions": _("This question is too long: “%(start)s …”") % {"start": too_long[:40]}}
        )
    return found
