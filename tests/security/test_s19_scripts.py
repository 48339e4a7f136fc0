"""Proof S19: whatever somebody writes, no page runs it.

Payloads stand in every text field of every model, sealed ones too, and in the files that were
brought in. Each page is opened in a real browser by those who may open it: once with its policy,
which must have nothing to report, and once without, so that nothing but the escaping of texts is
left to save it. Every form for texts is sent with more payloads than it takes, and comes back.
"""

import csv
import io
from collections import Counter
from urllib.parse import urlencode

import pytest
from django.forms.widgets import Widget
from django.http import HttpResponse
from django.template import engines
from django.urls import clear_url_caches, path
from django.utils.safestring import mark_safe

import upwell.urls
from tests.security import world as worlds
from tests.security.browsing import chromium, cookies_of, visitor_of
from tests.security.payloads import PAYLOADS
from tests.security.poison import SEALED_BY_MACHINES, poison, poison_sealed
from tests.security.walking import address
from tests.security.world import make_world, routes
from upwell.core.access import EVERYBODY, READ, Entry, table
from upwell.pairs import queries as queries_of_pairs
from upwell.pairs.services import start_run
from upwell.people.models import Person
from upwell.vault.fields import sealed_fields

BEFORE_A_RUN = {"programs.Topic.name", "people.OrgUnit.name", "people.Office.name"}
WHO = ("anonymous", "mentor", "mentee", "manager", "administrator")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def surroundings(monkeypatch, settings, tmp_path):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser is driven from here
    monkeypatch.setattr(worlds, "TABLE", people_file())
    settings.IMPORTS_DIR = settings.DATA_DIR = tmp_path
    settings.ORGANIZATION = PAYLOADS[1]


def people_file():
    """A table of people whose cells are payloads, and whose headers partly are."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Employee ID", "Name", "Level", "E-mail", "Team", "Job title", PAYLOADS[0]])
    for number, payload in enumerate(PAYLOADS):
        writer.writerow([f"E9{number:04}{payload}", *[payload] * 6])
    return text.getvalue().encode()


@pytest.fixture
def poisoned(transactional_db, run_jobs, monkeypatch):
    """With payloads among the reasons of pairs, too: topics are poisoned before the run."""

    def start_poisoned(cohort, *, by):
        poison(PAYLOADS, only=BEFORE_A_RUN)
        return start_run(cohort, by=by)

    monkeypatch.setattr(worlds, "start_run", start_poisoned)
    made = make_world(run_jobs)
    filled, empty, written = poison(PAYLOADS)
    filled |= poison_sealed(PAYLOADS)
    assert not [text for text, times in written.items() if not times]
    return made, filled, empty


def walk(browser, server, world, *, is_guarded, only=None):
    """Open every page as everybody of ``WHO``, and also with payloads in its query."""
    counts, found = Counter(), []
    for persona in (one for one in world.personas if one.name in WHO):
        visitor = visitor_of(browser, server.url, cookies_of(persona.person), is_guarded=is_guarded)
        for url in urls_of(world, only):
            if visitor.has_page(page := server.url + url):
                forms = visitor.visit(page)
                visitor.visit(f"{page}?{queries()}")
                if not is_guarded:
                    visitor.send_forms(page, forms, " ".join(PAYLOADS))
        counts.update(visitor.counts)
        found += [f"{persona}: {each}" for each in visitor.found]
        visitor.context.close()
    return counts, found


def urls_of(world, only):
    """Each page once; last that on which one signs out."""
    found = {
        address(world, route, names): route == "account_logout"
        for route, names in routes()
        if only is None or route == only
    }
    return sorted(found, key=lambda url: found[url])


def queries():
    """What pages read from their address: filters, searches, where to go next."""
    names = (
        "q",
        "name",
        "level",
        "unit",
        "office",
        "page",
        "next",
        "sort",
        "kind",
        "mentor",
        "mentee",
    )
    return urlencode(dict(zip(names, PAYLOADS[10:], strict=False)))


def test_no_page_runs_what_somebody_wrote(poisoned, live_server, tell):
    world, filled, empty = poisoned

    with chromium() as browser:
        guarded, reported = walk(browser, live_server, world, is_guarded=True)
        bare, ran = walk(browser, live_server, world, is_guarded=False)

    tell(
        f"S19: {len(PAYLOADS)} payloads in {len(filled)} text fields"
        f" ({len(empty)} had no row), {guarded['pages']} pages with the policy:"
        f" {guarded['reports']} reports,"
        f" {guarded['executions']} executions; {bare['pages']} without it:"
        f" {bare['executions']} executions, {bare['markup']} pieces of markup, also in"
        f" {bare['forms']} forms sent"
    )
    assert reported == []
    assert ran == []
    assert guarded["pages"] > 80
    assert bare["pages"] == guarded["pages"]
    assert len(filled) > 12
    assert filled >= {field.label for field in ours()}
    assert bare["forms"] > 10


def ours():
    """The sealed fields that hold what somebody wrote."""
    return [
        field
        for field in sealed_fields()
        if field.model.__module__.startswith("upwell.") and field.label not in SEALED_BY_MACHINES
    ]


def unescaped(request):
    """A page as somebody might write it by mistake."""
    template = engines["django"].from_string(
        "<p>{% for one in people %}{{ one.name|safe }}{% endfor %}"
    )
    return HttpResponse(template.render({"people": Person.objects.all()}))


@pytest.mark.parametrize(("is_guarded", "kind"), [(True, "reports"), (False, "executions")])
def test_the_proof_finds_a_template_that_escapes_nothing(
    poisoned, live_server, monkeypatch, is_guarded, kind
):
    world, _filled, _empty = poisoned
    monkeypatch.setitem(table(), "unescaped", (Entry("unescaped", READ, (EVERYBODY,)),))
    upwell.urls.urlpatterns.insert(0, path("unescaped/", unescaped, name="unescaped"))
    clear_url_caches()
    try:
        with chromium() as browser:
            counts, _found = walk(
                browser, live_server, world, is_guarded=is_guarded, only="unescaped"
            )
    finally:
        upwell.urls.urlpatterns.pop(0)
        clear_url_caches()

    assert counts[kind] > 10
    assert counts["markup"] > 10


@pytest.mark.parametrize("place", ["sealed", "refused"])
def test_the_proof_finds_a_text_that_is_taken_for_markup(poisoned, live_server, monkeypatch, place):
    """The reason of a publication, or what somebody has just sent, on the pages that show it."""
    world, _filled, _empty = poisoned
    if place == "sealed":
        reason = queries_of_pairs.override_reason
        monkeypatch.setattr(queries_of_pairs, "override_reason", lambda run: mark_safe(reason(run)))
        only = "pairs:run_detail"
    else:
        monkeypatch.setattr(Widget, "format_value", lambda self, value: mark_safe(value or ""))
        only = "programs:program_create"

    with chromium() as browser:
        counts, _found = walk(browser, live_server, world, is_guarded=False, only=only)

    assert counts["executions"] > 0
    assert counts["markup"] > 0
