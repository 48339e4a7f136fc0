"""A chart before it is drawn: its words, its table and how it is painted."""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from upwell.core.charts import draw
from upwell.core.charts.pen import Pen
from upwell.core.charts.table import Table
from upwell.core.charts.themes import PAGE, PAPER, Theme

WIDE, NARROW = 720, 340  # in pixels: a column of a page, and a phone

Painter = Callable[["Chart", Pen], Any]


@dataclass(frozen=True)
class Chart:
    """Goes into a page by components/chart.html; drawn only when it is asked for.

    Colors, numbers and days are those of the language that is active while it is drawn.
    A row's first value is what it is called.
    """

    kind: str
    title: str
    description: str
    table: Table
    paint: Painter = field(repr=False, compare=False)
    chosen: str = ""  # what the row to point out is called

    @property
    def is_empty(self) -> bool:
        return not self.table.rows

    @property
    def wide(self) -> SafeString:
        return self.svg(PAGE, WIDE)

    @property
    def narrow(self) -> SafeString:
        """For a phone, with text as large as in the wide one."""
        return self.svg(PAGE, NARROW)

    @property
    def paper(self) -> SafeString:
        """For documents and slides: no variables."""
        return self.svg(PAPER, WIDE)

    def svg(self, theme: Theme, width: int) -> SafeString:
        """Takes 40 ms, 0.4 s more for the first of a process; then it comes from the cache."""
        return draw.drawn(self, theme, width)

    def digest(self, theme: Theme, width: int) -> str:
        said = (self, theme.name, width, get_language(), draw.version())
        return sha256(repr(said).encode(errors="surrogatepass")).hexdigest()[:24]


@dataclass(frozen=True)
class Withheld:
    """Stands where a chart would be if there were enough people to show one."""

    title: str
    description: str = ""
    is_withheld: bool = True
