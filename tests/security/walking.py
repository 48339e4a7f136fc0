"""Asking every route of the resolver as somebody, and what the access table promises them."""

import re
from contextlib import contextmanager
from uuid import uuid4

import django.test
from django.core.signals import request_finished
from django.db import close_old_connections, transaction
from django.urls import clear_url_caches, path, reverse

import upwell.urls
from tests.conftest import Client
from tests.security.world import routes
from upwell.core.access import SIGNED_IN, Entry, table

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
BEFORE_THE_SECOND_FACTOR = {
    "account_complete_password_reset",
    "account_confirm_password_reset_code",
    "account_logout",
    "account_password_reset_completed",
    "account_reauthenticate",
    "account_reset_password",
    "logo",
    "mfa_activate_totp",
    "mfa_reauthenticate",
    "people:language_choose",
}
"""What somebody with a role needs to give it, or may do without it."""
SECOND_FACTOR = re.compile(r"/accounts/2fa/(totp/activate|reauthenticate)/")


def address(world, route, names):
    """Where a route leads for the rows at hand; an id that no entry declares is nobody's."""
    ids = {name: model for entry in table().get(route, ()) for name, model in entry.ids.items()}
    token = world.tokens.get(route, uuid4())
    values = {name: world.ids[ids[name]] if name in ids else token for name in names}
    return reverse(route, kwargs=values)


def expected(persona, route, method):
    """What is promised: "in", "wrong method", "sign in", "second factor" or "not found"."""
    if not persona.has_second_factor and route not in BEFORE_THE_SECOND_FACTOR:
        return "second factor"
    method = "GET" if method == "HEAD" else method  # the same answer, without its content
    entries = table().get(route, ())
    mine = [entry for entry in entries if is_for(persona, entry)]
    if mine:
        return "in" if any(method in entry.methods for entry in mine) else "wrong method"
    return "sign in" if "signed_in" not in persona.audiences else "not found"


def is_for(persona, entry):
    codes = {audience.code for audience in entry.audiences}
    if "oneself" in codes and not entry.ids:  # a page about whoever opens it
        codes.add("signed_in")
    return not codes.isdisjoint(persona.audiences)


def found(response):
    """What the answer amounts to, in the words of ``expected``."""
    if response.status_code == 302 and "/accounts/login/?next=" in response.headers["Location"]:
        return "sign in"
    if response.status_code == 302 and SECOND_FACTOR.match(response.headers["Location"]):
        return "second factor"
    return {403: "not found", 404: "not found", 405: "wrong method"}.get(response.status_code, "in")


FORM = "application/x-www-form-urlencoded"


def ask(client, method, url, content="", **options):
    """The answer, with everything undone that the request did; also a sign-out."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = client.generic(method, url, content, FORM, **options)
        request_finished.disconnect(close_old_connections)  # as the client does
        response.close()
        request_finished.connect(close_old_connections)
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def sign_in(client, persona):
    """As the persona has; nothing for nobody."""
    if persona.person and persona.has_second_factor:
        client.force_login(persona.person)
    elif persona.person:
        django.test.Client.force_login(client, persona.person)


def signed_in(persona):
    client = Client()
    sign_in(client, persona)
    return client


def faults_of(world, client, persona):
    """Every answer of a persona that is not what is promised, and how many were right."""
    sign_in(client, persona)
    faults, right = [], 0
    for route, names in routes():
        url = address(world, route, names)
        for method in METHODS:
            answer = ask(client, method, url)
            wanted, got = expected(persona, route, method), found(answer)
            if is_as_promised(wanted, got, answer, known=is_known(route, method)):
                right += 1
            else:
                said = f"{got} ({answer.status_code}), not {wanted}"
                faults.append(f"{persona} {method} {route}: {said}")
    return faults, right


def is_known(route, method):
    method = "GET" if method == "HEAD" else method
    return any(method in entry.methods for entry in table().get(route, ()))


def is_as_promised(wanted, got, answer, *, known):
    if answer.status_code >= 500 or (answer.status_code == 403 and answer.resolver_match.kwargs):
        return False
    # Which comes first, the row or the method, tells nobody anything.
    return got == wanted or (not known and got in {"not found", "wrong method", "sign in"})


@contextmanager
def added_route(view, methods=("GET",), audience=SIGNED_IN):
    """A route that somebody might add, with its entry in the table."""
    upwell.urls.urlpatterns.append(path("careless/", view, name="careless"))
    table()["careless"] = (Entry("careless", frozenset(methods), (audience,)),)
    clear_url_caches()
    try:
        yield
    finally:
        del table()["careless"]
        upwell.urls.urlpatterns.pop()
        clear_url_caches()
