from typing import Any

from upwell.core.charts.chart import Chart
from upwell.core.charts.pen import Pen, ticks_between
from upwell.core.charts.table import Table


def ranges(table: Table, *, title: str, description: str) -> Chart:
    """How sure is it?  Columns: category, value, least and most of its interval."""
    return Chart("ranges", title, description, table, paint)


def paint(chart: Chart, pen: Pen) -> Any:
    table, theme = chart.table, pen.theme
    names = [table.said(row, 0) for row in range(len(table.rows))]
    records = [
        {"row": str(row), "value": values[1], "low": values[2], "high": values[3]}
        | {"label": interval(table, row)}
        for row, values in enumerate(table.rows)
        if None not in values[1:]
    ]
    base = pen.base(records).encode(y=pen.rows(len(names), names))
    axis = scale_below(table, pen)
    bar = base.mark_bar(size=12, cornerRadius=6, color=theme.soft)
    dot = base.mark_point(filled=True, size=110, opacity=1, color=theme.accent)
    drawn = bar.encode(x=pen.alt.X("low:Q", **axis), x2="high:Q", description="label:N")
    value = dot.encode(x=pen.alt.X("value:Q", **axis), description="label:N")
    return pen.whole(drawn, value, height=pen.row_height)


def interval(table: Table, row: int) -> str:
    name, value, low, high = (table.said(row, column) for column in range(4))
    return f"{name}: {value} ({low} – {high})"


def scale_below(table: Table, pen: Pen) -> dict[str, Any]:
    """One axis of numbers for all columns but the first."""
    form = table.columns[1].form
    numbers = [value for row in table.rows for value in row[1:] if value is not None] or [0]
    ticks = ticks_between(min(numbers), max(numbers), form=form, most=4 if pen.is_narrow else 6)
    scale = pen.alt.Scale(domain=[ticks[0], ticks[-1]], nice=False, zero=False)
    return {"scale": scale, "axis": pen.axis(ticks, form, orient="bottom", labelFlush=True)}
