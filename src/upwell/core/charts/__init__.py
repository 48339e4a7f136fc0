"""Small tables as charts: drawn on the server, for pages, documents and slides.

A page builds a chart with one of the kinds and includes components/chart.html with it.
Charts hold totals of groups, never what one person wrote.
"""

from upwell.core.charts.chart import Chart, Withheld
from upwell.core.charts.kinds import (
    bars,
    change,
    funnel,
    heat,
    lines,
    ranges,
    shares,
    slopes,
    steps,
    tradeoff,
)
from upwell.core.charts.table import Column, Table

__all__ = [
    "Chart",
    "Column",
    "Table",
    "Withheld",
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
