"""Which cohorts wait for somebody's word whether they take part."""

from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from upwell.desk.queries.asked import Question
from upwell.desk.queries.step import Step
from upwell.pairs.models import MatchRun
from upwell.people.models import Person
from upwell.programs.models import Enrollment

State = Enrollment.State


def enrollments_asked_of(user: Person, today: date) -> list[Question]:
    """One query. Whoever has agreed already is asked only while the pairs are not made."""
    published = MatchRun.objects.published().filter(cohort=OuterRef("cohort"))
    rows = Enrollment.objects.present().admitted().filter(person=user, answered_at=None)
    rows = rows.filter(cohort__is_draft=False).annotate(is_published=Exists(published))
    return [
        question_of(one)
        for one in rows.select_related("cohort__program").order_by("cohort__starts_on", "pk")
        if one.cohort.ends_on > today and (one.state == State.ASKED or not one.is_published)  # type: ignore[attr-defined]  # -- annotated
    ]


def question_of(enrollment: Enrollment) -> Question:
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
