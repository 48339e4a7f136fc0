"""The page that gives many people a sign-in address."""

import pytest

from tests.factories import make_manager, make_person
from upwell.people.models import Invitation, Person

pytestmark = pytest.mark.django_db
URL, LIST = "/people/sign-in-addresses/", "/people/"
LINK = "Use contact addresses as sign-in addresses"


def revision(response):
    return response.context["choice"].revision


def able():
    return sorted(Person.objects.without_sign_in().values_list("name", flat=True))


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_makes_the_same_queries_for_any_number_of_people(
    client, administrator, count, django_assert_num_queries
):
    for number in range(count):
        make_person(contact_email=f"p{number}@example.com")
        make_person()

    with django_assert_num_queries(12):
        response = client.get(URL)

    assert len(response.context["choice"].ready) == count


def test_the_preview_says_whom_and_changes_nothing(client, administrator):
    make_person(name="Ann", contact_email="ann@example.com")
    make_person(name="Bo")

    html = client.get(URL).content.decode()

    assert "1 person could sign in with their contact address" in html
    assert "1 person is left out" in html
    assert "No contact address is known." in html
    assert able() == ["Ann", "Bo"]


def test_one_post_does_it_and_invites(client, administrator, run_jobs):
    ann = make_person(name="Ann", contact_email="ann@example.com")
    fields = {"revision": revision(client.get(URL)), "and_invite": "on"}

    html = client.post(URL, fields, follow=True).content.decode()
    run_jobs()

    assert "1 person can sign in now, and their invitation is on its way." in html
    assert (able(), Invitation.objects.get().person) == ([], ann)


def test_nobody_is_invited_unless_asked_for(client, administrator, run_jobs):
    make_person(contact_email="ann@example.com")

    html = client.post(URL, {"revision": revision(client.get(URL))}, follow=True).content.decode()
    run_jobs()

    assert "1 person can sign in now." in html
    assert not Invitation.objects.exists()


def test_the_filter_of_the_list_chooses(client, administrator):
    make_person(name="Ann", contact_email="ann@example.com")
    make_person(name="Bo", contact_email="bo@example.com")
    url = f"{URL}?q=Ann"

    page = client.get(url)
    client.post(url, {"revision": revision(page)})

    assert f'action="{url}"' in page.content.decode()
    assert able() == ["Bo"]


def test_ids_from_another_page_choose(client, administrator):
    ann = make_person(name="Ann", contact_email="ann@example.com")
    make_person(name="Bo", contact_email="bo@example.com")

    page = client.post(URL, {"people": f"{ann.pk},{administrator.pk}"})
    client.post(URL, {"people": page.context["people"], "revision": revision(page)})

    assert f'value="{ann.pk},{administrator.pk}"' in page.content.decode()
    assert able() == ["Bo"]


def test_ids_that_are_none_choose_nobody(client, administrator):
    make_person(name="Ann", contact_email="ann@example.com")

    page = client.post(URL, {"people": "everybody", "revision": 0})

    assert "These are not IDs of people." in page.content.decode()
    assert able() == ["Ann"]


def test_a_directory_changed_meanwhile_is_shown_anew(client, administrator):
    make_person(name="Ann", contact_email="ann@example.com")

    page = client.post(URL, {"revision": revision(client.get(URL)) + 1})

    assert "The directory has changed meanwhile." in page.content.decode()
    assert able() == ["Ann"]


@pytest.mark.parametrize("roles", [[], ["program_manager"]])
def test_it_is_there_for_directory_administrators_only(client, roles):
    make_person(name="Ann", contact_email="ann@example.com")
    client.force_login(make_manager(roles=roles))

    statuses = [client.get(URL).status_code, client.post(URL, {"revision": 0}).status_code]

    assert (statuses, able()) == ([404, 404], ["Ann"])
    assert LINK not in client.get(LIST).content.decode()


def test_the_list_leads_there_with_its_filter(client, administrator):
    make_person(name="Ann")
    make_person(name="Bo", sign_in_email="bo@example.com")

    page = client.get(f"{LIST}?here=unable")

    assert [person.name for person in page.context["page"]] == ["Ann"]
    assert f'href="{URL}?here=unable"' in page.content.decode()


@pytest.mark.parametrize(
    ("back", "after"), [("/programs/", "/programs/"), ("//evil.example/", LIST), ("", LIST)]
)
def test_one_comes_back_to_the_page_one_came_from(client, administrator, back, after):
    make_person(contact_email="ann@example.com")
    page = client.post(URL, {"back": back})

    response = client.post(URL, {"revision": revision(page), "back": page.context["back"]})

    assert response.url == after
