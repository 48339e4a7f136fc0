"""What waits for a job that was given up."""

from django.utils import timezone

from upwell.delivery.models import Job
from upwell.pairs.models import ChoiceRound, MatchRun, Repair
from upwell.programs.models import Cohort

FAULTS = [{"code": "given_up"}]


def fail_given_up(cohort: Cohort | None = None) -> None:
    """Fail runs, repairs and rounds whose job was given up: they would stand in the way for ever.

    Called on each tick of a worker, for all cohorts.
    """
    state, now = ChoiceRound.State, timezone.now()
    runs = MatchRun.objects.filter(state=MatchRun.State.WAITING)
    repairs = Repair.objects.filter(state=Repair.State.WAITING)
    rounds = ChoiceRound.objects.filter(state=state.PREPARING)
    for waiting in (runs, repairs, rounds):
        given_up = waiting.filter(job__state=Job.State.FAILED)
        if cohort:
            given_up = given_up.filter(cohort=cohort)
        changes = {} if waiting is rounds else {"finished_at": now}
        given_up.update(state=state.FAILED, faults=FAULTS, **changes)
