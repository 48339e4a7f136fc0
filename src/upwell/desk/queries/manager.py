"""For program managers: each program with what is true of it today, and the one next step."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.desk.queries.step import Step
from upwell.pairs.models import MatchRun, Proposal
from upwell.people.models import Person
from upwell.programs.models import Cohort, Enrollment, Program


@dataclass(frozen=True)
class Task:
    """``is_pressing`` where the program waits for the manager."""

    title: str
    text: str
    step: Step
    program: Program | None = None
    is_pressing: bool = True


@dataclass(frozen=True)
class Round:
    """A cohort with its run, and how many they hold."""

    program: Program
    cohort: Cohort
    mentors: int
    mentees: int
    run: MatchRun | None
    pairs: int


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
            tasks.append(own_cohort(latest))
        else:
            tasks.append(task_of_cohort(latest))
    return sorted(tasks, key=lambda task: not task.is_pressing)


def first_task() -> Task:
    if Person.objects.active().filter(roles=None).exists():
        return Task(
            _("Your people are here. Now the first program"),
            _("A program says what reverse mentoring is for, and how people are paired."),
            Step(_("Create a program"), "programs:program_create"),
        )
    return Task(
        _("First, bring your people in"),
        _("A spreadsheet from your HR system is enough. You see every problem before it counts."),
        Step(_("Import people"), "people:import_start"),
    )


def latest_rounds(programs: Iterable[Program]) -> dict[UUID, Round]:
    """The cohort of each program that starts last, with its published run or else its last."""
    cohorts = Cohort.objects.filter(program__in=programs).select_related("program")
    latest = {cohort.program_id: cohort for cohort in cohorts.order_by("starts_on", "created_at")}
    enrolled = enrolled_in(latest.values())
    runs = latest_runs(latest.values())
    proposals = Proposal.objects.filter(run__in=runs.values()).order_by()
    pairs = dict(proposals.values_list("run").annotate(count=Count("pk")))
    return {
        key: Round(
            cohort.program,
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
        _("%(program)s has no cohort yet") % {"program": program},
        _("A cohort is one run of the program, over six or twelve months."),
        Step(_("Open a cohort"), "programs:cohort_create", program.pk),
        program,
    )


def own_cohort(latest: Round) -> Task:
    return Task(
        _("You take part in %(cohort)s yourself") % {"cohort": latest.cohort},
        _("So another program manager matches and watches it."),
        Step(_("See the program"), "programs:program_detail", latest.program.pk),
        latest.program,
        is_pressing=False,
    )


def task_of_cohort(latest: Round) -> Task:
    if latest.run is not None:
        return task_of_run(latest, latest.run)
    title, label, to = (
        (missing_side(latest), _("Add participants"), "programs:participant_add")
        if not (latest.mentors and latest.mentees)
        else (_("%(cohort)s is ready to match"), _("Match"), "pairs:run_list")
    )
    step = Step(label, to, latest.cohort.pk)
    return Task(title % {"cohort": latest.cohort}, counts(latest), step, latest.program)


def missing_side(latest: Round) -> str:
    if latest.mentees:
        return _("%(cohort)s has no mentors yet")
    if latest.mentors:
        return _("%(cohort)s has no mentees yet")
    return _("%(cohort)s waits for its participants")


def counts(latest: Round) -> str:
    mentors = ngettext("%(count)d mentor", "%(count)d mentors", latest.mentors)
    mentees = ngettext("%(count)d mentee", "%(count)d mentees", latest.mentees)
    return _("%(mentors)s and %(mentees)s so far.") % {
        "mentors": mentors % {"count": latest.mentors},
        "mentees": mentees % {"count": latest.mentees},
    }


def task_of_run(latest: Round, run: MatchRun) -> Task:
    pairs = ngettext("%(count)d pair", "%(count)d pairs", latest.pairs)
    names = {"cohort": latest.cohort, "run": run, "pairs": pairs % {"count": latest.pairs}}
    title, text, label, is_pressing = words_of_run(run)
    step = Step(label, "pairs:run_detail", run.pk)
    return Task(title % names, text % names, step, latest.program, is_pressing)


def words_of_run(run: MatchRun) -> tuple[str, str, str, bool]:
    """Title, text and label, and whether it waits for the manager."""
    if run.is_published:
        title = _("%(cohort)s is under way with %(pairs)s")
        return title, _("Everyone in a pair has been told."), _("See the pairs"), False
    if run.state == MatchRun.State.WAITING:
        title = _("%(run)s of %(cohort)s is being computed")
        return title, _("You can close this page; it goes on without you."), _("See it"), False
    if run.state == MatchRun.State.FAILED:
        title = _("%(run)s of %(cohort)s did not come to an end")
        return title, _("See what happened, and run again."), _("See the run"), True
    title = _("%(run)s of %(cohort)s waits for your word")
    text = _("It found %(pairs)s. Nobody has been told yet.")
    return title, text, _("Review and publish"), True
