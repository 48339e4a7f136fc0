"""The kinds of charts, by the question that each answers."""

from upwell.core.charts.kinds.bars import bars
from upwell.core.charts.kinds.change import change
from upwell.core.charts.kinds.funnel import funnel
from upwell.core.charts.kinds.heat import heat
from upwell.core.charts.kinds.lines import lines
from upwell.core.charts.kinds.ranges import ranges
from upwell.core.charts.kinds.shares import shares
from upwell.core.charts.kinds.slopes import slopes
from upwell.core.charts.kinds.steps import steps
from upwell.core.charts.kinds.tradeoff import tradeoff

__all__ = [
    "bars",
    "change",
    "funnel",
    "heat",
    "lines",
    "ranges",
    "shares",
    "slopes",
    "steps",
    "tradeoff",
]
