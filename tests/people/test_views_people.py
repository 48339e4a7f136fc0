"""The list of people, and the page of one."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from tests.factories import make_level, make_manager, make_person
from upwell.delivery.models import OutboxMessage
from upwell.people.models import Invitation, Office, OrgUnit, Person, ReportingLine

pytestmark = pytest.mark.django_db
LIST = "/people/"
ACTIONS = (
    "person_contact",
    "person_sign_in",
    "person_invite",
    "role_grant",
    "role_take",
    "second_factor_reset",
)


def shown(response):
    return [person.name for person in response.context["page"]]


def act(client, name, person, **values):
    return client.post(reverse(f"people:{name}", args=[person.pk]), values, follow=True)


@pytest.mark.parametrize("count", [1, 3])
def test_person_list_makes_the_same_queries_for_any_number_of_people(
    client, manager, count, django_assert_num_queries
):
    for number in range(count):
        make_person(
            level=make_level("Junior"),
            unit=OrgUnit.objects.get_or_create(name="Sales")[0],
            office=Office.objects.get_or_create(name=f"Office {number}")[0],
        )

    with django_assert_num_queries(12):
        response = client.get(LIST)

    assert len(response.context["page"]) == count + 1


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", ["Ann", "Bo", "Mia"]),
        ("q=ann", ["Ann"]),
        ("q=bo@exam", ["Bo"]),
        ("q=E77", ["Bo"]),
        ("q=nobody", []),
        ("here=left", ["Cid"]),
        ("level=999&page=nonsense", ["Ann", "Bo", "Mia"]),
    ],
)
def test_person_list_finds_people(client, manager, query, wanted):
    make_person(name="Ann")
    make_person(name="Bo", employee_id="E77", contact_email="bo@example.com")
    make_person(name="Cid", is_active=False)

    response = client.get(f"{LIST}?{query}")

    assert shown(response) == wanted


@pytest.mark.parametrize(
    "query", ["Owen Mensah", "mensah owen", "  OWEN\u00a0 mensah", "mensah bo@exam"]
)
def test_person_list_finds_words_in_any_order(client, manager, query):
    make_person(name="Owen\u00a0 Mensah", contact_email="bo@example.com")
    make_person(name="Owen Other")

    response = client.get(LIST, {"q": query})

    assert shown(response) == ["Owen\u00a0 Mensah"]


def test_sign_in_addresses_are_searched_by_directory_administrators_only(client):
    found = make_person(name="Owen", sign_in_email="quite.secret@example.com")

    assert list(Person.objects.searched("quite.sec", by=make_manager())) == []
    assert list(Person.objects.searched("quite.sec", by=make_person())) == []
    administrator = make_person(roles=["directory_administrator"])
    assert list(Person.objects.searched("quite.sec", by=administrator)) == [found]


def test_person_list_filters_by_level_office_and_unit(client, manager):
    places = {
        "level": make_level("Junior"),
        "office": Office.objects.create(name="Oslo"),
        "unit": OrgUnit.objects.create(name="Sales"),
    }
    for name, place in places.items():
        make_person(name=name, **{name: place})

    found = {name: shown(client.get(f"{LIST}?{name}={place.pk}")) for name, place in places.items()}

    assert found == {name: [name] for name in places}


def test_person_list_has_50_on_a_page_and_keeps_the_search(client, manager):
    for number in range(60):
        make_person(name=f"Ann {number:02}")

    response = client.get(f"{LIST}?q=Ann&page=2")

    assert shown(response)[0] == "Ann 50"
    assert "?q=Ann&amp;level=" not in response.content.decode()
    assert 'href="?q=Ann&amp;page=1"' in response.content.decode()


def test_an_empty_directory_says_what_to_do(client, administrator):
    Person.objects.exclude(pk=administrator.pk).delete()

    html = client.get(f"{LIST}?q=nobody").content.decode()

    assert "Nobody is like that" in html


@pytest.mark.parametrize("url", [LIST, "/people/import/"])
def test_others_find_no_list_and_no_import(client, url):
    client.force_login(make_person(sign_in_email="p@example.com"))

    assert client.get(url).status_code == 404
    assert client.post("/people/import/").status_code == 404


def test_whoever_is_not_signed_in_is_asked_to(client):
    response = client.get(LIST)

    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/accounts/login/")


def test_people_see_their_own_page_and_no_other(client):
    own, other = make_person(sign_in_email="p@example.com"), make_person()
    client.force_login(own)

    found = [client.get(person.get_absolute_url()).status_code for person in (own, other)]

    assert found == [200, 404]


def test_person_detail_shows_who_somebody_is_and_their_lines(client, manager):
    head = make_person(name="Head Person")
    person = make_person(
        name="Ann",
        level=make_level("Junior"),
        office=Office.objects.create(name="Oslo", zone="Europe/Oslo"),
        hours_from=540,
        hours_until=1050,
    )
    ReportingLine.objects.create(person=person, manager=head)
    ReportingLine.objects.create(person=person, kind="dotted", named="Somebody Else")

    html = client.get(person.get_absolute_url()).content.decode()

    for text in ("Junior", "Oslo", "Europe/Oslo", "09:00 to 17:30", "Head Person", "Somebody Else"):
        assert text in html


@pytest.mark.parametrize("count", [1, 3])
def test_person_detail_makes_the_same_queries_for_any_number_of_lines(
    client, manager, count, django_assert_num_queries
):
    person = make_person()
    for _ in range(count):
        ReportingLine.objects.create(person=person, kind="dotted", manager=make_person())

    with django_assert_num_queries(8):
        client.get(person.get_absolute_url())


def test_a_program_manager_sees_no_way_to_change_anything(client, manager):
    html = client.get(make_person().get_absolute_url()).content.decode()

    assert "sign_in_email" not in html
    assert 'name="kind"' not in html


@pytest.mark.parametrize("name", ACTIONS)
def test_a_program_manager_finds_none_of_the_actions(client, manager, name):
    person = make_person(sign_in_email="p@example.com", contact_email="c@example.com")
    values = {"sign_in_email": "x@x.io", "contact_email": "x@x.io", "kind": "program_manager"}

    assert act(client, name, person, **values).status_code == 404
    person.refresh_from_db()
    assert (person.sign_in_email, person.contact_email) == ("p@example.com", "c@example.com")
    assert (person.roles.count(), Invitation.objects.count()) == (0, 0)


def test_the_contact_address_is_changed(client, administrator):
    person = make_person(contact_email="old@example.com")

    act(client, "person_contact", person, contact_email="new@example.com")

    person.refresh_from_db()
    assert person.contact_email == "new@example.com"


def test_a_contact_address_that_is_none_is_refused(client, administrator):
    person = make_person(contact_email="old@example.com")

    html = act(client, "person_contact", person, contact_email="nonsense").content.decode()

    person.refresh_from_db()
    assert person.contact_email == "old@example.com"
    assert "Enter a valid email address" in html


def test_the_sign_in_address_is_changed_and_both_are_told(client, administrator):
    person = make_person(sign_in_email="old@example.com")

    act(client, "person_sign_in", person, sign_in_email="New@Example.com")

    person.refresh_from_db()
    told = set(OutboxMessage.objects.values_list("address", flat=True))
    assert person.sign_in_email == "new@example.com"
    assert told == {"old@example.com", "new@example.com"}
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["new@example.com"]


def test_changing_the_sign_in_address_ends_sessions(client, administrator):
    person = make_person(sign_in_email="old@example.com")
    browser = type(client)()
    browser.force_login(person)

    act(client, "person_sign_in", person, sign_in_email="new@example.com")

    assert browser.get(person.get_absolute_url()).status_code == 302


def test_an_address_that_somebody_else_signs_in_with_is_refused(client, administrator):
    person = make_person(sign_in_email="old@example.com")
    make_person(sign_in_email="taken@example.com")

    html = act(client, "person_sign_in", person, sign_in_email="TAKEN@example.com").content.decode()

    person.refresh_from_db()
    assert person.sign_in_email == "old@example.com"
    assert "Somebody else signs in with this address." in html
    assert not OutboxMessage.objects.exists()


def test_an_invitation_is_sent(client, administrator):
    person = make_person(sign_in_email="p@example.com")

    act(client, "person_invite", person)

    assert Invitation.objects.get().person == person


def test_an_invitation_to_somebody_without_address_says_why_not(client, administrator):
    html = act(client, "person_invite", make_person(name="Ann")).content.decode()

    assert "Ann has no sign-in address." in html
