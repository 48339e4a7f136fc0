from typing import Any

from upwell.core.charts.chart import Chart
from upwell.core.charts.pen import Pen
from upwell.core.charts.table import Table
from upwell.core.charts.words import percent


def funnel(table: Table, *, title: str, description: str) -> Chart:
    """How many are left after each step?  Columns: step, number; the first is the whole."""
    return Chart("funnel", title, description, table, paint)


def paint(chart: Chart, pen: Pen) -> Any:
    table, theme = chart.table, pen.theme
    names = [table.said(row, 0) for row in range(len(table.rows))]
    whole = max(table.column(1), default=0) or 1
    records = []
    for row, values in enumerate(table.rows):
        word = f"{table.said(row, 1)} · {percent((values[1] or 0) / whole)}"
        records.append(
            {"row": str(row), "value": values[1] or 0, "zero": 0, "whole": whole, "word": word}
            | {"label": f"{names[row]}: {word}"}
        )
    room = 1 if pen.is_narrow else 1.22
    scale = pen.alt.Scale(domain=[0, whole * room], nice=False)
    base = pen.base(records).encode(y=pen.rows(len(names), names))
    x = pen.alt.X("zero:Q", scale=scale, axis=None)
    shape = {"size": 16, "cornerRadius": 8}
    track = base.mark_bar(color=theme.track, aria=False, **shape).encode(x=x, x2="whole:Q")
    bar = base.mark_bar(color=theme.accent, **shape).encode(x=x, x2="value:Q")
    beside = {"align": "right", "dy": -22} if pen.is_narrow else {"align": "left", "dx": 10}
    word = base.mark_text(aria=False, fontWeight=600, **beside)
    end = pen.alt.X("whole:Q", scale=scale, axis=None)
    layers = (track, bar.encode(description="label:N"), word.encode(x=end, text="word:N"))
    return pen.whole(*layers, height=pen.row_height)
