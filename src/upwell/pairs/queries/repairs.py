"""How far it is that new counterparts are looked for, and what was found last."""

from django.utils.translation import gettext as _

from upwell.delivery.models import Job
from upwell.pairs.models import Repair
from upwell.pairs.queries.progress import Progress, is_worker_missing, retry
from upwell.programs.models import Cohort

STEPS = ("compiling", "matching", "explaining")


def latest_repair(cohort: Cohort) -> Repair | None:
    """The last one that was asked for, with its job. One query."""
    return Repair.objects.filter(cohort=cohort).select_related("job").first()


def progress_of_repair(repair: Repair) -> Progress:
    """Read the job's last report; one query where it waits."""
    job = repair.job
    if job is None or job.state == Job.State.WAITING:
        missing = is_worker_missing()
        return Progress(_("Waiting for its turn"), retry(job), None, len(STEPS), missing)
    step = job.progress.get("step", STEPS[0])
    sentence = {
        "compiling": _("Reading the people and the policy"),
        "matching": _("Weighing who could come together"),
        "explaining": _("Writing down what speaks for each pair"),
    }.get(step, _("At work"))
    place = STEPS.index(step) + 1 if step in STEPS else None
    return Progress(sentence, "", place, len(STEPS))
