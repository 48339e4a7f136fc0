from typing import Any

from upwell.core.charts.chart import Chart
from upwell.core.charts.pen import Pen, ticks_between
from upwell.core.charts.table import Table

MOST_EDGES = 11


def steps(table: Table, *, title: str, description: str) -> Chart:
    """How are numbers spread?  Columns: from, up to, how many; steps without gaps."""
    return Chart("steps", title, description, table, paint)


def paint(chart: Chart, pen: Pen) -> Any:
    table, alt = chart.table, pen.alt
    records = [
        {"low": values[0], "high": values[1], "count": values[2] or 0, "zero": 0}
        | {"label": f"{table.said(row, 0)} – {table.said(row, 1)}: {table.said(row, 2)}"}
        for row, values in enumerate(table.rows)
    ]
    edges = sorted({edge for values in table.rows for edge in values[:2]})
    every = max(1, -(-len(edges) // (6 if pen.is_narrow else MOST_EDGES)))
    ticks = ticks_between(0, max(table.column(2), default=0), form="count", most=4)
    below = pen.axis(edges[::every], table.columns[0].form, grid=False, labelOverlap=True)
    base = pen.base(records).encode(
        x=alt.X("low:Q", scale=alt.Scale(domain=[edges[0], edges[-1]], nice=False), axis=below),
        x2="high:Q",
        y2="zero:Q",
        y=alt.Y(
            "count:Q",
            scale=alt.Scale(domain=[0, ticks[-1]]),
            axis=pen.upright(ticks, "count", table.columns[2].title),
        ),
    )
    bar = base.mark_bar(color=pen.theme.accent, stroke=pen.theme.surface, strokeWidth=2)
    return pen.whole(bar.encode(description="label:N"), height=200 if pen.is_narrow else 230)
