"""How far a run is that the worker computes."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.delivery.models import Job
from upwell.delivery.worker import worker_seen_at
from upwell.pairs.models import MatchRun
from upwell.programs.models import Cohort

WORKER_GONE = timedelta(seconds=60)
STEPS = ("compiling", "matching", "proving", "explaining")


@dataclass(frozen=True)
class Progress:
    """One sentence about what is going on, one about how far it is; ``step`` is None at first."""

    sentence: str
    detail: str
    step: int | None
    steps: int = len(STEPS)
    is_worker_missing: bool = False


def progress_of(run: MatchRun) -> Progress:
    """Read the job's last report; counts the cohort's people in one query."""
    job = run.job
    if job is None or job.state == Job.State.WAITING:
        sentence = _("Waiting for its turn")
        return Progress(sentence, retry(job), None, is_worker_missing=is_worker_missing())
    report = job.progress
    step = report.get("step", STEPS[0])
    sentence = {
        "compiling": _("Reading the people and the policy"),
        "matching": weighing(run),
        "proving": _("Proving that nothing better is possible"),
        "explaining": _("Writing down what speaks for each pair"),
    }.get(step, _("At work"))
    place = STEPS.index(step) + 1 if step in STEPS else None
    return Progress(sentence, detail(report) if step == "matching" else "", place)


def is_worker_missing() -> bool:
    """Whether no worker has shown itself lately. One query."""
    seen_at = worker_seen_at()
    return seen_at is None or seen_at < timezone.now() - WORKER_GONE


def weighing(run: MatchRun) -> str:
    cohort = Cohort.objects.with_counts().get(pk=run.cohort_id)
    possible = cohort.mentor_count * cohort.mentee_count  # type: ignore[attr-defined]  # -- annotated
    text = ngettext(
        "Weighing %(count)s possible pair", "Weighing %(count)s possible pairs", possible
    )
    return text % {"count": intcomma(possible)}


def detail(report: dict[str, Any]) -> str:
    number, gap = report.get("pass", 0), report.get("gap")
    if report.get("aim") == "fair":
        return _("Pass %(pass)s: making the weakest pairs as good as can be") % {"pass": number}
    if report.get("aim") == "stable":
        return _("Pass %(pass)s: looking for pairs that no two would leave for each other") % {
            "pass": number
        }
    if report.get("aim") == "untold":
        return _("Pass %(pass)s: weighing what speaks for each pair") % {"pass": number}
    if gap is None:
        return _("Pass %(pass)s: making as many pairs as the rules allow") % {"pass": number}
    text = ngettext(
        "Pass %(pass)s: at most %(gap)s point from the best possible",
        "Pass %(pass)s: at most %(gap)s points from the best possible",
        gap,
    )
    return text % {"pass": number, "gap": intcomma(gap)}


def retry(job: Job | None) -> str:
    if job is None or not job.attempts:
        return ""
    return _("The last try broke off; it will be tried again by itself.")
