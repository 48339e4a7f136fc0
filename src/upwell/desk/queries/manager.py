"""For program managers: each program with what is true of it today, and the one next step."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.desk.queries.step import Step
from upwell.pairs.models import MatchRun, Proposal
from upwell.people.models import Person
from upwell.programs.models import Cohort, Enrollment, Program


class Stage(IntEnum):
    """How far a program has come; the first that is not done."""

    PEOPLE = 0
    PROGRAM = 1
    COHORT = 2
    PARTICIPANTS = 3
    MATCH = 4
    PUBLISH = 5
    UNDER_WAY = 6


@dataclass(frozen=True)
class Round:
    """A cohort with its run, and how many they hold."""

    cohort: Cohort
    mentors: int
    mentees: int
    run: MatchRun | None
    pairs: int


@dataclass(frozen=True)
class Task:
    """What is true of a program, and what to do. ``is_pressing`` where it waits for the manager."""

    stage: Stage
    title: str
    text: str
    step: Step
    program: Program | None = None
    latest: Round | None = None
    is_pressing: bool = True


def tasks_for(user: Person) -> list[Task]:
    """One task for each managed program, the pressing ones first. Six queries at most."""
    programs = list(Program.objects.managed_by(user))
    if not programs:
        return [first_task()]
    rounds = latest_rounds(programs)
    own = set(Enrollment.objects.filter(person=user).values_list("cohort_id", flat=True))
    tasks = []
    for program in programs:
        latest = rounds.get(program.pk)
        if latest is None:
            tasks.append(no_cohort(program))
        elif latest.cohort.pk in own:
            tasks.append(own_cohort(program, latest))
        else:
            tasks.append(task_of_cohort(program, latest))
    return sorted(tasks, key=lambda task: not task.is_pressing)


def first_task() -> Task:
    if Person.objects.active().filter(roles=None).exists():
        return Task(
            Stage.PROGRAM,
            _("Your people are here. Now the first program"),
            _("A program says what reverse mentoring is for, and how people are paired."),
            Step(_("Create a program"), "programs:program_create"),
        )
    return Task(
        Stage.PEOPLE,
        _("First, bring your people in"),
        _("A spreadsheet from your HR system is enough. You see every problem before it counts."),
        Step(_("Import people"), "people:import_start"),
    )


def latest_rounds(programs: Iterable[Program]) -> dict[UUID, Round]:
    """The cohort of each program that starts last, with its published run or else its last."""
    cohorts = Cohort.objects.filter(program__in=programs)
    latest = {cohort.program_id: cohort for cohort in cohorts.order_by("starts_on", "created_at")}
    enrolled = enrolled_in(latest.values())
    runs = latest_runs(latest.values())
    proposals = Proposal.objects.filter(run__in=runs.values()).order_by()
    pairs = dict(proposals.values_list("run").annotate(count=Count("pk")))
    return {
        key: Round(
            cohort,
            mentors=enrolled[cohort.pk, Enrollment.Role.MENTOR],
            mentees=enrolled[cohort.pk, Enrollment.Role.MENTEE],
            run=(run := runs.get(cohort.pk)),
            pairs=pairs.get(run.pk, 0) if run else 0,
        )
        for key, cohort in latest.items()
    }


def enrolled_in(cohorts: Iterable[Cohort]) -> Counter[tuple[UUID, str]]:
    """How many take part in each cohort as what."""
    enrollments = Enrollment.objects.filter(cohort__in=cohorts).order_by()
    rows = enrollments.values_list("cohort", "role").annotate(count=Count("pk"))
    return Counter({(cohort, role): count for cohort, role, count in rows})


def latest_runs(cohorts: Iterable[Cohort]) -> dict[UUID, MatchRun]:
    runs = MatchRun.objects.filter(cohort__in=cohorts).order_by("number")
    runs = runs.only("cohort", "number", "state", "published_at")
    last = {run.cohort_id: run for run in runs}
    return last | {run.cohort_id: run for run in runs if run.is_published}


def no_cohort(program: Program) -> Task:
    return Task(
        Stage.COHORT,
        _("%(program)s has no cohort yet") % {"program": program},
        _("A cohort is one run of the program, over six or twelve months."),
        Step(_("Open a cohort"), "programs:cohort_create", program.pk),
        program,
    )


def own_cohort(program: Program, latest: Round) -> Task:
    """Without figures: whoever takes part does not watch the cohort."""
    return Task(
        Stage.UNDER_WAY,
        _("You take part in %(cohort)s yourself") % {"cohort": latest.cohort},
        _("So another program manager matches and watches it."),
        Step(_("See the program"), "programs:program_detail", program.pk),
        program,
        is_pressing=False,
    )


def task_of_cohort(program: Program, latest: Round) -> Task:
    if latest.run is not None:
        return task_of_run(program, latest, latest.run)
    cohort = {"cohort": latest.cohort}
    if latest.mentors and latest.mentees:
        title = _("%(cohort)s is ready to match") % cohort
        text = _("Both sides are here. A run weighs every allowed pair and proposes the best ones.")
        step = Step(_("Match"), "pairs:run_list", latest.cohort.pk)
        return Task(Stage.MATCH, title, text, step, program, latest)
    title = missing_side(latest) % cohort
    text = _(
        "Find the most senior people first; then the mentors who know what they want to learn."
    )
    step = Step(_("Add participants"), "programs:participant_add", latest.cohort.pk)
    return Task(Stage.PARTICIPANTS, title, text, step, program, latest)


def missing_side(latest: Round) -> str:
    if latest.mentees:
        return _("%(cohort)s has no mentors yet")
    if latest.mentors:
        return _("%(cohort)s has no mentees yet")
    return _("%(cohort)s waits for its participants")


def task_of_run(program: Program, latest: Round, run: MatchRun) -> Task:
    stage, title, text, label = words_of_run(run)
    pairs = ngettext("%(count)d pair", "%(count)d pairs", latest.pairs) % {"count": latest.pairs}
    names = {"cohort": latest.cohort, "run": run, "pairs": pairs}
    step = Step(label, "pairs:run_detail", run.pk)
    if stage == Stage.UNDER_WAY:
        step = Step(label, "pairs:pair_list", latest.cohort.pk)
    is_pressing = stage == Stage.PUBLISH or run.state == MatchRun.State.FAILED
    return Task(stage, title % names, text % names, step, program, latest, is_pressing)


def words_of_run(run: MatchRun) -> tuple[Stage, str, str, str]:
    """Stage, title, text and the label of the link."""
    if run.is_published:
        title = _("%(cohort)s is under way with %(pairs)s")
        text = _("Everyone in a pair has been told.")
        return Stage.UNDER_WAY, title, text, _("See the pairs")
    if run.state == MatchRun.State.WAITING:
        title = _("%(run)s of %(cohort)s is being computed")
        text = _("You can close this page; it goes on without you.")
        return Stage.MATCH, title, text, _("See the run")
    if run.state == MatchRun.State.FAILED:
        title = _("%(run)s of %(cohort)s did not come to an end")
        return Stage.MATCH, title, _("See what happened, and run again."), _("See the run")
    title = _("%(run)s of %(cohort)s waits for your word")
    text = _("It found %(pairs)s. Nobody has been told yet.")
    return Stage.PUBLISH, title, text, _("Review and publish")
