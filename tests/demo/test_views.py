import sqlite3
from contextlib import closing

import pytest
from django.core.mail import EmailMessage, get_connection
from django.urls import resolve, reverse
from django.urls.exceptions import NoReverseMatch, Resolver404

from tests.factories import make_cohort, make_manager, make_person
from upwell.delivery.mailbox import messages, serve
from upwell.demo import database
from upwell.demo.guests import guests

pytestmark = pytest.mark.django_db
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def demo(settings, monkeypatch, tmp_path):
    """The demo's pages over a database that the demo made."""
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "upwell.demo"]
    settings.ROOT_URLCONF = "upwell.demo.urls"
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr("upwell.demo.views.is_marked", lambda: True)


@pytest.fixture
def open_demo(demo, settings):
    """The demo, if its server listened to everybody."""
    settings.ALLOWED_HOSTS = ["*"]


@pytest.fixture
def manager():
    person = make_manager()
    make_cohort(person)
    return person


def test_shipped_urls_have_no_one_click_sign_in():
    with pytest.raises(NoReverseMatch):
        reverse("demo:welcome")
    with pytest.raises(Resolver404):
        resolve("/demo/")


def test_welcome_lists_who_can_sign_in(client, demo, manager):
    response = client.get("/demo/", headers={"host": "127.0.0.1:8000"})

    assert [guest.person for guest in response.context["guests"]] == [manager]


def test_sign_in_opens_a_session_of_a_guest(client, demo, manager):
    headers = {"host": "127.0.0.1:8000"}

    response = client.post(f"/demo/sign-in/{manager.pk}/", headers=headers, follow=True)

    assert response.status_code == 200
    assert response.wsgi_request.user == manager


def test_sign_in_knows_nobody_but_guests(client, demo, manager):
    other = make_manager()

    response = client.post(f"/demo/sign-in/{other.pk}/", headers={"host": "127.0.0.1"})

    assert response.status_code == 404
    assert "_auth_user_id" not in client.session


def test_whoever_a_message_is_for_can_be_signed_in_from_it(client, demo, manager, tmp_path):
    reader = make_person(name="Ada Fern", contact_email="ada@example.com")
    email = EmailMessage("Hello", "Read me.", to=["ada@example.com"])
    with (
        serve(tmp_path / "mailbox") as port,
        get_connection(SMTP, host="127.0.0.1", port=port) as to,
    ):
        to.send_messages([email])
    (key,) = [one.key for one in messages(tmp_path / "mailbox")]

    page = client.get(f"/demo/mailbox/{key}/", headers={"host": "127.0.0.1"})
    client.post(f"/demo/sign-in/{reader.pk}/", headers={"host": "127.0.0.1"})

    assert "Sign in as Ada Fern" in page.content.decode()
    assert client.session["_auth_user_id"] == str(reader.pk)


@pytest.mark.parametrize(
    ("address", "host"),
    [("192.0.2.7", "127.0.0.1"), ("127.0.0.1", "upwell.example"), ("", "127.0.0.1")],
)
def test_demo_pages_are_for_this_machine_only(client, open_demo, manager, address, host):
    there = {"REMOTE_ADDR": address, "headers": {"host": host}}

    pages = [client.get(path, **there) for path in ("/demo/", "/demo/mailbox/")]
    sign_in = client.post(f"/demo/sign-in/{manager.pk}/", **there)

    assert [answer.status_code for answer in (*pages, sign_in)] == [404, 404, 404]


def test_demo_pages_are_not_for_a_database_that_the_demo_did_not_make(client, settings, manager):
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "upwell.demo"]
    settings.ROOT_URLCONF = "upwell.demo.urls"

    response = client.post(f"/demo/sign-in/{manager.pk}/", headers={"host": "127.0.0.1"})

    assert response.status_code == 404
    assert "_auth_user_id" not in client.session


def test_guests_are_found_with_the_same_queries_for_any_number_of_pairs(
    manager, django_assert_num_queries
):
    with django_assert_num_queries(3):
        assert [guest.person for guest in guests()] == [manager]


def test_remove_leaves_a_database_that_is_not_a_demo_s(tmp_path):
    path = tmp_path / "upwell.sqlite3"
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE kept (id)")

    with pytest.raises(FileExistsError, match="not a database of the demo"):
        database.remove(path)

    assert path.exists()


def test_remove_deletes_a_database_that_bears_the_mark(tmp_path):
    path = tmp_path / "demo.sqlite3"
    with closing(sqlite3.connect(path)) as made:
        made.execute(f"PRAGMA application_id = {database.MARK}")

    database.remove(path)

    assert not path.exists()
