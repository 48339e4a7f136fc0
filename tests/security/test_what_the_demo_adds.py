"""What the demo's list of URLs adds is in no other, and is for whoever sits at the machine.

Each route that the shipped list lacks is asked for from elsewhere, by every method: by another
address, and by another name of this machine. It answers as an address that is not there.
"""

from itertools import product
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.urls import clear_url_caches, get_resolver, path, reverse

import upwell.demo.urls
from tests.factories import make_cohort, make_manager
from tests.security.walking import METHODS
from tests.security.world import routes
from upwell.core.access import EVERYBODY, Entry, table

pytestmark = pytest.mark.django_db

PLACES = [("192.0.2.7", "127.0.0.1"), ("127.0.0.1", "upwell.example"), ("", "localhost")]


@pytest.fixture
def demo(settings, monkeypatch, tmp_path):
    """The demo's pages over a database that the demo made, as if its server listened to all."""
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "upwell.demo"]
    settings.ROOT_URLCONF = "upwell.demo.urls"
    settings.DATA_DIR = tmp_path
    settings.ALLOWED_HOSTS = ["*"]
    monkeypatch.setattr("upwell.demo.views.is_marked", lambda: True)
    manager = make_manager()
    make_cohort(manager)
    return manager


def added():
    """The routes of the demo's list that the shipped one lacks."""
    shipped = {route for route, _names in routes(get_resolver("upwell.urls").url_patterns)}
    return [(route, names) for route, names in routes() if route not in shipped]


def open_to_others(client, person):
    """Requests made from elsewhere, and those that got more than an address that is not there."""
    asked, faults = 0, []
    for (route, names), method, (place, host) in product(added(), METHODS, PLACES):
        url = reverse(
            route, kwargs={name: person.pk if name == "pk" else uuid4() for name in names}
        )
        answer = client.generic(method, url, REMOTE_ADDR=place, headers={"host": host})
        asked += 1
        if "_auth_user_id" in client.session or answer.status_code not in {404, 405}:
            faults.append(f"{method} {route} from {place or 'nowhere'} as {host}")
    return asked, faults


def test_what_the_demo_adds_is_for_this_machine_only(client, demo, tell):
    asked, faults = open_to_others(client, demo)

    names = {route for route, _names in added()}
    tell(
        f"The demo: {len(names)} routes of its own, {asked} requests from elsewhere,"
        f" {len(faults)} let in"
    )
    assert faults == []
    assert {name.partition(":")[0] for name in names} == {"demo", "styleguide"}
    assert len(names) > 4
    assert asked == len(names) * len(METHODS) * len(PLACES)


def test_what_the_demo_adds_works_at_this_machine(client, demo):
    url = reverse("demo:sign_in", kwargs={"pk": demo.pk})

    client.post(url, headers={"host": "localhost"})

    assert client.session["_auth_user_id"] == str(demo.pk)


def test_nothing_that_the_demo_adds_is_in_the_shipped_list():
    names = [route for route, _names in routes()]

    assert [name for name in names if name.startswith(("demo", "styleguide"))] == []


def test_the_proof_finds_a_page_of_the_demo_that_is_for_everybody(client, demo):
    def careless(request):
        return HttpResponse(demo.name)

    upwell.demo.urls.urlpatterns.insert(0, path("careless/", careless, name="careless"))
    table()["careless"] = (Entry("careless", frozenset(METHODS), (EVERYBODY,)),)
    clear_url_caches()
    try:
        _asked, faults = open_to_others(client, demo)
    finally:
        del table()["careless"]
        upwell.demo.urls.urlpatterns.pop(0)
        clear_url_caches()

    assert {fault.split()[1] for fault in faults} == {"careless"}
