"""What every kind of chart is painted with: Altair, a theme, a width."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from upwell.core.charts.themes import Theme
from upwell.core.charts.words import Form, said, shortened

NICE_STEPS = (1, 2, 5, 10)
LABEL_WIDTH, NARROW_LABEL_LENGTH, LABEL_LENGTH = 230, 38, 34


@dataclass(frozen=True)
class Pen:
    alt: Any  # the library, which only processes that draw load
    theme: Theme
    width: int  # of the whole chart, in pixels

    @property
    def is_narrow(self) -> bool:
        return self.width < 500

    def base(self, records: Sequence[dict[str, Any]]) -> Any:
        return self.alt.Chart(self.alt.Data(values=list(records)))

    def whole(self, *layers: Any, height: Any) -> Any:
        """The layers above each other, as wide as the pen says."""
        fit = self.alt.AutoSizeParams(type="fit-x", contains="padding")
        chart = self.alt.layer(*layers).properties(width=self.width, height=height, autosize=fit)
        return chart.properties(padding=4)

    def axis(self, ticks: Sequence[float], form: Form, title: str = "", **more: Any) -> Any:
        """An axis that says its ticks in the reader's language."""
        words = lookup({plain(tick): said(tick, form) for tick in ticks})
        return self.alt.Axis(values=list(ticks), labelExpr=words, title=title or None, **more)

    def upright(self, ticks: Sequence[float], form: Form, title: str) -> Any:
        """A scale of numbers at the left, its title level above it."""
        level = {"titleAngle": 0, "titleAlign": "left", "titleX": 0, "titleY": -14}
        return self.axis(ticks, form, title, titleAnchor="start", **level)

    def names(self, texts: Sequence[str]) -> Any:
        """What rows are called, at the left; on a phone above each row."""
        length = NARROW_LABEL_LENGTH if self.is_narrow else LABEL_LENGTH
        words = lookup({str(row): shortened(text, length) for row, text in enumerate(texts)})
        shape: dict[str, Any] = {"labelLimit": LABEL_WIDTH, "labelPadding": 12}
        if self.is_narrow:
            shape = {"labelLimit": self.width - 8, "labelPadding": 0, "labelAlign": "left"}
            shape |= {"labelOffset": -22}
        ink = self.theme.ink
        return self.alt.Axis(labelExpr=words, title=None, grid=False, labelColor=ink, **shape)

    def rows(self, count: int, texts: Sequence[str]) -> Any:
        """One row for each text, in their order."""
        scale = self.alt.Scale(domain=[str(row) for row in range(count)], paddingOuter=0.25)
        return self.alt.Y("row:N", scale=scale, axis=self.names(texts))

    @property
    def row_height(self) -> Any:
        return self.alt.Step(54 if self.is_narrow else 38)

    def colors(self, field: str, names: Sequence[str], colors: Sequence[str]) -> Any:
        """A color for each name, with a legend above the chart."""
        keys = [str(index) for index in range(len(names))]
        words = lookup({key: shortened(name, 30) for key, name in zip(keys, names, strict=True)})
        legend = self.alt.Legend(
            orient="top",
            title=None,
            labelExpr=words,
            columns=2 if self.is_narrow else 0,
            labelLimit=self.width // 2 - 24,
            values=keys,
            offset=16,
        )
        scale = self.alt.Scale(domain=keys, range=list(colors)[: len(keys)])
        return self.alt.Color(f"{field}:N", scale=scale, legend=legend)


def lookup(words: dict[str, str]) -> str:
    """An expression of Vega: the word for a tick."""
    return f"{json.dumps(words)}[datum.value]"


def plain(number: float) -> str:
    """As JavaScript writes it."""
    return str(int(number)) if number == int(number) else repr(number)


def ticks_between(low: float, high: float, *, form: Form, most: int = 5) -> list[float]:
    """Round numbers around what is shown, never more than ``most`` steps."""
    low, high = min(low, high), max(low, high)
    span = (high - low) or abs(high) or 1
    power = 10 ** math.floor(math.log10(span / most))
    step = next(power * nice for nice in NICE_STEPS if power * nice * most >= span * 0.999)
    if form == "count":
        step = max(1, step)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(step * index, 10) for index in range(first, max(last, first + 1) + 1)]
