"""What changing more pairs would gain, as one picture."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from upwell.core.charts import Chart, Column, Table, tradeoff
from upwell.pairs.services.ways import Way


def chart_of(ways: Sequence[Way]) -> Chart | None:
    """Pairs changed against how well all pairs fit; None where there is nothing to weigh."""
    if len(ways) < 2:
        return None
    return tradeoff(
        Table.of(
            ways,
            Column("name", _("Way")),
            Column("moved", _("Other pairs changed"), "count"),
            Column("worth", _("Quality of the pairs"), "share"),
        ),
        title=_("What changing more pairs would gain"),
        description=_("How many of the pairs are strong, where a good one counts half."),
        chosen=ways[0].name,
    )
