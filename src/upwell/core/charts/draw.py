"""From a chart to an SVG that a strict content security policy lets through."""

import re
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from django.core.cache import caches
from django.utils.safestring import SafeString

from upwell.core.charts.pen import Pen
from upwell.core.charts.themes import Theme
from upwell.core.charts.words import clean

if TYPE_CHECKING:
    from upwell.core.charts.chart import Chart

SVG = "http://www.w3.org/2000/svg"
NOT_WANTED = ("aria-roledescription", "class", "pointer-events", "style")
EMPTY_FRAMES = {"background", "foreground"}  # of groups, which have neither fill nor line here


def drawn(chart: "Chart", theme: Theme, width: int) -> SafeString:
    digest = chart.digest(theme, width)
    svg: str | None = caches["charts"].get(digest)
    if svg is None:
        svg = guarded(render(chart, theme, width), chart, f"chart-{digest[:12]}")
        if svg.startswith(("<svg ", "<svg>")):  # what a page would show as text does not stay
            caches["charts"].set(digest, svg)
    return SafeString(svg)  # serialized from a tree: labels are escaped


@cache
def version() -> str:
    """Changes with the code that draws, so that nothing stale comes out of a cache."""
    digest = sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def render(chart: "Chart", theme: Theme, width: int) -> str:
    import altair  # noqa: PLC0415 -- takes half a second, which only those who draw should pay
    import vl_convert  # noqa: PLC0415 -- brings a whole JavaScript engine

    painted = chart.paint(chart, Pen(altair, theme, width))
    return str(
        vl_convert.vegalite_to_svg(
            cleaned(painted.to_dict()),
            config=theme.config(),
            allowed_base_urls=[],  # it fetches nothing, whatever a label says
        )
    )


def cleaned(spec: Any) -> Any:
    """The same, with no character that an SVG may not hold."""
    if isinstance(spec, dict):
        return {name: cleaned(value) for name, value in spec.items()}
    if isinstance(spec, list):
        return [cleaned(value) for value in spec]
    return clean(spec) if isinstance(spec, str) else spec


def guarded(svg: str, chart: "Chart", prefix: str) -> str:
    """With a title and a description, own ids, and without what a policy would refuse."""
    root = ElementTree.fromstring(svg)  # noqa: S314 -- the renderer's own output
    drop_frames(root)
    for element in root.iter():
        for name in NOT_WANTED:
            element.attrib.pop(name, None)
        if "aria-label" not in element.attrib:
            element.attrib.pop("role", None)
    own_ids(root, prefix)
    introduce(root, chart, prefix)
    without_prefixes(root)
    return ElementTree.tostring(root, encoding="unicode")


def drop_frames(parent: ElementTree.Element) -> None:
    for child in list(parent):
        is_sheet = child.tag == f"{{{SVG}}}rect" and child.get("fill") == "transparent"
        if is_sheet or child.get("class") in EMPTY_FRAMES:
            parent.remove(child)
        else:
            drop_frames(child)


def own_ids(root: ElementTree.Element, prefix: str) -> None:
    """The renderer counts its ids through the life of the process; here they start anew."""
    named = [element for element in root.iter() if "id" in element.attrib]
    new = {each.attrib["id"]: f"{prefix}-{number}" for number, each in enumerate(named, start=1)}
    for element in root.iter():
        for name, value in element.attrib.items():
            if name == "id":
                element.set(name, new[value])
            elif name != "aria-label" and "url(#" in value:
                pointed = re.sub(r"url\(#([^)]+)\)", lambda found: f"url(#{new[found[1]]})", value)
                element.set(name, pointed)


def introduce(root: ElementTree.Element, chart: "Chart", prefix: str) -> None:
    words = {"title": chart.title, "desc": chart.description}
    for place, (tag, text) in enumerate(words.items()):
        element = ElementTree.Element(f"{{{SVG}}}{tag}", {"id": f"{prefix}-{tag}"})
        element.text = clean(text)
        root.insert(place, element)
    root.attrib.update(
        {
            "role": "img",
            "aria-labelledby": f"{prefix}-title",
            "aria-describedby": f"{prefix}-desc",
            "direction": "ltr",  # or a page from right to left would turn the labels' anchors
        }
    )


def without_prefixes(root: ElementTree.Element) -> None:
    """Tags in plain words: which prefix a namespace gets is open to every library to change."""
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{SVG}}}")
    root.set("xmlns", SVG)
