"""The cohort of the made-up organization that is being matched: two runs, and two decisions."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.delivery.jobs import run_job
from upwell.demo.launch import open_gates, set_dates
from upwell.pairs.models import CoupleRule, MatchRun, Proposal
from upwell.pairs.services import set_rule, start_run
from upwell.people.models import Person
from upwell.policy import Policy
from upwell.programs.models import Cohort
from upwell.programs.services import enroll, import_topics, open_cohort, read_topics_file

PEOPLE = {"mentee": 14, "mentor": 22}
HOURS = 4.0
ASKED = timedelta(days=12)
BETWEEN = timedelta(days=190)


def match_next(first: Cohort, table: Path, today: date, *, by: Person) -> Cohort:
    """The next cohort of a program, matched twice: by its policy, and under stricter hours.

    In between the manager keeps the best pair, and keeps the two of the weakest apart.
    """
    starts_on = (first.starts_on + BETWEEN).replace(day=1)
    cohort = open_cohort(
        first.program, name=_("Second cohort"), starts_on=starts_on, months=6, by=by
    )
    set_dates(cohort, min(today, starts_on), by=by)
    for role, count in PEOPLE.items():
        enroll(cohort, some(first, role, count), role=role, by=by)
    import_topics(cohort, read_topics_file(table), by=by)
    at = timezone.now() - ASKED
    cohort.enrollments.update(asked_at=at, answered_at=at)
    open_gates(cohort, by)
    run = computed(start_run(cohort, by=by))
    decide(run, by=by)
    policy: Policy = cohort.program.policy
    rules = policy.rules.model_copy(update={"overlap_hours": HOURS})
    stricter = policy.model_copy(update={"rules": rules})
    computed(start_run(cohort, by=by, policy=stricter, name=_("Stricter hours")))
    return cohort


def some(first: Cohort, role: str, count: int) -> Iterable[Person]:
    """People of the cohort before, those without a counterpart first: they are chosen first."""
    rows = first.enrollments.filter(role=role).select_related("person")
    waiting = rows.filter(unplaced__isnull=False)
    chosen = [*waiting.order_by("person__name", "pk"), *rows.order_by("person__name", "pk")]
    return list(dict.fromkeys(one.person for one in chosen))[:count]


def computed(run: MatchRun) -> MatchRun:
    run_job(str(run.job_id))
    run.refresh_from_db()
    return run


def decide(run: MatchRun, *, by: Person) -> None:
    """One pin and one ban."""
    proposals: list[Proposal] = list(run.proposals.with_people().order_by("-score", "pk"))
    best, weakest = proposals[0], proposals[-1]
    set_rule(run, best.mentor, best.mentee, kind=CoupleRule.Kind.PIN, by=by)
    set_rule(run, weakest.mentor, weakest.mentee, kind=CoupleRule.Kind.BAN, by=by)
