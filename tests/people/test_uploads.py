"""Large bodies are taken from people with a role only, and only where files are asked for."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse

from tests.factories import make_cohort, make_manager, make_person
from upwell.people import sign_in
from upwell.people.uploads import SMALL, length_of

pytestmark = pytest.mark.django_db

IMPORT = "/people/import/"


def large_file():
    return SimpleUploadedFile("people.csv", b"name\n" + b"x" * SMALL)


def answer(client, url):
    return client.post(url, {"file": large_file(), "kind": "part"})


def test_a_small_body_is_taken_before_sign_in(client):
    answered = client.post(reverse("account_login"), {"login": "a@example.com", "password": "x"})

    assert answered.status_code == 200


@pytest.mark.parametrize("url", ["/accounts/login/", "/accounts/login/code/", IMPORT])
def test_a_large_body_is_refused_before_sign_in(client, url):
    answered = answer(client, url)

    assert answered.status_code == 413
    assert answered.templates[0].name == "413.html"
    assert "That was more than this page takes" in answered.content.decode()
    assert "256 MB" in answered.content.decode()


def test_a_large_body_is_neither_parsed_nor_kept(client, monkeypatch):
    parsed, read = [], []
    monkeypatch.setattr("django.http.HttpRequest._load_post_and_files", parsed.append)
    monkeypatch.setattr("upwell.people.uploads.CHUNK", SMALL // 4)
    taken = HttpRequest.read

    def remember(self, *sizes):
        part = taken(self, *sizes)
        read.append(len(part))
        return part

    monkeypatch.setattr(HttpRequest, "read", remember)

    assert answer(client, "/accounts/login/").status_code == 413
    assert parsed == []
    assert sum(read) > SMALL
    assert max(read) == SMALL // 4


def test_a_large_file_is_taken_where_files_are_asked_for(client):
    manager = make_manager()
    cohort = make_cohort(manager)
    client.force_login(manager)

    assert answer(client, IMPORT).status_code == 302
    topics = reverse("programs:topics_import", args=[cohort.pk])
    assert answer(client, topics).status_code in {200, 302}
    assert answer(client, reverse("mfa_index")).status_code == 413
    assert answer(client, reverse("programs:program_create")).status_code == 413


def test_a_large_file_of_a_participant_is_refused(client):
    client.force_login(make_person())

    assert answer(client, IMPORT).status_code == 413


def test_a_large_file_before_the_second_factor_is_refused():
    client = Client()
    client.force_login(make_manager())

    assert answer(client, IMPORT).status_code == 413


def test_a_large_file_of_a_session_that_is_over_is_refused(client):
    client.force_login(make_manager())
    session = client.session
    session[sign_in.ENDS_AT] = 0
    session.save()

    assert answer(client, IMPORT).status_code == 413


@pytest.mark.parametrize(
    ("stated", "bytes_"), [("12", 12), ("", 0), ("-5", 0), ("1e9", 0), ("٣", 0)]
)
def test_the_length_is_what_a_request_states(stated, bytes_):
    request = RequestFactory().get("/", CONTENT_LENGTH=stated)

    assert length_of(request) == bytes_


def test_the_routes_that_take_files_exist(settings):
    known = get_resolver().reverse_dict  # of the routes without a namespace; the others are below
    apps = {name: urls for name, (_prefix, urls) in get_resolver().namespace_dict.items()}

    for route in settings.UPLOAD_ROUTES:
        app, _colon, name = route.rpartition(":")
        assert name in (apps[app].reverse_dict if app else known)
