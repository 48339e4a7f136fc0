from datetime import date
from typing import Any

from upwell.core.charts.chart import Chart
from upwell.core.charts.pen import Pen, lookup, ticks_between
from upwell.core.charts.table import Table
from upwell.core.charts.words import day_of, short_day

LONG_SPAN_DAYS = 300


def lines(table: Table, *, title: str, description: str) -> Chart:
    """How does it go over time?  Columns: day, then one to five numbers of the same kind."""
    return Chart("lines", title, description, table, paint)


def paint(chart: Chart, pen: Pen) -> Any:
    table, alt = chart.table, pen.alt
    series = [column.title for column in table.columns[1:]]
    records = [
        {"day": day_of(values[0]).toordinal(), "series": str(index), "value": values[index + 1]}
        | {"label": f"{title}, {table.said(row, 0)}: {table.said(row, index + 1)}"}
        for index, title in enumerate(series)
        for row, values in enumerate(table.rows)
        if values[index + 1] is not None
    ]
    form = table.columns[1].form
    values = [record["value"] for record in records] or [0]
    ticks = ticks_between(min(0, *values), max(values), form=form, most=4)
    heading = series[0] if len(series) == 1 else ""
    color = pen.colors("series", series, pen.theme.series)
    base = pen.base(records).encode(
        x=days([day_of(row[0]) for row in table.rows], pen),
        y=alt.Y(
            "value:Q",
            scale=alt.Scale(domain=[ticks[0], ticks[-1]]),
            axis=pen.upright(ticks, form, heading),
        ),
        color=color if len(series) > 1 else alt.value(pen.theme.accent),
    )
    line = base.mark_line(strokeWidth=2.5, strokeJoin="round", strokeCap="round", aria=False)
    dots = base.mark_point(filled=True, size=56, opacity=1, stroke=pen.theme.surface, strokeWidth=2)
    shown = dots.encode(description="label:N", shape=shapes(pen, len(series)))
    return pen.whole(line, shown, height=200 if pen.is_narrow else 240)


def shapes(pen: Pen, count: int) -> Any:
    """A shape beside each color, for those who do not tell the colors apart."""
    kinds = ["circle", "square", "diamond", "triangle-up", "triangle-down"][:count]
    scale = pen.alt.Scale(domain=[str(index) for index in range(count)], range=kinds)
    return pen.alt.Shape("series:N", scale=scale, legend=None)


def days(shown: list[date], pen: Pen) -> Any:
    """Some of the days themselves as ticks: the first, the last, and evenly between."""
    count = 3 if pen.is_narrow else 5
    ordered = sorted(set(shown))
    last = len(ordered) - 1
    picked = {ordered[round(place * last / (count - 1))] for place in range(count)}
    is_long = (ordered[-1] - ordered[0]).days > LONG_SPAN_DAYS
    words = {str(day.toordinal()): short_day(day, is_long_span=is_long) for day in picked}
    axis = pen.alt.Axis(
        values=sorted(day.toordinal() for day in picked),
        labelExpr=lookup(words),
        labelFlush=True,
        labelPadding=12,
        grid=False,
        title=None,
    )
    ends = [ordered[0].toordinal(), ordered[-1].toordinal() + (not last)]
    return pen.alt.X("day:Q", scale=pen.alt.Scale(domain=ends, nice=False), axis=axis)
