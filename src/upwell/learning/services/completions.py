"""Having done a lesson."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.learning.models import Completion
from upwell.learning.queries.texts import code_of
from upwell.learning.texts import Lesson
from upwell.people.models import Person
from upwell.programs.models import Program


@transaction.atomic
def finish_lesson(
    program: Program, lesson: Lesson, *, answers: Sequence[int], version: int, by: Person
) -> None:
    """Keep that somebody has done a lesson, once, and not what they answered.

    ``lesson`` is as the program has it now, ``version`` what they have read. Raises ValidationError
    where it has changed meanwhile, or one of the answers is not right.
    """
    if version != lesson.version:
        raise ValidationError(_("This lesson has changed meanwhile. Please read it once more."))
    if list(answers) != [check.right for check in lesson.checks]:
        raise ValidationError(_("Not every answer is right yet. Try again as often as you like."))
    _row, is_new = Completion.objects.get_or_create(
        program=program, person=by, key=lesson.key, version=version
    )
    if is_new:
        record("learning.lesson.done", by=by, on=program, facts={"lesson": code_of(lesson.key)})


def merge_completions(kept: Person, gone: Person) -> None:
    """Of a lesson that both have done, what the one says who stays in the directory counts."""
    own = set(kept.completions.values_list("program", "key", "version"))
    double = [
        one.pk for one in gone.completions.all() if (one.program_id, one.key, one.version) in own
    ]
    Completion.objects.filter(pk__in=double).delete()
