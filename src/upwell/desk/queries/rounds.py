"""The cohorts of programs as a manager watches them, with their run and how many they hold."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count

from upwell.pairs.models import ChoiceRound, Couple, MatchRun, Pair, Preview, Proposal
from upwell.pairs.queries import adrift_counts, conflict_counts
from upwell.people.models import Person
from upwell.programs.models import Cohort, Enrollment, Opening, Program

ASKED = ("cohort", "state", "closes_on", "finished_at")


@dataclass(frozen=True)
class Round:
    """A cohort with its published or last run. ``is_first`` until its program has pairs.

    ``going_on`` are its pairs, ``pairs`` those of the run; where it is published, those that go on.
    ``is_open`` once every gate is. ``conflicts`` counts by rule the pairs that the directory would
    not allow any more, ``choosing`` is the round in which people choose now, or which ended with
    nobody left to match, and ``locked_out`` the people in a pair who have no address to sign in
    with; ``adrift`` are those who had a counterpart and have none any more.
    """

    cohort: Cohort
    mentors: int
    mentees: int
    run: MatchRun | None
    going_on: int
    pairs: int
    is_first: bool
    is_open: bool
    conflicts: Counter[str]
    locked_out: int
    adrift: int
    choosing: ChoiceRound | None = None

    @property
    def is_finished(self) -> bool:
        """Whether people have chosen until nobody was left to match, and no run came after it."""
        end = self.choosing.finished_at if self.choosing else None
        return bool(end and (self.run is None or self.run.created_at < end))


def rounds_of(programs: Iterable[Program], today: date) -> dict[UUID, list[Round]]:
    """Every cohort of each program that has something going on, or else its last. Eight queries."""
    cohorts = (
        Cohort.objects.filter(program__in=programs)
        .annotate(gates_open=Count("openings"))
        .order_by("starts_on", "created_at")
    )
    of_program: dict[UUID, list[Cohort]] = defaultdict(list)
    for cohort in cohorts:
        of_program[cohort.program_id].append(cohort)
    runs = latest_runs(cohorts)
    known = {one.program_id for one in cohorts if one.pk in runs and runs[one.pk].is_published}
    shown = {program: going_on(of, today) for program, of in of_program.items()}
    counts = Counts.of([one for some in shown.values() for one in some], runs)
    return {
        program: [counts.round(one, is_first=program not in known) for one in some]
        for program, some in shown.items()
    }


def going_on(cohorts: Sequence[Cohort], today: date) -> list[Cohort]:
    """Those that have not ended, planned ones too; of none, the last."""
    return [cohort for cohort in cohorts if cohort.ends_on > today] or list(cohorts[-1:])


def latest_runs(cohorts: Iterable[Cohort]) -> dict[UUID, MatchRun]:
    runs = MatchRun.objects.filter(cohort__in=cohorts).order_by("number")
    kept = ("cohort", "number", "state", "published_at", "told_from", "created_at")
    previews = ("preview__state", "preview__closes_at", "follows__preview__state")
    joined = runs.select_related("preview", "follows__preview")
    runs = joined.only(*kept, "follows__cohort", *previews)
    last = {run.cohort_id: run for run in runs}
    asked = {run.cohort_id: run for run in runs if is_asked_about(run)}
    return last | asked | {run.cohort_id: run for run in runs if run.is_published}


def is_asked_about(run: MatchRun) -> bool:
    """Whether both sides are being asked about it now."""
    return hasattr(run, "preview") and run.preview.state == Preview.State.OPEN


@dataclass(frozen=True)
class Counts:
    """How many take part in each cohort as what, how many pairs it and its run have, and what is
    amiss.
    """

    enrolled: Counter[tuple[UUID, str]]
    runs: dict[UUID, MatchRun]
    going_on: dict[UUID, int]
    proposed: dict[UUID, int]
    conflicts: dict[UUID, Counter[str]]
    locked_out: Counter[UUID]
    choosing: dict[UUID, ChoiceRound]
    adrift: Counter[UUID]

    @classmethod
    def of(cls, cohorts: Sequence[Cohort], runs: dict[UUID, MatchRun]) -> "Counts":
        enrollments = Enrollment.objects.enrolled().filter(cohort__in=cohorts).order_by()
        rows = enrollments.values_list("cohort", "role").annotate(count=Count("pk"))
        shown = [runs[one.pk] for one in cohorts if one.pk in runs]
        proposals = Proposal.objects.filter(run__in=shown).order_by()
        proposed = dict(proposals.values_list("run").annotate(count=Count("pk")))
        couples = Couple.objects.under_way().filter(pair__cohort__in=cohorts).order_by()
        going_on = dict(couples.values_list("pair__cohort").annotate(count=Count("pk")))
        enrolled = Counter({(cohort, role): count for cohort, role, count in rows})
        asked = ChoiceRound.objects.of_home().filter(cohort__in=cohorts)
        return cls(
            enrolled,
            runs,
            going_on,
            proposed,
            conflict_counts(cohorts),
            locked_out(cohorts),
            {one.cohort_id: one for one in asked.only(*ASKED)},
            adrift_counts(cohorts),
        )

    def round(self, cohort: Cohort, *, is_first: bool) -> Round:
        run = self.runs.get(cohort.pk)
        going_on = self.going_on.get(cohort.pk, 0)
        is_proposed = run is not None and not run.is_published
        return Round(
            cohort,
            mentors=self.enrolled[cohort.pk, Enrollment.Role.MENTOR],
            mentees=self.enrolled[cohort.pk, Enrollment.Role.MENTEE],
            run=run,
            going_on=going_on,
            pairs=self.proposed.get(run.pk, 0) if run and is_proposed else going_on,
            is_first=is_first,
            is_open=cohort.gates_open == len(Opening.Gate),  # type: ignore[attr-defined]  # -- annotated
            conflicts=self.conflicts.get(cohort.pk, Counter()),
            locked_out=self.locked_out[cohort.pk],
            choosing=self.choosing.get(cohort.pk),
            adrift=self.adrift[cohort.pk],
        )


def locked_out(cohorts: Sequence[Cohort]) -> Counter[UUID]:
    """How many people in a pair of each cohort cannot sign in. One query."""
    couples = Couple.objects.filter(
        is_active=True, pair__state=Pair.State.ACTIVE, pair__cohort__in=cohorts
    ).order_by()
    sides = (
        couples.filter(**{f"{side}__in": Person.objects.without_sign_in().order_by()}).values_list(
            "pair__cohort", side
        )
        for side in ("mentor", "mentee")
    )
    mentors, mentees = sides
    return Counter(cohort for cohort, _person in mentors.union(mentees))
