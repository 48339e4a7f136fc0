"""The home page of one person."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from upwell.desk.queries.administrator import Matter, matters_for
from upwell.desk.queries.asked import Duty, Question, asked_of
from upwell.desk.queries.choosing import choices_of
from upwell.desk.queries.enrolling import enrollments_of
from upwell.desk.queries.headline import calm_headline, headline
from upwell.desk.queries.journey import Leg, legs_of
from upwell.desk.queries.lessons import Learning, learning_of
from upwell.desk.queries.manager import Task, tasks_for
from upwell.desk.queries.participant import Part, parts_of
from upwell.desk.queries.runs import Stage
from upwell.desk.queries.step import Step
from upwell.people.models import Person


@dataclass(frozen=True)
class Home:
    headline: str
    tasks: list[Task]
    matters: list[Matter]
    questions: list[Question]
    parts: list[Part]
    duties: list[Duty]
    learning: list[Learning]
    is_administrator: bool

    @property
    def is_bare(self) -> bool:
        """Nothing to do and nothing to wait for."""
        about = (self.tasks, self.questions, self.parts, self.duties, self.learning)
        return not (any(about) or self.is_administrator)

    @property
    def is_paired(self) -> bool:
        return any(part.pair for part in self.parts)

    @property
    def journey(self) -> list[Leg]:
        """The way of a first program up to its publication; empty for those who know it."""
        task = self.tasks[0] if len(self.tasks) == 1 else None
        is_on_it = task and task.is_first and task.stage < Stage.UNDER_WAY
        return legs_of(task) if task and is_on_it else []

    @property
    def main_task(self) -> Task | None:
        """The one that waits; none where several do."""
        pressing = [task for task in self.tasks if task.is_pressing]
        return pressing[0] if len(pressing) == 1 else None

    @property
    def main_step(self) -> Step | None:
        """The page's button: what the one task asks for that waits, or else the first matter.

        Then what one is asked oneself, then one's own pair, and then one's lessons. None where
        several wait, or the matter brings a form of its own.
        """
        if any(task.is_pressing for task in self.tasks):
            return self.main_task.step if self.main_task else None
        matter = self.matters[0] if self.matters else None
        if matter:
            return None if matter.ids else matter.step
        if self.questions:
            return self.questions[0].step if len(self.questions) == 1 else None
        return self.main_part.step if self.main_part else self.lesson_step

    @property
    def lesson_step(self) -> Step | None:
        """The next lesson, where there is one program to learn for and no pair yet."""
        steps = [one.step for one in self.learning if one.step]
        return steps[0] if len(steps) == 1 and not self.is_paired else None

    @property
    def main_part(self) -> Part | None:
        """The one pair that somebody is in."""
        paired = [part for part in self.parts if part.pair]
        return paired[0] if len(paired) == 1 else None


def home_of(user: Person, today: date | None = None) -> Home:
    """At most 35 queries, whatever there is."""
    day = today or timezone.localdate()
    tasks = tasks_for(user, day) if user.is_program_manager else []
    matters = matters_for(user) if user.is_directory_administrator else []
    asked, duties = asked_of(user)
    own, refused = enrollments_of(user, day)
    choices, chosen = choices_of(user, day)
    questions, duties = [*own, *choices, *asked], [*duties, *chosen, *refused]
    parts = parts_of(user, day)
    is_administrator = user.is_directory_administrator
    calm = calm_headline(has_duties=bool(duties), is_administrator=is_administrator)
    news = headline(tasks, matters, questions, parts) or calm
    return Home(news, tasks, matters, questions, parts, duties, learning_of(user), is_administrator)
