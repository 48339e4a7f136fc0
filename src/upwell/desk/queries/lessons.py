"""What somebody has to learn before the first meeting."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.desk.queries.step import Step
from upwell.learning.queries import Course, courses_of
from upwell.people.models import Person


@dataclass(frozen=True)
class Learning:
    """One's lessons in a program, with the next step while one is left."""

    course: Course

    @property
    def step(self) -> Step | None:
        """The next lesson."""
        if self.course.is_done:
            return None
        label = _("Go on with the lessons") if self.course.done else _("Do your first lesson")
        if self.course.needed == 1:
            label = _("Do your lesson")
        return Step(label, "learning:lesson_list", self.course.program.pk)

    @property
    def look(self) -> Step:
        return Step(_("Look at it again"), "learning:lesson_list", self.course.program.pk)

    @property
    def words(self) -> str:
        if self.course.is_done:
            return _("You have done all your lessons.")
        said = ngettext(
            "%(done)s of %(count)s lesson done; %(minutes)s minutes left.",
            "%(done)s of %(count)s lessons done; %(minutes)s minutes left.",
            self.course.needed,
        )
        counts = {"done": self.course.done, "count": self.course.needed}
        return said % {**counts, "minutes": self.course.minutes_left}


def learning_of(user: Person) -> list[Learning]:
    """By program, as long as a cohort of it goes on. Three queries, one where there is none."""
    return [Learning(course) for course in courses_of(user) if course.items]
