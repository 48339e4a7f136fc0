"""Every kind of chart, in every theme: what a strict policy, a reader and a screen reader need."""

import re
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from upwell.core import charts
from upwell.core.charts.chart import NARROW, WIDE
from upwell.core.charts.kinds.shares import worded
from upwell.core.charts.samples import samples
from upwell.core.charts.themes import PAGE, PAPER

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "title", "desc", "g", "path", "line", "rect", "text", "defs", "clipPath"}
DRAWN = [sample for sample in samples() if isinstance(sample, charts.Chart)]
KINDS = {sample.kind: sample for sample in DRAWN}
HOSTILE = [
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "]]>&lt;&#x0;{{ 7*7 }}",
    "Personalentwicklung und Weiterbildung im gesamten Konzern " * 8,
    "הנהלה בכירה مجلس الإدارة",
    "a\x00b\x0b\ud800c\u2028d",
    'url(#x) javascript:alert(1) " + alert(1) + "',
]


def refused_by_a_strict_policy(svg):
    """What in an SVG would need more than the policy of the pages allows."""
    found = []
    for element in ElementTree.fromstring(svg).iter():
        tag = element.tag.removeprefix(SVG)
        if tag not in ALLOWED:
            found.append(tag)
        for name, value in element.attrib.items():
            is_link = "href" in name or re.search(r"url\((?!#chart-)", value)
            if name == "style" or name.startswith("on") or (is_link and name != "aria-label"):
                found.append(f"{tag} {name}={value}")
    return found


def texts_of(svg):
    return ["".join(each.itertext()) for each in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def labels_of(svg):
    elements = ElementTree.fromstring(svg).iter()
    return [each.attrib["aria-label"] for each in elements if "aria-label" in each.attrib]


def hostile(kind):
    """The same chart with its texts and, where there are any, its days kept as they are."""
    chart = KINDS[kind]
    is_named = chart.table.columns[0].form == "text"
    rows = tuple(
        (HOSTILE[number % len(HOSTILE)] if is_named else row[0], *row[1:])
        for number, row in enumerate(chart.table.rows * 2)
    )
    columns = tuple(
        charts.Column(column.name, HOSTILE[number], column.form)
        for number, column in enumerate(chart.table.columns)
    )
    table = charts.Table(columns, rows)
    make = getattr(charts, kind)
    return make(table, title=HOSTILE[0], description=HOSTILE[1])


def test_there_is_a_sample_of_every_kind():
    kinds = set(charts.__all__) - {"Chart", "Column", "Table", "Withheld"}

    assert set(KINDS) == kinds
    assert len(kinds) == 10


@pytest.mark.parametrize("theme", [PAGE, PAPER], ids=lambda theme: theme.name)
@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("kind", KINDS)
def test_chart_keeps_to_a_strict_policy_and_says_what_it_is(kind, width, theme):
    chart = KINDS[kind]

    svg = chart.svg(theme, width)

    root = ElementTree.fromstring(svg)
    prefix = f"chart-{chart.digest(theme, width)[:12]}-"
    ids = [each.attrib["id"] for each in root.iter() if "id" in each.attrib]
    assert refused_by_a_strict_policy(svg) == []
    assert [each for each in ids if not each.startswith(prefix)] == []
    assert len(ids) == len(set(ids))
    assert root.attrib["role"] == "img"
    assert [root.find(f"{SVG}{tag}").text for tag in ("title", "desc")] == [
        chart.title,
        chart.description,
    ]
    assert [root.attrib[f"aria-{name}"] for name in ("labelledby", "describedby")] == ids[:2]
    assert root.attrib["viewBox"].startswith("0 0 ")
    assert float(root.attrib["width"]) <= width
    assert len(labels_of(svg)) >= len(chart.table.rows)


@pytest.mark.parametrize("kind", KINDS)
def test_pages_get_variables_and_paper_gets_none(kind):
    chart = KINDS[kind]

    colors = {
        theme.name: {
            each.attrib[name]
            for each in ElementTree.fromstring(chart.svg(theme, WIDE)).iter()
            for name in ("fill", "stroke")
            if name in each.attrib
        }
        for theme in (PAGE, PAPER)
    }

    is_of = {
        "page": re.compile(r"var\(--[a-z0-9-]+\)|none|transparent"),
        "paper": re.compile("#|n"),
    }
    assert [each for each in colors["page"] if not is_of["page"].fullmatch(each)] == []
    assert [each for each in colors["paper"] if not is_of["paper"].match(each)] == []
    assert 'font-family="inherit"' in chart.wide
    assert 'font-family="Figtree"' in chart.paper


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("kind", KINDS)
def test_hostile_words_stay_words(kind, width):
    svg = hostile(kind).svg(PAGE, width)

    assert refused_by_a_strict_policy(svg) == []
    assert "<script" not in svg
    assert "<img" not in svg
    assert max(map(len, texts_of(svg))) < 60
    assert ElementTree.fromstring(svg).find(f"{SVG}title").text == HOSTILE[0]


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_words_stay_words_in_the_table(kind):
    html = render_to_string("components/chart.html", {"chart": hostile(kind)})

    assert "<script" not in html
    assert "<img" not in html
    assert html.encode()


@pytest.mark.parametrize("kind", KINDS)
def test_table_holds_what_the_chart_shows(kind):
    chart = KINDS[kind]

    html = render_to_string("components/chart.html", {"chart": chart})

    cells = re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", html)
    told = [cell.text for row in chart.table.body for cell in row]
    assert cells == [column.title for column in chart.table.columns] + told
    assert len(told) == len(chart.table.rows) * len(chart.table.columns)


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("kind", KINDS)
def test_one_row_is_enough(kind, width):
    chart = KINDS[kind]
    table = charts.Table(chart.table.columns, chart.table.rows[:1])

    svg = getattr(charts, kind)(table, title="One", description="").svg(PAGE, width)

    assert refused_by_a_strict_policy(svg) == []
    assert labels_of(svg)


@pytest.mark.parametrize("kind", KINDS)
def test_values_that_are_all_the_same_or_nothing_are_drawn(kind):
    chart = KINDS[kind]
    flat = tuple((row[0], *(0 for _ in row[1:])) for row in chart.table.rows)
    if kind == "steps":
        flat = tuple((row[0], row[1], 0) for row in chart.table.rows)
    table = charts.Table(chart.table.columns, flat)

    svg = getattr(charts, kind)(table, title="Flat", description="").wide

    assert "NaN" not in svg


@pytest.mark.parametrize("kind", KINDS)
def test_without_rows_nothing_is_drawn(kind):
    table = charts.Table(KINDS[kind].table.columns, ())
    chart = getattr(charts, kind)(table, title="Nothing", description="")

    html = render_to_string("components/chart.html", {"chart": chart})

    assert "There is nothing to show yet." in html
    assert "<svg" not in html


def test_withheld_chart_says_that_too_few_people_are_there():
    html = render_to_string(
        "components/chart.html", {"chart": charts.Withheld("Trust"), "level": 3}
    )

    assert "<h3>Trust</h3>" in html
    assert "Too few people to show." in html
    assert "<svg" not in html


@dataclass(frozen=True)
class Count:
    unit: str
    people: int | None


def test_rows_and_columns_make_the_same_table():
    columns = charts.Column("unit", "Unit"), charts.Column("people", "People", "count")

    from_rows = charts.Table.of([Count("Finance", 1200), Count("Legal", None)], *columns)
    from_columns = charts.Table.of({"unit": ["Finance", "Legal"], "people": [1200, None]}, *columns)

    assert from_rows == from_columns
    assert [[cell.text for cell in row] for row in from_rows.body] == [
        ["Finance", "1,200"],
        ["Legal", "–"],
    ]


def test_numbers_and_days_are_in_the_language_of_the_reader():
    table = charts.Table.of(
        {"day": [date(2026, 3, 2), date(2026, 5, 4)], "hours": [0, 1234.5]},
        charts.Column("day", "Tag", "date"),
        charts.Column("hours", "Stunden", "number"),
    )
    chart = charts.lines(table, title="Stunden", description="")

    with translation.override("de"):
        german = chart.wide, chart.table.said(1, 1)

    assert "2. März" in texts_of(german[0])
    assert any("1.234,5" in label for label in labels_of(german[0]))
    assert german[1] == "1.234,5"
    assert "March 2" in texts_of(chart.wide)


def test_the_last_part_says_its_number_beside_the_bar_where_it_is_too_small():
    parts = [{"start": 0.0, "end": 0.96, "word": "96%"}, {"start": 0.96, "end": 1.0, "word": "4%"}]

    first, last = worded(parts, 0.08, "ink")

    assert first == parts[0]
    assert (last["word"], last["middle"] > 1, last["ink"]) == ("4%", True, "ink")
    assert worded(parts[::-1], 0.08, "ink")[0]["word"] == ""
