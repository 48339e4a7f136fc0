from typing import Any

from upwell.core.charts.chart import Chart
from upwell.core.charts.pen import Pen, lookup
from upwell.core.charts.table import Table
from upwell.core.charts.words import shortened

HEIGHT, LABEL_HEIGHT = 240, 20


def slopes(table: Table, *, title: str, description: str, chosen: str = "") -> Chart:
    """Which rose, which fell?  Columns: name, before, after; ``chosen`` is pointed out."""
    return Chart("slopes", title, description, table, paint, chosen)


def paint(chart: Chart, pen: Pen) -> Any:
    table, alt = chart.table, pen.alt
    known = [row for row, values in enumerate(table.rows) if None not in values[1:3]]
    base = pen.base(ends(chart, pen, known))
    titles = [column.title for column in table.columns[1:3]]
    words = lookup({str(side): shortened(text, 20) for side, text in enumerate(titles)})
    axis = alt.Axis(values=[0, 1], labelExpr=words, orient="top", grid=True, title=None)
    left, right = (-0.35, 2.1) if pen.is_narrow else (-0.2, 1.7)
    x = alt.X("side:Q", scale=alt.Scale(domain=[left, right], nice=False), axis=axis)
    numbers = [value for row in known for value in table.rows[row][1:3]] or [0, 1]
    y_scale = alt.Scale(domain=[min(numbers), max(numbers)], nice=False, zero=False, padding=12)
    y = alt.Y("value:Q", scale=y_scale, axis=None)
    color = alt.Color("color:N", scale=None, legend=None)
    line = base.mark_line(strokeWidth=2.5, aria=False).encode(x=x, y=y, color=color, detail="row:N")
    dot = base.mark_point(filled=True, size=80, opacity=1)
    dots = dot.encode(x=x, y=y, color=color, description="label:N")
    texts = []
    for side, align, shift in ((0, "right", -12), (1, "left", 12)):
        place = alt.Y("place:Q", scale=y_scale, axis=None)
        text = base.mark_text(align=align, dx=shift, aria=False, baseline="middle")
        shown = text.encode(x=x, y=place, text="word:N").transform_filter(f"datum.side == {side}")
        texts.append(shown)
    return pen.whole(line, dots, *texts, height=HEIGHT)


def ends(chart: Chart, pen: Pen, known: list[int]) -> list[dict[str, Any]]:
    """Both ends of each line, with a place for its words where no other words stand."""
    table, found = chart.table, []
    numbers = [value for row in known for value in table.rows[row][1:3]] or [0]
    least = (max(numbers) - min(numbers)) * LABEL_HEIGHT / (HEIGHT - LABEL_HEIGHT)
    for side in (0, 1):
        places = apart({row: float(table.rows[row][side + 1]) for row in known}, least)
        for row in known:
            name, word = table.said(row, 0), table.said(row, side + 1)
            is_chosen = not chart.chosen or chart.chosen == table.rows[row][0]
            length = 15 if pen.is_narrow else 32
            found.append(
                {"row": str(row), "side": side, "value": table.rows[row][side + 1]}
                | {
                    "place": places[row],
                    "label": f"{name}, {table.columns[side + 1].title}: {word}",
                }
                | {"word": f"{word}  {shortened(name, length)}" if side else word}
                | {"color": pen.theme.accent if is_chosen else pen.theme.heat[2]}
            )
    return found


def apart(values: dict[int, float], least: float) -> dict[int, float]:
    """Moved up as little as keeps the words of one side from lying on each other."""
    places: dict[int, float] = {}
    last = None
    for row, value in sorted(values.items(), key=lambda item: item[1]):
        places[row] = value if last is None else max(value, last + least)
        last = places[row]
    return places
