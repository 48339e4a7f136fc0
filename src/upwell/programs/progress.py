"""How far a measure has come, in figures and words."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from upwell.core.charts import Chart, Column, Table, lines
from upwell.programs.models import Measure, Reading

WHOLE = 100


@dataclass(frozen=True)
class Progress:
    """A measure with its readings, the earliest first."""

    measure: Measure
    readings: list[Reading]

    @classmethod
    def of(cls, measure: Measure) -> "Progress":
        """Reads the readings, which ``with_readings`` has brought along."""
        return cls(measure, list(measure.readings.all()))

    @cached_property
    def latest(self) -> Reading | None:
        return self.readings[-1] if self.readings else None

    @property
    def percent(self) -> int:
        """Of the way from baseline to target, 0 to 100; 0 without a reading."""
        if self.latest is None:
            return 0
        way = self.measure.target - self.measure.baseline
        share = (self.latest.value - self.measure.baseline) / way * WHOLE
        return int(min(max(share, Decimal(0)), Decimal(WHOLE)))

    @property
    def is_reached(self) -> bool:
        return self.latest is not None and self.percent == WHOLE

    @property
    def sentence(self) -> str:
        """Where it stands, and where it is to be by when."""
        measure = self.measure
        said = {
            "baseline": amount(measure.baseline),
            "target": amount(measure.target),
            "unit": measure.unit,
            "due": date_format(measure.due_on),
        }
        if self.latest is None:
            return _("From %(baseline)s to %(target)s %(unit)s by %(due)s. Not read yet.") % said
        now = {"value": amount(self.latest.value), "day": date_format(self.latest.taken_on)}
        text = _(
            "%(value)s %(unit)s on %(day)s. It began at %(baseline)s and is to be %(target)s by"
            " %(due)s."
        )
        return text % (said | now)

    @property
    def way(self) -> str:
        return _("%(percent)s %% of the way") % {"percent": self.percent}

    def is_overdue(self, today: date) -> bool:
        return self.measure.due_on < today and not self.is_reached

    @cached_property
    def chart(self) -> Chart | None:
        """Readings over time beside the target, where there are at least two."""
        if len(self.readings) < 2:
            return None
        rows = [
            (one.taken_on, float(one.value), float(self.measure.target)) for one in self.readings
        ]
        columns = (
            Column("day", _("Day"), "date"),
            Column("value", self.measure.name, "number"),
            Column("target", _("Target"), "number"),
        )
        return lines(Table(columns, tuple(rows)), title=self.way, description=self.sentence)


def amount(value: Decimal) -> str:
    """Such as "12.5" or "1,200", without zeros that say nothing."""
    text = value.normalize()
    places = max(0, -int(text.as_tuple().exponent))
    return number_format(text, decimal_pos=places, use_l10n=True, force_grouping=True)
