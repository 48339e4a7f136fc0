"""The page for whoever works on Upwell, and that it is nowhere else."""

import re

import pytest
from django.urls import Resolver404, resolve

from tests.core.test_styles import COMPONENTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def styleguide(client, settings, monkeypatch):
    """The page, as somebody at the machine of a demo opens it."""
    settings.ROOT_URLCONF = "upwell.demo.urls"
    monkeypatch.setattr("upwell.demo.views.is_marked", lambda: True)
    return client.get("/styleguide/", headers={"host": "localhost"})


def test_styleguide_is_not_there_in_production(client):
    with pytest.raises(Resolver404):
        resolve("/styleguide/", "upwell.urls")
    assert client.get("/styleguide/").status_code == 404


def test_styleguide_shows_every_component(styleguide):
    shown = {template.name for template in styleguide.templates}
    expected = {f"components/{path.name}" for path in COMPONENTS.glob("*.html")}
    assert styleguide.status_code == 200
    assert expected <= shown


def test_styleguide_keeps_the_content_security_policy(styleguide):
    html = styleguide.content.decode()

    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"", html)


def test_refused_fields_say_why_to_readers(styleguide):
    html = styleguide.content.decode()

    described = re.search(r'<input[^>]*id="id_refused-email"[^>]*>', html)[0]
    assert 'aria-invalid="true"' in described
    assert 'aria-describedby="id_refused-email_error"' in described
    assert 'id="id_refused-email_error"' in html


def test_styleguide_has_one_heading_and_the_ends_of_a_list(styleguide):
    html = styleguide.content.decode()

    assert html.count("<h1") == 1
    for pages in ("1 to 50 of 120", "51 to 100 of 120", "101 to 120 of 120"):
        assert pages in " ".join(html.split())
