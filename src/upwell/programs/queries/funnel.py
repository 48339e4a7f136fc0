"""How far the people of a cohort have come: chosen, asked, a yes, the pledge."""

from dataclasses import dataclass

from django.db.models import Count, Exists, Q
from django.utils.translation import gettext as _

from upwell.core.charts import Chart, Column, Table, funnel
from upwell.programs.models import Cohort, Enrollment
from upwell.programs.models.enrollments import good_sign_ins
from upwell.programs.queries.pledge import have_signed

State = Enrollment.State


@dataclass(frozen=True)
class Funnel:
    """In people. ``stuck`` were asked some days ago and have not answered."""

    chosen: int
    asked: int
    enrolled: int
    signed: int
    waiting: int
    out: int
    stuck: int

    @property
    def is_under_way(self) -> bool:
        """Whether there is anybody who has not come all the way."""
        return self.signed < self.chosen - self.out - self.waiting

    @property
    def chart(self) -> Chart:
        steps = [_("Chosen"), _("Asked"), _("Take part"), _("Pledge signed")]
        counts = [self.chosen, self.asked, self.enrolled, self.signed]
        return funnel(
            Table.of(
                {"step": steps, "people": counts},
                Column("step", _("Step")),
                Column("people", _("People"), "count"),
            ),
            title=_("How far people have come"),
            description=self.words,
        )

    @property
    def words(self) -> str:
        named = {"enrolled": self.enrolled, "chosen": self.chosen}
        return _("%(enrolled)s of %(chosen)s who were chosen take part.") % named


def funnel_of(cohort: Cohort) -> Funnel:
    """Three queries."""
    rows = cohort.enrollments.filter(person__is_active=True).order_by()
    enrolled = Q(state=State.ENROLLED)
    asked = enrolled | Q(asked_at__isnull=False) | Q(answered_at__isnull=False)
    counts = rows.annotate(
        is_invited=Exists(good_sign_ins()), has_signed=have_signed(cohort.program)
    ).aggregate(
        chosen=Count("pk"),
        asked=Count("pk", filter=asked | Q(is_invited=True)),
        enrolled=Count("pk", filter=enrolled),
        signed=Count("pk", filter=enrolled & Q(has_signed=True)),
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        out=Count("pk", filter=Q(state=State.OUT)),
    )
    return Funnel(**counts, stuck=rows.to_remind().count())
