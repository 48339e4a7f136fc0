"""Every page of the resolver, held against the list of Mozilla's HTTP Observatory."""

import ast
import os
import re
import subprocess
import sys

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse

from tests.conftest import Client
from tests.security.world import make_world, routes
from upwell.core.access import table

PRODUCTION = {
    "UPWELL_DEBUG": "false",
    "UPWELL_SECRET_KEY": "k3yWithEnoughRandomCharacters-0123456789-abcdefghijklmnop",
    "UPWELL_ALLOWED_HOSTS": "mentoring.example.com",
    "UPWELL_DATABASE_URL": "sqlite:///:memory:",
    "UPWELL_ENV_FILE": "",
}
SHOWN = ("SECURE_", "SESSION_COOKIE_", "CSRF_COOKIE_", "BASE_URL", "ALLOWED_HOSTS", "DEBUG")
YEAR = 365 * 24 * 3600


@pytest.fixture(scope="session")
def production():
    """What the shipped settings say where they are used in earnest."""
    code = (
        "import upwell.settings as s;"
        f"print({{n: getattr(s, n) for n in dir(s) if n.startswith({SHOWN})}})"
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith("UPWELL_")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=kept | PRODUCTION,
        capture_output=True,
        text=True,
        check=True,
    )
    return ast.literal_eval(done.stdout)


@pytest.fixture
def as_in_production(settings, production, tmp_path):
    for name, value in production.items():
        setattr(settings, name, value)
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    settings.IMPORTS_DIR = settings.DATA_DIR = tmp_path
    settings.WHITENOISE_USE_FINDERS = True
    settings.LOGO = "logo.png"
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")


def policy_of(response):
    found = {}
    for part in response.headers.get("Content-Security-Policy", "").split(";"):
        name, *sources = part.split() or [""]
        found[name] = sources
    return found


def has_policy(response):
    policy = policy_of(response)
    scripts = policy.get("script-src", policy.get("default-src", []))
    styles = policy.get("style-src", policy.get("default-src", []))
    loose = {"'unsafe-inline'", "'unsafe-eval'", "*", "data:", "https:", "http:", "blob:"}
    return (
        policy.get("default-src") in (["'none'"], ["'self'"])
        and not loose & {*scripts, *styles}
        and policy.get("object-src") == ["'none'"]
        and policy.get("base-uri") == ["'none'"]
        and policy.get("form-action") == ["'self'"]
        and policy.get("frame-ancestors") == ["'none'"]
    )


def is_https_only(response):
    value = response.headers.get("Strict-Transport-Security", "")
    age = re.search(r"max-age=(\d+)", value)
    return bool(age) and int(age[1]) >= YEAR and "includeSubDomains" in value


def is_kept_nowhere(response):
    value = response.headers.get("Cache-Control", "")
    return "no-store" in value or (response.headers["Content-Type"] == "image/png" and bool(value))


def has_safe_cookies(response):
    return all(
        cookie.key.startswith("__Host-")
        and cookie["secure"]
        and cookie["httponly"]
        and cookie["samesite"] in {"Lax", "Strict"}
        and cookie["path"] == "/"
        and not cookie["domain"]
        for cookie in response.cookies.values()
    )


def shuts_features(response):
    value = response.headers.get("Permissions-Policy", "")
    return all(f"{name}=()" in value for name in ("camera", "microphone", "geolocation"))


CHECKS = {
    "Content-Security-Policy": has_policy,
    "Strict-Transport-Security": is_https_only,
    "X-Content-Type-Options": lambda r: r.headers.get("X-Content-Type-Options") == "nosniff",
    "X-Frame-Options": lambda r: r.headers.get("X-Frame-Options") == "DENY",
    "Referrer-Policy": lambda r: r.headers.get("Referrer-Policy") in {"same-origin", "no-referrer"},
    "Opener": lambda r: r.headers.get("Cross-Origin-Opener-Policy") == "same-origin",
    "Resource": lambda r: r.headers.get("Cross-Origin-Resource-Policy") == "same-origin",
    "Permissions-Policy": shuts_features,
    "Cross-origin sharing": lambda r: "Access-Control-Allow-Origin" not in r.headers,
    "Cache-Control": is_kept_nowhere,
    "Cookies": has_safe_cookies,
}


def faults_of(response):
    return [name for name, holds in CHECKS.items() if not holds(response)]


def address(world, route, names):
    ids = {name: model for entry in table().get(route, ()) for name, model in entry.ids.items()}
    return reverse(route, kwargs={name: world.ids[ids[name]] for name in names})


@pytest.mark.django_db
def test_every_page_has_the_headers_of_the_list(as_in_production, run_jobs):
    world = make_world(run_jobs)
    people = [None, *(one.person for one in world.personas if one.name == "manager")]
    faults, pages = [], 0

    for person in people:
        client = Client()
        if person:
            client.force_login(person)
        for route, names in routes():
            try:
                url = address(world, route, names)
            except (
                KeyError,
                NoReverseMatch,
            ):  # rows that this world lacks: an unknown page instead
                url = "/not-there/"
            response = client.get(url, secure=True)
            pages += 1
            faults += [f"{route} ({response.status_code}): {each}" for each in faults_of(response)]
            if route == "account_logout" and person:
                client.force_login(person)

    assert faults == []
    assert pages >= 100


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/not-there/", "/accounts/login/"])
def test_pages_without_a_sign_in_have_them_too(as_in_production, client, path):
    response = client.get(path, secure=True)

    assert faults_of(response) == []


def test_list_finds_a_bare_answer():
    response = HttpResponse()
    response.set_cookie("session", "x")

    assert set(faults_of(response)) == set(CHECKS) - {"Cross-origin sharing"}


@pytest.mark.django_db
def test_static_files_say_themselves_how_long_they_are_kept(as_in_production, client):
    assert finders.find("mark.svg")

    response = client.get("/static/mark.svg", secure=True)

    response.close()
    assert response.status_code == 200
    assert "no-store" not in response.headers["Cache-Control"]
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in response.headers
    assert response.headers["X-Content-Type-Options"] == "nosniff"
