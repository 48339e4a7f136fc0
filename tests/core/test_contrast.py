"""Words can be read in light and in dark: 4.5 to 1 for text, 3 to 1 for edges of inputs."""

import math
import re

import pytest

from upwell.core.stylesheet import FIRST

COLOR = r"oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)"
GROUNDS = ["paper", "surface", "sunken"]
TEXT = [
    *[(ink, ground) for ink in ("ink", "ink-2", "accent", "error", "warn") for ground in GROUNDS],
    ("ink", "accent-soft"),
    ("ink-2", "accent-soft"),
    ("accent", "accent-soft"),
    ("accent-deep", "accent-soft"),
    ("ink", "warn-soft"),
    ("warn", "warn-soft"),
    ("ink", "error-soft"),
    ("error", "error-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-deep"),
]
EDGES = [("edge", "surface"), ("edge", "paper"), ("accent", "surface")]


def colors(mode):
    found = re.findall(rf"--([\w-]+): light-dark\({COLOR}, {COLOR}\)", FIRST.read_text())
    first = 1 if mode == "light" else 4
    return {row[0]: luminance(*map(float, row[first : first + 3])) for row in found}


def luminance(lightness, chroma, hue):
    """Relative luminance of an oklch color, out of gamut parts cut off."""
    light = lightness / 100
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    red, green, blue = (min(max(part, 0), 1) for part in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(mode, one, other):
    known = colors(mode)
    darker, lighter = sorted((known[one], known[other]))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_stands_out(mode, ink, ground):
    assert contrast(mode, ink, ground) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_stand_out(mode, edge, ground):
    assert contrast(mode, edge, ground) >= 3


def test_black_on_white_is_as_far_as_it_goes():
    assert luminance(100, 0, 0) == pytest.approx(1, abs=1e-4)
    assert luminance(0, 0, 0) == 0
