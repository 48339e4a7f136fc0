"""What somebody is asked and has not answered yet, and what they have said yes to."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from upwell.desk.queries.step import Step
from upwell.pairs.models import Preview
from upwell.people.models import Person
from upwell.programs.models import LeaderAnswer, Program, Staff

OWNER = Staff.Role.EXECUTIVE_OWNER
PAGES = {OWNER: "programs:owner_answer", Staff.Role.CONCERN_CONTACT: "programs:contact_answer"}


@dataclass(frozen=True)
class Question:
    """Something that a program asks of somebody, with the page that takes the answer."""

    program: Program
    title: str
    text: str
    step: Step


@dataclass(frozen=True)
class Duty:
    """What somebody is for a program, having said yes, and where they read on."""

    words: str
    steps: tuple[Step, ...]


def asked_of(user: Person) -> tuple[list[Question], list[Duty]]:
    """Questions as they came, and duties by program. Three queries."""
    named = list(
        Staff.objects.filter(person=user, role__in=PAGES, declined_at=None)
        .select_related("program")
        .order_by("program__name", "role")
    )
    leader = LeaderAnswer.objects.filter(person=user, answered_at=None)
    asked = sorted((one for one in named if not one.accepted_at), key=when_asked)
    questions = [
        *map(question_of_preview, previews_of(user)),
        *map(question_of_staff, asked),
        *map(question_of_leader, leader.select_related("program").order_by("asked_at", "pk")),
    ]
    return questions, [duty_of(one) for one in named if one.accepted_at]


def previews_of(user: Person) -> list[Preview]:
    """Those that can still be answered, the first to close first. One query."""
    open_now = Preview.objects.open().of(user).filter(closes_at__gt=timezone.now())
    return list(open_now.select_related("cohort__program").order_by("closes_at", "pk"))


def question_of_preview(preview: Preview) -> Question:
    """The same, whatever was said."""
    program = preview.cohort.program
    text = _("You have until %(until)s to look at it. If it fits, you need not do anything.")
    moment = timezone.localtime(preview.closes_at)
    until = f"{date_format(moment, 'DATETIME_FORMAT')} {moment:%Z}"
    return Question(
        program,
        _("Whom we have in mind for you in %(program)s") % {"program": program},
        text % {"until": until},
        Step(_("Look at it"), "pairs:preview_own", preview.pk),
    )


def when_asked(staff: Staff) -> tuple[str, int]:
    return str(staff.asked_at or ""), staff.pk


def question_of_staff(staff: Staff) -> Question:
    if staff.role == OWNER:
        title = _("Will you be the executive owner of %(program)s?")
        text = _("One executive is accountable for its orientation, learning and resources.")
    else:
        title = _("Will you be a concern contact of %(program)s?")
        text = _(
            "Two people listen when something is wrong, and keep what they hear to themselves."
        )
    step = Step(_("Read it and say yes or no"), PAGES[Staff.Role(staff.role)], staff.program_id)
    return Question(staff.program, title % {"program": staff.program}, text, step)


def question_of_leader(answer: LeaderAnswer) -> Question:
    text = _(
        "Two questions for %(program)s, half a minute. What you answer is told only if you say so."
    )
    return Question(
        answer.program,
        _("Did a mentor change your work?"),
        text % {"program": answer.program},
        Step(_("Answer two questions"), "programs:leader_answer", answer.pk),
    )


def duty_of(staff: Staff) -> Duty:
    program = {"program": staff.program}
    means = Step(_("What you do"), PAGES[Staff.Role(staff.role)], staff.program_id)
    if staff.role == OWNER:
        launch = Step(_("See the launch"), "desk:launch", staff.program_id)
        texts = Step(_("Lessons and guidelines"), "learning:text_list", staff.program_id)
        return Duty(
            _("You are the executive owner of %(program)s.") % program, (means, launch, texts)
        )
    return Duty(_("You are a concern contact of %(program)s.") % program, (means,))
