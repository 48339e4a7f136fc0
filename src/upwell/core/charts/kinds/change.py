from typing import Any

from upwell.core.charts.chart import Chart
from upwell.core.charts.kinds.ranges import scale_below
from upwell.core.charts.pen import Pen
from upwell.core.charts.table import Table


def change(table: Table, *, title: str, description: str) -> Chart:
    """What changed, for which category?  Columns: category, before, after."""
    return Chart("change", title, description, table, paint)


def paint(chart: Chart, pen: Pen) -> Any:
    table, alt, theme = chart.table, pen.alt, pen.theme
    names = [table.said(row, 0) for row in range(len(table.rows))]
    sides = [column.title for column in table.columns[1:3]]
    known = [(row, values) for row, values in enumerate(table.rows) if None not in values[1:3]]
    spans = [{"row": str(row), "low": values[1], "high": values[2]} for row, values in known]
    dots = [
        {"row": str(row), "side": str(side), "value": values[side + 1]}
        | {"label": f"{names[row]}, {sides[side]}: {table.said(row, side + 1)}"}
        for row, values in known
        for side in range(2)
    ]
    axis, rows = scale_below(table, pen), pen.rows(len(names), names)
    rule = pen.base(spans).mark_rule(strokeWidth=3, color=theme.soft, aria=False)
    span = rule.encode(y=rows, x=alt.X("low:Q", **axis), x2="high:Q")
    color = pen.colors("side", sides, (theme.series[1], theme.series[0]))
    mark = pen.base(dots).mark_point(filled=True, size=130, opacity=1)
    shape = alt.Shape("side:N", scale=alt.Scale(domain=["0", "1"], range=["diamond", "circle"]))
    point = mark.encode(y=rows, x=alt.X("value:Q", **axis), color=color, description="label:N")
    return pen.whole(span, point.encode(shape=shape.legend(None)), height=pen.row_height)
