"""The colors of charts: variables for pages, so that dark mode works; hex for paper and slides.

The hex values are those of the light mode in tokens.css; a test compares them.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Theme:
    name: str
    font: str
    ink: str
    quiet: str  # of axes and second words
    line: str
    surface: str
    track: str
    accent: str
    soft: str
    on_accent: str
    series: tuple[str, ...]
    heat: tuple[str, ...]  # five steps, the least first

    def on_heat(self, step: int) -> str:
        """The color of text on a step."""
        return self.ink if step < 3 else self.on_accent

    def config(self) -> dict[str, Any]:
        """What all charts share, in the words of Vega-Lite."""
        text = {"labelColor": self.quiet, "labelFontSize": 13, "labelFontWeight": 400}
        title = {"titleColor": self.quiet, "titleFontSize": 13, "titleFontWeight": 400}
        axis = {"domain": False, "ticks": False, "gridColor": self.line, "labelPadding": 8}
        return {
            "background": "transparent",
            "font": self.font,
            "view": {"stroke": None},
            "axis": {**text, **title, **axis, "titlePadding": 10, "aria": False},
            "legend": {**text, "aria": False, "symbolType": "circle", "symbolSize": 90},
            "text": {"fontSize": 13, "color": self.ink},
        }


def variables(name: str, count: int) -> tuple[str, ...]:
    return tuple(f"var(--{name}-{number})" for number in range(1, count + 1))


PAGE = Theme(
    name="page",
    font="inherit",
    ink="var(--ink)",
    quiet="var(--ink-2)",
    line="var(--line)",
    surface="var(--surface)",
    track="var(--sunken)",
    accent="var(--accent)",
    soft="var(--heat-2)",
    on_accent="var(--on-accent)",
    series=variables("series", 5),
    heat=variables("heat", 5),
)

PAPER = Theme(
    name="paper",
    font="Figtree",
    ink="#10252c",
    quiet="#475860",
    line="#e0ded5",
    surface="#ffffff",
    track="#f3f2eb",
    accent="#00696e",
    soft="#afdfde",
    on_accent="#f8fdfd",
    series=("#00696e", "#bf853a", "#5471a6", "#c15f4d", "#69945f"),
    heat=("#d8f3f3", "#afdfde", "#77bcbc", "#208183", "#005960"),
)
