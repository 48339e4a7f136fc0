"""What life does to the published cohort of the demo: one pair ends, and is repaired."""

from upwell.delivery.jobs import run_job
from upwell.pairs.models import Couple, Pair
from upwell.pairs.services import apply_repair, end_pair, start_repair
from upwell.people.models import Person
from upwell.programs.models import Cohort


def mend_one(cohort: Cohort, *, by: Person) -> Pair | None:
    """End the last pair by the mentor's name, and use the way that is advised; the pair that ended.

    None where there is no reserve, so that nobody would be without a counterpart for a story.
    """
    placed = Couple.objects.active().filter(pair__cohort=cohort).order_by()
    free = cohort.enrollments.mentors().enrolled().filter(person__is_active=True)
    if not free.exclude(person__in=placed.values("mentor")).exists():
        return None
    couple = Couple.objects.active().of_cohort(cohort).select_related("pair__cohort").last()
    if couple is None:
        return None
    end_pair(couple.pair, by=by)
    repair = start_repair(cohort, by=by)
    run_job(str(repair.job_id))
    repair.refresh_from_db()
    if repair.options:
        apply_repair(repair, 0, by=by)
    return couple.pair
