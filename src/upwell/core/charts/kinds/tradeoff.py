from typing import Any

from upwell.core.charts.chart import Chart
from upwell.core.charts.pen import Pen, ticks_between
from upwell.core.charts.table import Table
from upwell.core.charts.words import clean, shortened

MOST_NAMES = 8


def tradeoff(table: Table, *, title: str, description: str, chosen: str = "") -> Chart:
    """What does more of one cost of the other?  Columns: name, across, up, and maybe a share.

    The larger the share, the darker the dot; where it is not known, the dot is empty.
    ``chosen`` is the name of the one that is pointed out.
    """
    return Chart("tradeoff", title, description, table, paint, chosen)


def paint(chart: Chart, pen: Pen) -> Any:
    table, alt, theme = chart.table, pen.alt, pen.theme
    is_named = len(table.rows) <= MOST_NAMES and not pen.is_narrow
    across, up = axes(table, pen)
    records = []
    for row, values in enumerate(table.rows):
        is_chosen = clean(chart.chosen) == table.said(row, 0)
        name = shortened(table.said(row, 0), 24) if is_chosen or is_named else ""
        words = [f"{table.columns[at].title} {table.said(row, at)}" for at in range(1, len(values))]
        records.append(
            {
                "x": values[1],
                "y": values[2],
                "fill": theme.accent if is_chosen else shade(values, pen),
            }
            | {"name": name, "label": f"{table.said(row, 0)}: {', '.join(words)}"}
        )
    base = pen.base(records).encode(x=across, y=up)
    fill = alt.Fill("fill:N", scale=None, legend=None)
    dot = base.mark_point(size=140, opacity=1, stroke=theme.accent, strokeWidth=2)
    word = base.mark_text(align="center", dy=-17, aria=False).encode(text="name:N")
    shown = dot.encode(fill=fill, description="label:N")
    return pen.whole(shown, word, height=240 if pen.is_narrow else 300)


def shade(values: tuple[Any, ...], pen: Pen) -> str:
    theme = pen.theme
    if len(values) < len(("name", "across", "up", "share")):
        return theme.soft
    share = values[3]
    return theme.surface if share is None else theme.heat[min(4, max(0, int(share * 5)))]


def axes(table: Table, pen: Pen) -> tuple[Any, Any]:
    """With some air around the outermost dots."""
    found = []
    for at in (1, 2):
        numbers = table.column(at) or [0]
        alike = 0.05 if table.columns[at].form == "share" else 1
        air = (max(numbers) - min(numbers)) * 0.08 or alike
        low, high = max(0, min(numbers) - air), max(numbers) + air
        most = 4 if pen.is_narrow else 5
        found.append(ticks_between(low, high, form=table.columns[at].form, most=most))
    scales = [pen.alt.Scale(domain=[each[0], each[-1]], nice=False, zero=False) for each in found]
    across, up = table.columns[1:3]
    below = pen.axis(found[0], across.form, across.title, titleAnchor="end", labelFlush=True)
    return (
        pen.alt.X("x:Q", scale=scales[0], axis=below),
        pen.alt.Y("y:Q", scale=scales[1], axis=pen.upright(found[1], up.form, up.title)),
    )
