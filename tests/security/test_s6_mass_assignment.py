"""Proof S6: whatever else is posted with a form changes nothing.

Every form of every page is sent several times, each time undone: as it stands, and with values for
every field of every model beside it, all that a field may take in turn. What the database is told
must be the same each time. Routes whose form no page shows get the fields of all models alone, with
every value, and must do what they do without any.
"""

import re
from contextlib import ExitStack
from datetime import date, datetime, time
from html import unescape
from uuid import UUID

import pytest
from django.apps import apps
from django.contrib.auth import get_user
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished
from django.db import close_old_connections, connections, models, transaction
from django.http import HttpResponse, QueryDict
from django.urls import Resolver404, resolve

from tests.security.html_forms import Form, forms_of
from tests.security.walking import added_route, address, is_for, signed_in
from tests.security.world import TABLE, routes
from upwell.core.access import table
from upwell.people.models import Person

pytestmark = pytest.mark.django_db

CANARY = "zzcanary"
NUMBER = 7919
LONG_AGO = "1999-12-31"
ITS_OWN = {
    "people:role_take": {"kind"},
    "programs:participant_add": {"person"},
    "learning:text_publish": {"kind"},
    "programs:enrollment_save": {  # the form of enrollment_detail, as one goes
        *("topics", "interests", "hopes", "languages", "hours_from", "hours_until", "capacity"),
        *("off_limits", "shows_off_limits", "tells_manager"),
    },
}
"""What routes take whose form no page of this world happens to show."""
FILES = {"file": ("people.csv", TABLE), "policy": ("policy.toml", b"[rules]\nlevel_gap = 3\n")}
TOKEN = re.compile(r"[\w=+/.:$-]{20,}")


def test_what_is_posted_beside_a_form_changes_nothing(world, tell, monkeypatch):
    monkeypatch.setattr("upwell.programs.models.calls.secrets.randbelow", lambda limit: limit - 1)
    attacks, results, seen = extras(world), [], set()
    for persona in world.personas:
        client = signed_in(persona)
        for form in found_forms(world, client, persona):
            in_turn = (attacks[0], attacks[1 + len(results) % (len(attacks) - 1)])
            results.append((form.action, *compare(client, form, *in_turn)))
            seen.add(resolve(form.action.partition("?")[0]).view_name)
    alone = {route for route, entries in table().items() if can_post(entries)} - seen
    bare = [fault for route in sorted(alone) for fault in post_alone(world, route, attacks)]

    writing = sum(bool(plain) for _action, plain, *_others in results)
    tell(
        f"S6: {len(results)} forms of {len(seen)} routes, {writing} of them writing, each"
        f" with {len(attacks[0])} more fields; {len(alone)} routes with those fields alone and"
        f" {len(attacks)} values each: {sum(map(is_fault, results)) + len(bare)}"
        " unlisted changes"
    )
    assert [action for action, *told in results if is_fault((action, *told))] == []
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

    with added_route(careless, methods=("POST",)):
        client = signed_in(next(one for one in world.personas if one.name == "mentee"))
        form = Form("/careless/", "post", [("title", "Guide")])

        plain, attacked = compare(client, form, extras(world)[0])

        assert plain
        assert plain != attacked


@pytest.mark.parametrize(
    ("field", "read"),
    [
        ("is_active", lambda text: text != "False"),
        ("sessions_ended", lambda text: int(text or 0)),
        ("own_language", lambda text: text[:2]),
    ],
)
def test_the_proof_finds_a_view_without_a_form_that_takes_a_field(world, field, read):
    def careless(request):
        value = read(request.POST.get(field, ""))
        Person.objects.filter(pk=get_user(request).pk).update(**{field: value})
        return HttpResponse()

    with added_route(careless, methods=("POST",)):
        assert next(post_alone(world, "careless", extras(world)), None)


def is_fault(result):
    _action, plain, *attacked = result
    return any(one != plain for one in attacked)


def can_post(entries):
    return any("POST" in entry.methods for entry in entries)


def extras(world):
    """Values for every field of every model, which that field would take: some sets of them.

    Each set names every field once; all together hold each value that any field of a name takes.
    """
    found = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:  # noqa: SLF001 -- a public API of Django
            for name in (field.name, field.attname):
                values = found.setdefault(name, [])
                values += [one for one in values_for(field, world) if one not in values]
    most = max(map(len, found.values()))
    return [
        {name: values[turn % len(values)] for name, values in found.items()} for turn in range(most)
    ]


def values_for(field, world):
    if field.choices:
        return [str(value) for value, _label in reversed(list(field.choices))]
    if field.is_relation:
        known = world.foreign.get(field.related_model)
        return [str(known[0] if known else NUMBER)]
    if isinstance(field, models.BooleanField):
        return ["True", "False"]
    return [next((value for kind, value in VALUES.items() if isinstance(field, kind)), CANARY)]


VALUES = {
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
    """The forms of all pages that somebody can open, each action once.

    Pages that ask first are opened by the links that lead to them.
    """
    pages = [address(world, route, names) for route, names in routes() if opens(persona, route)]
    found = {}
    for url in pages:  # grows on the way
        html = page_at(client, url)
        pages += [link for link in questions_in(html) if link not in pages]
        for form in forms_of(html, url):
            if form.method == "post" and leads_to_us(form.action):
                found.setdefault((form.action, *sorted(form.names)), form)
    return found.values()


def opens(persona, route):
    return any("GET" in one.methods and is_for(persona, one) for one in table().get(route, ()))


def page_at(client, url):
    with undone():
        response = client.get(url)
        if response.status_code == 200 and not response.streaming:
            return response.content.decode(errors="replace")
        close(response)
        return ""


def questions_in(html):
    """Links that say in their query what a form is about."""
    for link in map(unescape, re.findall(r'href="(/[^"]+\?[^"]+)"', html)):
        if leads_to_us(link) and can_post(table()[resolve(link.partition("?")[0]).view_name]):
            yield link


def leads_to_us(action):
    try:
        return resolve(action.partition("?")[0]).view_name in table()
    except Resolver404:
        return False


def compare(client, form, *attacks):
    """What a form writes as it stands, and what with everything else beside it."""
    more = [
        [(name, value) for name, value in attack.items() if name not in form.names]
        for attack in attacks
    ]
    return [statements(client, form, form.fields + one) for one in ([], *more)]


def post_alone(world, route, attacks):
    """Faults of a route that is posted nothing but the fields of models, by whoever may."""
    names = dict(routes())[route]
    for persona in world.personas:
        if not any("POST" in one.methods and is_for(persona, one) for one in table()[route]):
            continue
        form, client = Form(address(world, route, names), "post"), signed_in(persona)
        own = ITS_OWN.get(route, set())
        others = [{name: one[name] for name in one.keys() - own} for one in attacks]
        if is_fault((route, *compare(client, form, *others))):
            yield f"{persona} {route}"


def statements(client, form, fields):
    """What the database is told to write, with what differs by chance left out; all undone."""
    return sent(client, form, fields)[1]


def sent(client, form, fields):
    """The answer to a form, with the texts for the next page; and what the database was told."""
    told = []

    def note(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and context["cursor"].rowcount:
            told.append((sql, tuple(plain(value) for value in params or ())))
        return result

    data = QueryDict(mutable=True)
    for name, value in fields:
        data.appendlist(name, value)
    values = dict(data.lists())
    values |= {name: SimpleUploadedFile(*FILES[name]) for name in form.files if name in FILES}
    with undone(), ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(note))
        cookies = client.cookies.copy()
        response = client.post(form.action, values)
        close(response)
        response.flashed = client.session.get("_messages", "")
        client.cookies = cookies
    return response, [(sql, values) for sql, values in told if "upwell_cache" not in sql]


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
