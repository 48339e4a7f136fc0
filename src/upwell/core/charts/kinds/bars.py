from typing import Any

from upwell.core.charts.chart import Chart
from upwell.core.charts.pen import Pen
from upwell.core.charts.table import Table


def bars(table: Table, *, title: str, description: str) -> Chart:
    """Which category has how much?  Columns: category, number. In the order of the rows."""
    return Chart("bars", title, description, table, paint)


def paint(chart: Chart, pen: Pen) -> Any:
    table, theme = chart.table, pen.theme
    names = [table.said(row, 0) for row in range(len(table.rows))]
    records = [
        {"row": str(row), "value": values[1] or 0, "word": table.said(row, 1)}
        | {"label": f"{names[row]}: {table.said(row, 1)}"}
        for row, values in enumerate(table.rows)
    ]
    top = max(table.column(1), default=0) or 1
    room = 1.22 if pen.is_narrow else 1.12  # for the number after the longest bar
    scale = pen.alt.Scale(domain=[min([0, *table.column(1)]), top * room], nice=False)
    base = pen.base(records).encode(
        x=pen.alt.X("value:Q", scale=scale, axis=None), y=pen.rows(len(names), names)
    )
    bar = base.mark_bar(color=theme.accent, size=14, cornerRadius=4).encode(description="label:N")
    word = base.mark_text(align="left", dx=8, aria=False, fontWeight=600).encode(text="word:N")
    return pen.whole(bar, word, height=pen.row_height)
