"""How charts are drawn: the same each time, from the cache, without the network, in our colors."""

import math
import re
import socket
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from allauth.mfa.adapter import get_adapter
from django.core.cache import caches

from upwell.core import charts
from upwell.core.charts import draw, pen
from upwell.core.charts.chart import WIDE
from upwell.core.charts.samples import samples
from upwell.core.charts.themes import PAGE, PAPER

TOKENS = Path(charts.__file__).parents[1] / "static" / "css" / "tokens.css"
NAMES = {"quiet": "ink-2", "track": "sunken", "soft": "heat-2", "on_accent": "on-accent"}


@pytest.fixture
def bars():
    return samples()[0]


@pytest.fixture(autouse=True)
def empty_cache():
    caches["charts"].clear()
    yield
    caches["charts"].clear()


def test_a_trade_off_is_darker_with_more_of_a_third_figure():
    columns = ("name", "across", "up", "fit")
    table = charts.Table.of(
        dict(zip(columns, (["A", "B", "C"], [1, 2, 3], [1, 2, 3], [0.1, 1.0, None]), strict=True)),
        *(charts.Column(one, one, "text" if one == "name" else "number") for one in columns),
    )

    drawn = charts.tradeoff(table, title="t", description="d").wide

    fills = re.findall(r'fill="(var\(--[\w-]+\))"[^>]*aria-roledescription', drawn) or drawn
    for color in (PAGE.heat[0], PAGE.heat[4], PAGE.surface):
        assert color in str(fills)


@pytest.mark.parametrize("number", range(10))
def test_same_data_gives_the_same_drawing(number):
    first = samples()[number].wide
    caches["charts"].clear()

    again = samples()[number].wide

    assert again == first


def test_second_drawing_comes_from_the_cache(bars):
    caches["charts"].set(bars.digest(PAGE, WIDE), "<svg>kept</svg>")

    assert bars.wide == "<svg>kept</svg>"
    assert bars.paper != "<svg>kept</svg>"


def test_drawing_is_the_same_after_a_code_for_an_authenticator_was_drawn(bars, monkeypatch):
    known = dict(ElementTree._namespace_map)  # noqa: SLF001 -- there is no other way to restore it
    monkeypatch.setattr(ElementTree, "_namespace_map", known)
    ElementTree.register_namespace("", draw.SVG)
    first = samples()[0].wide
    caches["charts"].clear()

    get_adapter().build_totp_svg("otpauth://totp/Upwell:robin?secret=ABCDEFGH")
    ElementTree.register_namespace("svg", draw.SVG)  # as that library does when it is loaded

    assert bars.wide == first
    assert first.startswith("<svg ")


def test_what_is_no_drawing_is_not_kept(bars, monkeypatch):
    monkeypatch.setattr(draw, "guarded", lambda *_args: "<svg:svg></svg:svg>")

    assert bars.wide == "<svg:svg></svg:svg>"
    assert caches["charts"].get(bars.digest(PAGE, WIDE)) is None


def test_other_numbers_are_another_drawing(bars):
    rows = tuple((name, value + 1) for name, value in bars.table.rows)
    other = charts.bars(
        charts.Table(bars.table.columns, rows), title=bars.title, description=bars.description
    )

    assert other.digest(PAGE, WIDE) != bars.digest(PAGE, WIDE)


def test_nothing_is_asked_of_the_network(bars, monkeypatch):
    def refuse(*_args):
        raise AssertionError("a chart asked for an address")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)

    assert bars.wide.startswith("<svg")


def test_library_is_loaded_by_the_first_drawing_only():
    code = (
        "import sys, upwell.core.charts.samples;"
        "print({'altair', 'vl_convert', 'pandas'} & set(sys.modules))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "set()"


def light_tokens():
    """The tokens' colors in light mode, as hex."""
    found = {}
    for name, value in re.findall(r"--([\w-]+): ([^;]+);", TOKENS.read_text()):
        if color := re.match(r"light-dark\(oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)", value):
            lightness, chroma, hue = map(float, color.groups())
            found[name] = hex_of(lightness / 100, chroma, math.radians(hue))
        elif alias := re.fullmatch(r"var\(--([\w-]+)\)", value):
            found[name] = found[alias[1]]
    return found


def hex_of(lightness, chroma, hue):
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3  # noqa: E741 -- its name
    m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
        -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
        -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
    )
    return "#" + "".join(f"{round(255 * gamma(min(1, max(0, part)))):02x}" for part in linear)


def gamma(part):
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


@pytest.mark.parametrize("name", ["ink", "quiet", "line", "surface", "track", "accent", "soft"])
def test_paper_has_the_colors_of_the_pages(name):
    token = NAMES.get(name, name)

    assert getattr(PAPER, name) == light_tokens()[token]
    assert getattr(PAGE, name) == f"var(--{token})"


@pytest.mark.parametrize("name", ["series", "heat"])
def test_paper_has_the_steps_of_the_pages(name):
    tokens = [f"{name}-{number}" for number in range(1, 6)]

    assert list(getattr(PAPER, name)) == [light_tokens()[token] for token in tokens]
    assert list(getattr(PAGE, name)) == [f"var(--{token})" for token in tokens]


@pytest.mark.parametrize(
    ("low", "high", "form", "ticks"),
    [
        (0, 42, "count", [0, 10, 20, 30, 40, 50]),
        (0, 1, "count", [0, 1]),
        (0, 0, "count", [0, 1]),
        (0.41, 0.66, "share", [0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7]),
        (-3, 4, "number", [-4, -2, 0, 2, 4]),
    ],
)
def test_ticks_are_round_and_around_everything(low, high, form, ticks):
    assert pen.ticks_between(low, high, form=form) == ticks
