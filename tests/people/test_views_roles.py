"""Roles are asked about, given and taken from the page of a person."""

import pytest
from django.urls import reverse

from tests.factories import make_manager, make_person
from tests.people.test_views_people import act
from upwell.people.models import Role

pytestmark = pytest.mark.django_db


def test_roles_are_given_and_taken(client, administrator):
    person = make_person()

    act(client, "role_grant", person, kind="program_manager")
    act(client, "role_grant", person, kind="program_manager")
    given = [role.kind for role in person.roles.all()]
    act(client, "role_take", person, kind="program_manager")

    assert (given, person.roles.count()) == (["program_manager"], 0)


@pytest.mark.parametrize(
    ("name", "question", "news"),
    [
        ("role_grant", "Make Ann a program manager?", "Ann is a program manager now."),
        ("role_take", "program manager from Ann?", "Ann is no program manager any more."),
    ],
)
def test_a_role_is_asked_about_first_and_said_afterwards(
    client, administrator, name, question, news
):
    ann = make_person(name="Ann", roles=["program_manager"] if name == "role_take" else [])
    held = ann.roles.count()

    asked = client.get(reverse(f"people:{name}", args=[ann.pk]), {"kind": "program_manager"})
    between = ann.roles.count()
    done = act(client, name, ann, kind="program_manager").content.decode()

    assert (question in asked.content.decode(), between) == (True, held)
    assert (news in done, ann.roles.count()) == (True, 1 - held)


def test_whoever_cannot_sign_in_is_offered_no_role(client, administrator):
    without, able = make_person(), make_person(sign_in_email="able@example.com")

    pages = [client.get(one.get_absolute_url()).content.decode() for one in (without, able)]

    assert ["Make administrator" in page for page in pages] == [False, True]
    assert ["set a sign-in address first" in page for page in pages] == [True, False]


def test_a_role_that_does_not_exist_is_not_given(client, administrator):
    person = make_person()

    act(client, "role_grant", person, kind="emperor")

    assert not person.roles.exists()


def test_whoever_has_left_is_given_no_role(client, administrator):
    person = make_person(is_active=False)

    act(client, "role_grant", person, kind="program_manager")

    assert not person.roles.exists()


def test_the_last_directory_administrator_stays(client, administrator):
    html = act(client, "role_take", administrator, kind="directory_administrator").content.decode()

    assert Role.objects.filter(person=administrator).exists()
    assert "Somebody has to administer the directory." in html


def test_one_of_two_directory_administrators_may_go(client, administrator):
    other = make_manager(roles=["directory_administrator"])

    act(client, "role_take", other, kind="directory_administrator")

    assert not other.roles.exists()


def test_giving_a_role_ends_sessions(client, administrator):
    person = make_person(sign_in_email="p@example.com")
    browser = type(client)()
    browser.force_login(person)

    act(client, "role_grant", person, kind="program_manager")

    assert browser.get(person.get_absolute_url()).status_code == 302
