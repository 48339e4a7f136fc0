"""The news of the day in one sentence."""

from collections.abc import Sequence

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _

from upwell.desk.queries.administrator import Matter
from upwell.desk.queries.asked import Question
from upwell.desk.queries.manager import Task
from upwell.desk.queries.participant import Part


def headline(
    tasks: Sequence[Task],
    matters: Sequence[Matter],
    questions: Sequence[Question],
    parts: Sequence[Part],
) -> str:
    """What presses first: a program that waits, what is broken, a question, then one's own pair.

    "" where there is nothing of all that.
    """
    pressing = [task for task in tasks if task.is_pressing]
    if pressing:
        return news_of_programs(pressing)
    if matters:
        return matters[0].title
    if questions:
        return news_of_questions(questions)
    if any(part.counterpart for part in parts):
        return news_of_pairs(parts)
    if tasks:
        return tasks[0].title if len(tasks) == 1 else _("Nothing waits for you today")
    return news_of_waiting(parts) if parts else ""


def calm_headline(*, has_duties: bool, is_administrator: bool) -> str:
    """Where there is no news."""
    if is_administrator:
        return _("Everything runs")
    return _("Nothing waits for you today") if has_duties else _("You are not in a cohort yet")


def news_of_programs(pressing: Sequence[Task]) -> str:
    if len(pressing) == 1:
        return pressing[0].title
    programs = {task.program for task in pressing}
    if len(programs) == 1:
        return _("%(count)s cohorts wait for you") % {"count": intcomma(len(pressing))}
    return _("%(count)s programs wait for you") % {"count": intcomma(len(programs))}


def news_of_questions(questions: Sequence[Question]) -> str:
    if len(questions) == 1:
        return questions[0].title
    return _("%(count)s questions wait for your answer") % {"count": intcomma(len(questions))}


def news_of_waiting(parts: Sequence[Part]) -> str:
    """Of somebody who takes part and is in no pair."""
    if all(part.is_waiting for part in parts):
        return _("You are on the waiting list")
    if any(part.had_one for part in parts):
        return _("A new counterpart is being looked for")
    if all(part.is_waiting or part.is_published for part in parts):
        return _("You have no counterpart at present")
    return _("Your counterpart is being found")


def news_of_pairs(parts: Sequence[Part]) -> str:
    paired = [part for part in parts if part.counterpart]
    if len(paired) > 1:
        return _("You are in %(count)s pairs") % {"count": intcomma(len(paired))}
    name = {"name": paired[0].counterpart}
    return (
        _("Write to %(name)s to find your first hour") % name
        if paired[0].is_mentor
        else _("%(name)s writes to you to find your first hour") % name
    )
