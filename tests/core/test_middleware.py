import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse

from tests.factories import make_person
from upwell.core.middleware import HeadMiddleware

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


def test_head_is_answered_like_get_without_the_content(client):
    url = reverse("account_request_login_code")

    shown, asked = client.get(url), client.head(url)

    kept = ("Content-Type", "Referrer-Policy", "Cache-Control")
    assert (asked.status_code, asked.content) == (200, b"")
    assert [asked.headers[name] for name in kept] == [shown.headers[name] for name in kept]


@pytest.mark.parametrize("answer", [HttpResponse(b"whole"), StreamingHttpResponse([b"part"])])
def test_head_leaves_it_to_the_server_to_end_the_request(rf, answer):
    """Ended twice, a request would close its database connection in the midst of another."""
    found = HeadMiddleware(lambda request: answer)(rf.head("/"))

    assert (found.closed, found.getvalue()) == (False, b"")


def test_get_of_what_only_takes_forms_is_a_page_that_leads_home(client):
    client.force_login(make_person())

    answer = client.get(reverse("people:language_choose"))

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "Nothing to see here" in answer.content.decode()
    assert 'href="/"' in answer.content.decode()


def test_other_wrong_methods_are_answered_without_a_page(client):
    client.force_login(make_person())

    assert client.put(reverse("desk:home")).content == b""


def test_head_does_nothing_that_only_post_does(client):
    client.force_login(make_person())

    assert client.head(reverse("people:language_choose")).status_code == 405
