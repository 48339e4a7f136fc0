"""For program managers: each cohort with what is true of it today, and the one next step."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.desk.queries.launch import Facts
from upwell.desk.queries.launch.facts import Key
from upwell.desk.queries.launching import is_launching, launches, words_of
from upwell.desk.queries.round_words import missing_side, pairs_of
from upwell.desk.queries.rounds import Round, rounds_of
from upwell.desk.queries.runs import Stage, words_of_run
from upwell.desk.queries.step import Step
from upwell.desk.queries.whom import whom_to_ask
from upwell.pairs.models import ChoiceRound, MatchRun
from upwell.pairs.queries import conflict_advice, conflict_sentences
from upwell.people.models import Person
from upwell.programs.models import Cohort, Enrollment, Program

KICKOFF_AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class Task:
    """What is true of a cohort or program, and what to do.

    ``is_pressing`` where it waits for the manager. ``is_first`` until the program has pairs.
    """

    stage: Stage
    title: str
    text: str
    step: Step
    program: Program | None = None
    latest: Round | None = None
    is_pressing: bool = True
    is_first: bool = True

    @property
    def urgency(self) -> tuple[bool, date]:
        """What waits comes first, and of that the cohort that starts first."""
        starts_on = self.latest.cohort.starts_on if self.latest else date.max
        return not self.is_pressing, starts_on


def tasks_for(user: Person, today: date) -> list[Task]:
    """A task for each cohort that has something going on, the most urgent first.

    Eight queries at most, and eight more where something is being launched.
    """
    programs = list(Program.objects.managed_by(user))
    if not programs:
        return [first_task()]
    rounds = rounds_of(programs, today)
    own = set(Enrollment.objects.filter(person=user).values_list("cohort_id", flat=True))
    facts = launches(programs, rounds, own)
    tasks: list[Task] = []
    for program in programs:
        tasks += tasks_of(program, rounds.get(program.pk, []), own, today, facts)
    return sorted(tasks, key=lambda task: task.urgency)


def tasks_of(
    program: Program,
    rounds: list[Round],
    own: set[UUID],
    today: date,
    facts: Mapping[Key, Facts],
) -> Iterator[Task]:
    if not rounds:
        yield launch_task(program, facts[program.pk, None])
    for one in rounds:
        if one.cohort.pk in own:
            yield own_cohort(program, one)
        elif is_launching(one):
            yield launch_task(program, facts[program.pk, one.cohort.pk], one)
        else:
            yield task_of_cohort(program, one, today)


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


def launch_task(program: Program, facts: Facts, latest: Round | None = None) -> Task:
    """A program that is being launched: how far it is, and the next of its ten steps."""
    title, text, step = words_of(facts)
    if latest is None:
        return Task(Stage.COHORT, title, text, step, program)
    has_both = latest.mentors and latest.mentees
    stage = Stage.MATCH if has_both else Stage.PARTICIPANTS
    return Task(stage, title, text, step, program, latest, is_first=latest.is_first)


def own_cohort(program: Program, latest: Round) -> Task:
    """Without figures: whoever takes part does not watch the cohort."""
    return Task(
        Stage.UNDER_WAY,
        _("You take part in %(cohort)s yourself") % {"cohort": latest.cohort},
        _("So another program manager matches and watches it."),
        Step(_("See the program"), "programs:program_detail", program.pk),
        program,
        is_pressing=False,
        is_first=False,
    )


def task_of_cohort(program: Program, latest: Round, today: date) -> Task:
    if latest.choosing and (latest.choosing.is_open or latest.choosing.is_preparing):
        return task_of_choosing(program, latest, latest.choosing)
    if latest.is_finished:
        return task_of_amiss(program, latest, today) or task_of_chosen(program, latest)
    if latest.run is not None:
        return task_of_run(program, latest, latest.run, today)
    cohort = {"cohort": latest.cohort}
    if latest.mentors and latest.mentees:
        title = _("%(cohort)s is ready to match") % cohort
        text = _("Both sides are here. A run weighs every allowed pair and proposes the best ones.")
        step = Step(_("Match"), "pairs:run_list", latest.cohort.pk)
        return Task(Stage.MATCH, title, text, step, program, latest, is_first=latest.is_first)
    title = missing_side(latest) % cohort
    text = _(
        "Find the most senior people first; then the mentors who know what they want to learn."
    )
    step = Step(_("Add participants"), "programs:participant_add", latest.cohort.pk)
    return Task(Stage.PARTICIPANTS, title, text, step, program, latest, is_first=latest.is_first)


def task_of_choosing(program: Program, latest: Round, choosing: ChoiceRound) -> Task:
    """Nothing waits for the manager while people choose."""
    title = _("%(cohort)s: people choose until %(day)s")
    named = {"cohort": latest.cohort, "day": date_format(choosing.closes_on)}
    return Task(
        Stage.MATCH,
        title % named,
        _("Then a run finds the pairs. You can close it sooner."),
        Step(_("See the choosing"), "pairs:run_list", latest.cohort.pk),
        program,
        latest,
        is_pressing=False,
        is_first=latest.is_first,
    )


def task_of_chosen(program: Program, latest: Round) -> Task:
    """People have found each other, and whoever has not was told."""
    return Task(
        Stage.UNDER_WAY,
        _("%(cohort)s: people have chosen each other") % {"cohort": latest.cohort},
        _("Whoever has found nobody has been told so kindly. There is nothing more to do here."),
        Step(_("See the pairs"), "pairs:pair_list", latest.cohort.pk),
        program,
        latest,
        is_pressing=False,
        is_first=False,
    )


def task_of_run(program: Program, latest: Round, run: MatchRun, today: date) -> Task:
    if run.is_published and not run.can_be_stopped:
        return task_of_pairs(program, latest, today)
    stage, title, text, label = words_of_run(run)
    names = {"cohort": latest.cohort, "run": run, "pairs": pairs_of(latest)}
    step = Step(label, "pairs:run_detail", run.pk)
    is_pressing = stage == Stage.PUBLISH or run.state == MatchRun.State.FAILED
    return Task(
        stage, title % names, text % names, step, program, latest, is_pressing, latest.is_first
    )


def task_of_pairs(program: Program, latest: Round, today: date) -> Task:
    """A published cohort: before its first day, under way, or over."""
    cohort, amiss = latest.cohort, task_of_amiss(program, latest, today)
    if amiss:
        return amiss
    if latest.pairs and is_time_for_kickoff(cohort, today):
        return task_of_kickoff(program, latest)
    told = _("Everyone in a pair has been told.")
    step = Step(_("See the pairs"), "pairs:pair_list", cohort.pk)
    day = cohort.starts_on
    if today < cohort.starts_on:
        title = _("%(cohort)s begins on %(day)s with %(pairs)s")
    elif today < cohort.ends_on:
        title = _("%(cohort)s is under way with %(pairs)s")
    else:
        title, day = _("%(cohort)s ended on %(day)s"), cohort.last_day
        told = _("It brought %(pairs)s together. The next cohort keeps them apart.")
        step = Step(_("Open the next cohort"), "programs:cohort_create", program.pk)
    names = {"cohort": cohort, "pairs": pairs_of(latest), "day": date_format(day)}
    return Task(
        Stage.UNDER_WAY,
        title % names,
        told % names,
        step,
        program,
        latest,
        is_pressing=False,
        is_first=False,
    )


def task_of_amiss(program: Program, latest: Round, today: date) -> Task | None:
    """What is not well with the pairs of a cohort that has not ended."""
    if today >= latest.cohort.ends_on:
        return None
    if latest.conflicts:
        return task_of_conflicts(program, latest)
    if latest.adrift:
        return task_of_adrift(program, latest)
    return task_of_locked_out(program, latest) if latest.locked_out else None


def is_time_for_kickoff(cohort: Cohort, today: date) -> bool:
    first = cohort.starts_on - KICKOFF_AHEAD
    return cohort.kicked_off_at is None and first <= today < first + 2 * KICKOFF_AHEAD


def task_of_kickoff(program: Program, latest: Round) -> Task:
    """A published cohort that is about to begin, or has begun, and nobody has said so."""
    named = {"cohort": latest.cohort, "day": date_format(latest.cohort.starts_on)}
    return Task(
        Stage.UNDER_WAY,
        _("%(cohort)s begins on %(day)s: send the kick-off") % named,
        _("One message to everybody in a pair. You read it first, and can change its words."),
        Step(_("Send the kick-off"), "pairs:kickoff_send", latest.cohort.pk),
        program,
        latest,
        is_first=False,
    )


def task_of_locked_out(program: Program, latest: Round) -> Task:
    """A published cohort with people who cannot open the page of their pair."""
    count = latest.locked_out
    title = ngettext(
        "%(cohort)s: %(count)s person in a pair cannot sign in",
        "%(cohort)s: %(count)s people in a pair cannot sign in",
        count,
    )
    step = Step(_("See who"), "programs:participant_list", latest.cohort.pk, query="access=without")
    named = {"cohort": latest.cohort, "count": intcomma(count)}
    return Task(
        Stage.UNDER_WAY,
        title % named,
        whom_to_ask(),
        step,
        program,
        latest,
        is_first=False,
    )


def task_of_conflicts(program: Program, latest: Round) -> Task:
    """A published cohort with pairs that the directory of today would not allow."""
    said = {"cohort": latest.cohort, "what": " ".join(conflict_sentences(latest.conflicts))}
    return Task(
        Stage.UNDER_WAY,
        _("%(cohort)s: %(what)s") % said,
        conflict_advice(),
        Step(_("See which"), "pairs:pair_list", latest.cohort.pk),
        program,
        latest,
        is_first=False,
    )


def task_of_adrift(program: Program, latest: Round) -> Task:
    """A published cohort with people whose counterpart is gone."""
    text = ngettext(
        "%(cohort)s: %(count)s person has no counterpart any more",
        "%(cohort)s: %(count)s people have no counterpart any more",
        latest.adrift,
    )
    return Task(
        Stage.UNDER_WAY,
        text % {"cohort": latest.cohort, "count": intcomma(latest.adrift)},
        _("Upwell finds new ones with the fewest changes. You see them before anybody hears."),
        Step(_("Look for new counterparts"), "pairs:repair_start", latest.cohort.pk),
        program,
        latest,
        is_first=False,
    )
