"""The way from an empty directory to published pairs, with the place where somebody stands."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from upwell.desk.queries.manager import Task
from upwell.desk.queries.runs import Stage


@dataclass(frozen=True)
class Leg:
    title: str
    text: str
    is_done: bool
    is_current: bool


def legs_of(task: Task) -> list[Leg]:
    """Six legs; the one at hand carries the task's own words."""
    titles = {
        Stage.PEOPLE: _("Bring your people in"),
        Stage.PROGRAM: _("Create a program"),
        Stage.COHORT: _("Open a cohort"),
        Stage.PARTICIPANTS: _("Choose mentors and mentees"),
        Stage.MATCH: _("Match them"),
        Stage.PUBLISH: _("Publish the pairs"),
    }
    return [
        Leg(
            title,
            text=task.text if stage == task.stage else "",
            is_done=stage < task.stage,
            is_current=stage == task.stage,
        )
        for stage, title in titles.items()
    ]
