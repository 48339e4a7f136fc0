"""The certificate of whoever has done all lessons of their role."""

from importlib.resources import files
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from upwell.core.documents import pdf
from upwell.learning.queries import Course
from upwell.people.models import Person
from upwell.programs.models import Enrollment

LAYOUT = Path(str(files(__package__))) / "certificate.typ"


def certificate_of(course: Course, person: Person) -> bytes:
    """A PDF of one page in the reader's language, for a course that is done."""
    return pdf(LAYOUT, values_of(course, person))


def values_of(course: Course, person: Person) -> dict[str, Any]:
    done_at = course.done_at
    if done_at is None:
        raise ValueError("Whoever has a lesson left gets no certificate.")
    roles = [str(Enrollment.Role(role).label) for role in course.roles]
    minutes = sum(item.lesson.minutes for item in course.items)
    return {
        "title": _("Certificate of %(name)s") % {"name": person.name},
        "language": (get_language() or "en").partition("-")[0],
        "heading": _("Certificate"),
        "name": person.name,
        "said": _("has done all lessons for a %(role)s in the reverse mentoring program")
        % {"role": _(" and ").join(roles)},
        "program": course.program.name,
        "lessons": [
            [item.lesson.title, minutes_words(item.lesson.minutes)] for item in course.items
        ],
        "total": minutes_words(minutes),
        "total_words": _("Together"),
        "done_words": _("Done on"),
        "done_on": date_format(localdate(done_at)),
        "columns": [_("Lesson"), _("Time to read")],
    }


def minutes_words(minutes: int) -> str:
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
