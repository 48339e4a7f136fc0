"""What people of the made-up organization tell about themselves."""

from django.db import transaction
from django.utils import timezone

from upwell.demo.dice import Dice, Weighted
from upwell.policy.background import UNKNOWN
from upwell.programs.background_words import VERSIONS
from upwell.programs.models import Background, Cohort
from upwell.programs.models.background import QUESTIONS, Kept, seal_kept
from upwell.programs.services.background import PURPOSES, fill_rows

TELLING = 40  # percent of those who are asked
ANSWERING = 85  # percent of the questions, of whoever answers at all
LIKELY = {
    "parents": (45, 55),
    "grew_up": (78, 16, 6),
    "minority": (18, 82),
    "gender": (46, 50, 4),
    "caring": (42, 58),
    "disability": (9, 91),
}
"""In percent, in the order of the options."""
CHUNK = 1_000


@transaction.atomic
def tell_backgrounds(cohort: Cohort, *, seed: int = 1) -> None:
    """Let some tell a little and agree to what their program offers: figures, and the match where
    it weighs backgrounds.
    """
    fill_rows(cohort)
    is_weighed = bool(cohort.program.policy.preferences.background)
    uses = list(PURPOSES) if is_weighed else [PURPOSES.MONITORING]
    dice, today = Dice(seed), timezone.localdate()
    given = {
        enrollment: "".join(letter(name, dice) for name in QUESTIONS)
        for enrollment in cohort.enrollments.order_by("person__employee_id").values_list(
            "pk", flat=True
        )
        if dice.below(TELLING)
    }
    rows = list(Background.objects.filter(enrollment__in=given, purpose__in=uses))
    kept = [Kept(VERSIONS[row.purpose], today, given[row.enrollment_id]) for row in rows]
    Background.objects.bulk_update(seal_kept(rows, kept), ["kept"], batch_size=CHUNK)


def letter(name: str, dice: Dice) -> str:
    if not dice.below(ANSWERING):
        return UNKNOWN
    return dice.draw(Weighted(QUESTIONS[name], LIKELY[name]))
