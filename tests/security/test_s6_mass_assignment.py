"""Proof S6: whatever else is posted with a form changes nothing.

Every form of every page is sent twice, each time undone: as it stands, and with a value for every
field of every model beside it. What the database is told must be the same both times. Routes whose
form no page shows get the fields of all models alone, and must write none of their values.
"""

import re
import sys
from contextlib import ExitStack
from datetime import date, datetime, time
from uuid import UUID

import pytest
from django.apps import apps
from django.contrib.auth import get_user
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished
from django.db import close_old_connections, connections, models, transaction
from django.http import HttpResponse, QueryDict
from django.urls import Resolver404, clear_url_caches, path, resolve

import upwell.urls
from tests.conftest import Client
from tests.security.html_forms import Form, forms_of
from tests.security.walking import address, is_for
from tests.security.world import TABLE, routes
from upwell.core.access import Entry, collected, table

pytestmark = pytest.mark.django_db

CANARY = "zzcanary"
NUMBER = 7919
LONG_AGO = "1999-12-31"
FILES = {"file": ("people.csv", TABLE), "policy": ("policy.toml", b"[rules]\nlevel_gap = 3\n")}
TOKEN = re.compile(r"[\w=+/.:$-]{20,}")


def test_what_is_posted_beside_a_form_changes_nothing(world, capsys):
    attack, results, seen = extras(world), [], set()
    for persona in world.personas:
        client = signed_in(persona)
        for form in found_forms(world, client, persona):
            results.append((form.action, *compare(client, form, attack)))
            seen.add(resolve(form.action.partition("?")[0]).view_name)
    alone = {route for route, entries in table().items() if can_post(entries)} - seen
    bare = [fault for route in sorted(alone) for fault in post_alone(world, route, attack)]

    writing = sum(bool(plain) for _action, plain, _attacked in results)
    with capsys.disabled():
        sys.stdout.write(
            f"\nS6: {len(results)} forms of {len(seen)} routes, {writing} of them writing, each"
            f" with {len(attack)} more fields; {len(alone)} routes with those fields alone:"
            f" {sum(plain != other for _action, plain, other in results) + len(bare)}"
            " unlisted changes\n"
        )
    assert [action for action, plain, attacked in results if plain != attacked] == []
    assert bare == []
    assert writing > 30


def test_the_proof_finds_a_view_that_takes_what_it_is_given(world):
    def careless(request):
        person = get_user(request)
        for name, value in request.POST.items():
            if name in {"title", "team"}:
                setattr(person, name, value)
        person.save()
        return HttpResponse()

    upwell.urls.urlpatterns.append(path("careless/", careless, name="careless"))
    entry = Entry("careless", frozenset({"POST"}), table()["desk:home"][0].audiences)
    collected.cache_clear()
    upwell.urls.ACCESS.append(entry)
    clear_url_caches()
    try:
        client = signed_in(next(one for one in world.personas if one.name == "mentee"))
        form = Form("/careless/", "post", [("title", "Guide")])

        plain, attacked = compare(client, form, extras(world))

        assert plain
        assert plain != attacked
    finally:
        upwell.urls.ACCESS.remove(entry)
        upwell.urls.urlpatterns.pop()
        collected.cache_clear()
        clear_url_caches()


def signed_in(persona):
    client = Client()
    if persona.person:
        client.force_login(persona.person)
    return client


def can_post(entries):
    return any("POST" in entry.methods for entry in entries)


def extras(world):
    """A value for every field of every model, which that field would take."""
    found = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:  # noqa: SLF001 -- a public API of Django
            value = value_for(field, world)
            found |= {field.name: value, field.attname: value}
    return found


def value_for(field, world):
    if field.choices:
        return str(list(field.choices)[-1][0])
    if field.is_relation:
        known = world.foreign.get(field.related_model)
        return str(known[0] if known else NUMBER)
    for kind, value in VALUES.items():
        if isinstance(field, kind):
            return value
    return CANARY


VALUES = {
    models.BooleanField: "on",
    models.DateTimeField: f"{LONG_AGO}T00:00",
    models.DateField: LONG_AGO,
    models.TimeField: "03:33",
    models.EmailField: f"{CANARY}@example.com",
    models.IntegerField: str(NUMBER),
    models.FloatField: str(NUMBER),
    models.UUIDField: "00000000-0000-4000-8000-000000007919",
    models.JSONField: f'["{CANARY}"]',
}


def found_forms(world, client, persona):
    """The forms of all pages that somebody can open, each action once."""
    found = {}
    for route, names in routes():
        if not any("GET" in one.methods and is_for(persona, one) for one in table().get(route, ())):
            continue
        url = address(world, route, names)
        with undone():
            response = client.get(url)
            if response.status_code != 200 or response.streaming:
                close(response)
                continue
            html = response.content.decode(errors="replace")
        for form in forms_of(html, url):
            if form.method == "post" and leads_to_us(form.action):
                found.setdefault((form.action, *sorted(form.names)), form)
    return found.values()


def leads_to_us(action):
    try:
        return resolve(action.partition("?")[0]).view_name in table()
    except Resolver404:
        return False


def compare(client, form, attack):
    """What a form writes as it stands, and what with everything else beside it."""
    more = [(name, value) for name, value in attack.items() if name not in form.names]
    return statements(client, form, form.fields), statements(client, form, form.fields + more)


def post_alone(world, route, attack):
    """Faults of a route that is posted nothing but the fields of models, by whoever may."""
    names = dict(routes())[route]
    for persona in world.personas:
        if not any("POST" in one.methods and is_for(persona, one) for one in table()[route]):
            continue
        form = Form(address(world, route, names), "post")
        written = statements(signed_in(persona), form, [*attack.items()])
        if any(CANARY in str(part) for _sql, values in written for part in values):
            yield f"{persona} {route}"


def statements(client, form, fields):
    """What the database is told to write, with what differs by chance left out; all undone."""
    told = []

    def note(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and context["cursor"].rowcount:
            told.append((sql, tuple(plain(value) for value in params or ())))
        return result

    data = QueryDict(mutable=True)
    for name, value in fields:
        data.appendlist(name, value)
    sent = dict(data.lists())
    sent |= {name: SimpleUploadedFile(*FILES[name]) for name in form.files if name in FILES}
    with undone(), ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(note))
        cookies = client.cookies.copy()
        close(client.post(form.action, sent))
        client.cookies = cookies
    return [(sql, values) for sql, values in told if "upwell_cache" not in sql]


def plain(value):
    """A parameter without what is another one each time: ids, times and secrets."""
    if isinstance(value, UUID | bytes | memoryview):
        return type(value).__name__
    if isinstance(value, datetime | date | time):
        return LONG_AGO if LONG_AGO in str(value) else type(value).__name__
    text = str(value)
    if isinstance(value, float) or re.match(r"\d{4}-\d\d-\d\d[ T]", text):
        return LONG_AGO if LONG_AGO in text else "time"
    return CANARY if CANARY in text else TOKEN.sub("token", text)


class undone(transaction.Atomic):  # noqa: N801 -- used as a function
    def __init__(self):
        super().__init__(None, True, False)

    def __exit__(self, *error):
        transaction.set_rollback(True)
        super().__exit__(*error)


def close(response):
    request_finished.disconnect(close_old_connections)  # as the client does
    response.close()
    request_finished.connect(close_old_connections)
