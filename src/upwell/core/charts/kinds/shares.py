from typing import Any

from upwell.core.charts.chart import Chart
from upwell.core.charts.pen import Pen
from upwell.core.charts.table import Table
from upwell.core.charts.words import percent

BESIDE = 0.08  # of the whole: room for a number at the end of a bar
STEPS = {1: (4,), 2: (4, 1), 3: (4, 2, 1), 4: (4, 3, 2, 1), 5: (4, 3, 2, 1, 0)}


def shares(table: Table, *, title: str, description: str) -> Chart:
    """How is each whole divided?  Columns: group, then one to five parts, the strongest first."""
    return Chart("shares", title, description, table, paint)


def paint(chart: Chart, pen: Pen) -> Any:
    table, alt, theme = chart.table, pen.alt, pen.theme
    parts = [column.title for column in table.columns[1:]]
    steps = STEPS[len(parts)]
    names = [table.said(row, 0) for row in range(len(table.rows))]
    least = 0.17 if pen.is_narrow else 0.08  # a part that its number fits into
    inks = [theme.on_heat(step) for step in steps]
    records = [
        record
        for row in range(len(names))
        for record in worded(parts_of(table, row, inks), least, theme.ink)
    ]
    room = BESIDE if any(record["middle"] > 1 for record in records) else 0
    base = pen.base(records).encode(
        x=alt.X("start:Q", scale=alt.Scale(domain=[0, 1 + room]), axis=None),
        y=pen.rows(len(names), names),
    )
    color = pen.colors("part", parts, [theme.heat[step] for step in steps])
    bar = base.mark_bar(size=24, stroke=theme.surface, strokeWidth=2)
    word = base.mark_text(aria=False, fontWeight=600).encode(
        x=alt.X("middle:Q"), text="word:N", color=alt.Color("ink:N", scale=None, legend=None)
    )
    drawn = bar.encode(x2="end:Q", color=color, description="label:N")
    shown = alt.layer(drawn, word).resolve_scale(color="independent")
    return pen.whole(shown, height=alt.Step(60 if pen.is_narrow else 42))


def worded(parts: list[dict[str, Any]], least: float, ink: str) -> list[dict[str, Any]]:
    """Without the numbers that do not fit; that of the last part then stands beside the bar."""
    beside = {"middle": 1 + BESIDE / 2, "ink": ink}
    narrow = [part["end"] - part["start"] < least for part in parts]
    last = len(parts) - 1
    return [
        part
        if not is_narrow
        else part | (beside if place == last and part["end"] > part["start"] else {"word": ""})
        for place, (part, is_narrow) in enumerate(zip(parts, narrow, strict=True))
    ]


def parts_of(table: Table, row: int, inks: list[str]) -> list[dict[str, Any]]:
    """The parts of one whole, side by side from 0 to 1."""
    values = [value or 0 for value in table.rows[row][1:]]
    whole, start, found = sum(values) or 1, 0.0, []
    for part, value in enumerate(values):
        end = start + value / whole
        words = (table.said(row, 0), table.columns[part + 1].title, table.said(row, part + 1))
        found.append(
            {"row": str(row), "part": str(part), "start": start, "end": end, "ink": inks[part]}
            | {"middle": (start + end) / 2, "word": percent(value / whole)}
            | {"label": f"{words[0]}, {words[1]}: {words[2]} ({percent(value / whole)})"}
        )
        start = end
    return found
