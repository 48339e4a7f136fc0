"""The page for whoever works on Upwell, and that it is nowhere else."""

import re

import pytest
from django.test import override_settings
from django.urls import Resolver404, resolve

from tests.core.test_styles import COMPONENTS

pytestmark = pytest.mark.django_db
WITH_STYLEGUIDE = override_settings(ROOT_URLCONF="upwell.demo.urls")


def test_styleguide_is_not_there_in_production(client):
    with pytest.raises(Resolver404):
        resolve("/styleguide/", "upwell.urls")
    assert client.get("/styleguide/").status_code == 404


@WITH_STYLEGUIDE
def test_styleguide_shows_every_component(client):
    response = client.get("/styleguide/")

    shown = {template.name for template in response.templates}
    expected = {f"components/{path.name}" for path in COMPONENTS.glob("*.html")}
    assert response.status_code == 200
    assert expected <= shown


@WITH_STYLEGUIDE
def test_styleguide_keeps_the_content_security_policy(client):
    html = client.get("/styleguide/").content.decode()

    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"", html)


@WITH_STYLEGUIDE
def test_refused_fields_say_why_to_readers(client):
    html = client.get("/styleguide/").content.decode()

    described = re.search(r'<input[^>]*id="id_refused-email"[^>]*>', html)[0]
    assert 'aria-invalid="true"' in described
    assert 'aria-describedby="id_refused-email_error"' in described
    assert 'id="id_refused-email_error"' in html
