import pytest
from django.urls import reverse

from tests.factories import make_person

pytestmark = pytest.mark.django_db

PART = {"HX-Request": "true", "HX-Current-URL": "http://testserver/programs/?page=2"}


def test_part_asked_for_without_a_session_leads_the_page_to_the_sign_in(client):
    response = client.get(reverse("desk:home"), headers=PART)

    assert response.status_code == 200
    assert response.headers["HX-Redirect"] == "/accounts/login/?next=%2Fprograms%2F%3Fpage%3D2"


def test_page_of_another_site_is_not_returned_to(client):
    elsewhere = PART | {"HX-Current-URL": "https://evil.example/x"}

    response = client.get(reverse("desk:home"), headers=elsewhere)

    assert response.headers["HX-Redirect"] == "/accounts/login/?next=%2F"


def test_whole_page_is_redirected_as_ever(client):
    response = client.get(reverse("desk:home"))

    assert response.status_code == 302


def test_part_is_answered_while_signed_in(client):
    client.force_login(make_person())

    response = client.get(reverse("desk:home"), headers=PART)

    assert response.status_code == 200
    assert "HX-Redirect" not in response.headers
