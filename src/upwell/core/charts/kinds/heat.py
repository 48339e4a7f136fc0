from typing import Any

from upwell.core.charts.chart import Chart
from upwell.core.charts.pen import Pen, lookup
from upwell.core.charts.table import Table
from upwell.core.charts.words import clean

STEPS = 5


def heat(table: Table, *, title: str, description: str) -> Chart:
    """Where is it much, where little?  Columns: row's name, then numbers of the same kind.

    The colors are five equal steps from the least to the most; each cell also says its number.
    """
    return Chart("heat", title, description, table, paint)


def paint(chart: Chart, pen: Pen) -> Any:
    table, alt, theme = chart.table, pen.alt, pen.theme
    names = [table.said(row, 0) for row in range(len(table.rows))]
    titles = [column.title for column in table.columns[1:]]
    base = pen.base(cells(table, pen)).encode(
        x=alt.X("column:N", axis=heading(titles, pen), scale=alt.Scale(padding=0)),
        y=pen.rows(len(names), names),
    )
    color = alt.Color("color:N", scale=None, legend=None)
    ink = alt.Color("ink:N", scale=None, legend=None)
    shape = {"stroke": theme.surface, "strokeWidth": 3, "cornerRadius": 6, "height": 32}
    cell = base.mark_rect(**shape)
    word = base.mark_text(aria=False, fontWeight=600).encode(text="word:N", color=ink)
    return pen.whole(
        cell.encode(color=color, description="label:N"),
        word,
        height=alt.Step(62 if pen.is_narrow else 34),
    )


def cells(table: Table, pen: Pen) -> list[dict[str, Any]]:
    numbers = [value for row in table.rows for value in row[1:] if value is not None] or [0]
    low, span = min(numbers), (max(numbers) - min(numbers)) or 1
    found = []
    for row, values in enumerate(table.rows):
        for index, value in enumerate(values[1:], start=1):
            step = min(STEPS - 1, int((value - low) / span * STEPS)) if value is not None else None
            word = table.said(row, index)
            found.append(
                {"row": str(row), "column": str(index - 1), "word": word}
                | {"color": pen.theme.track if step is None else pen.theme.heat[step]}
                | {"ink": pen.theme.quiet if step is None else pen.theme.on_heat(step)}
                | {"label": f"{table.said(row, 0)}, {table.columns[index].title}: {word}"}
            )
    return found


def heading(titles: list[str], pen: Pen) -> Any:
    """The columns' titles, each as wide as its column at most."""
    words = lookup({str(index): clean(title) for index, title in enumerate(titles)})
    room = (pen.width - (16 if pen.is_narrow else 200)) // len(titles) - 4
    shape = {"labelLimit": room, "labelAngle": 0, "grid": False, "title": None}
    return pen.alt.Axis(labelExpr=words, orient="top", labelPadding=14, **shape)
