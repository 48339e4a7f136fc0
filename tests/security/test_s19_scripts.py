"""Proof S19: whatever somebody writes, no page runs it.

Payloads stand in every text field of every model and in the files that were brought in. Each page
is opened in a real browser by those who may open it: once with its policy, which must have nothing
to report, and once without, so that nothing but the escaping of texts is left to save it.
"""

import csv
import io
import sys
from collections import Counter
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.template import engines
from django.urls import clear_url_caches, path

import upwell.urls
from tests.security import world as worlds
from tests.security.browsing import chromium, cookies_of, visitor_of
from tests.security.payloads import PAYLOADS
from tests.security.poison import poison
from tests.security.walking import address
from tests.security.world import make_world, routes
from upwell.core.access import EVERYBODY, READ, Entry, table
from upwell.pairs.services import start_run
from upwell.people.models import Person

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
    assert not [text for text, times in written.items() if not times]
    return made, filled, empty


def walk(browser, server, world, *, is_guarded, only=None):
    """Open every page as everybody of ``WHO``, and also with payloads in its query."""
    counts, found = Counter(), []
    for persona in (one for one in world.personas if one.name in WHO):
        visitor = visitor_of(browser, server.url, cookies_of(persona.person), is_guarded=is_guarded)
        for url in urls_of(world, only):
            if visitor.visit(server.url + url):
                visitor.visit(f"{server.url}{url}?{queries()}")
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


def test_no_page_runs_what_somebody_wrote(poisoned, live_server, capsys):
    world, filled, empty = poisoned

    with chromium() as browser:
        guarded, reported = walk(browser, live_server, world, is_guarded=True)
        bare, ran = walk(browser, live_server, world, is_guarded=False)

    with capsys.disabled():
        sys.stdout.write(
            f"\nS19: {len(PAYLOADS)} payloads in {len(filled)} text fields"
            f" ({len(empty)} had no row), {guarded['pages']} pages with the policy:"
            f" {guarded['reports']} reports,"
            f" {guarded['executions']} executions; {bare['pages']} without it:"
            f" {bare['executions']} executions, {bare['markup']} pieces of markup\n"
        )
    assert reported == []
    assert ran == []
    assert guarded["pages"] > 80
    assert bare["pages"] == guarded["pages"]
    assert len(filled) > 12


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
