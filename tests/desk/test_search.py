"""People and programs by name, for those who may see them."""

import pytest
from django.urls import reverse

from tests.factories import make_cohort, make_enrollment, make_manager, make_person, make_program

pytestmark = pytest.mark.django_db


def found(client, text, **headers):
    return client.get(reverse("desk:search"), {"q": text}, headers=headers).content.decode()


def test_program_manager_finds_people_and_own_programs_and_cohorts(client):
    manager = make_manager(name="Ann")
    lena = make_person(name="Lena Sky")
    program = make_program(manager, name="Blue sky")
    cohort = make_cohort(program=program, name="Sky in spring")
    client.force_login(manager)

    html = found(client, "sky")

    for thing in (lena, program, cohort):
        assert f'href="{thing.get_absolute_url()}"' in html


def test_programs_of_others_are_not_found(client):
    make_cohort(make_manager(), name="Sky in spring")
    client.force_login(make_manager())

    assert "Nothing is called “spring”" in found(client, "spring")


def test_cohort_that_one_takes_part_in_is_not_found(client):
    manager = make_manager()
    cohort = make_cohort(manager, name="Sky in spring")
    make_enrollment(cohort, person=manager)
    client.force_login(manager)

    assert "Nothing is called “spring”" in found(client, "spring")


def test_participants_have_no_search(client):
    client.force_login(make_person(name="Lena Sand"))

    assert client.get(reverse("desk:search"), {"q": "lena"}).status_code == 404


def test_the_dialog_leads_to_all_results_and_the_page_does_not(client):
    make_person(name="Lena Sky")
    client.force_login(make_manager())

    dialog, page = found(client, "lena s", **{"HX-Request": "true"}), found(client, "lena s")

    link = '<a href="/search/?q=lena%20s">All results</a>'
    assert (link in dialog, link in page) == (True, False)


def test_people_who_left_are_not_found(client):
    make_person(name="Lena Sky", is_active=False)
    client.force_login(make_manager())

    assert "Nothing is called" in found(client, "lena")


def test_more_people_than_shown_lead_to_the_list(client):
    for number in range(9):
        make_person(name=f"Lena {number}")
    client.force_login(make_manager())

    html = found(client, "lena")

    assert html.count('class="person"') == 8
    assert 'href="/people/?q=lena"' in html


def test_htmx_gets_what_was_found_only(client):
    make_person(name="Lena Sky")
    client.force_login(make_manager())

    html = found(client, "lena", **{"HX-Request": "true"})

    assert "Lena Sky" in html
    assert "<html" not in html


def test_empty_search_asks_for_a_name(client):
    client.force_login(make_manager())

    assert "Part of a name" in found(client, "  ")


@pytest.mark.parametrize("count", [1, 3])
def test_search_makes_the_same_queries_for_any_number(client, django_assert_num_queries, count):
    manager = make_manager()
    for number in range(count):
        make_person(name=f"Lena {number}")
        make_cohort(manager, name=f"Lena {number}")
    client.force_login(manager)

    with django_assert_num_queries(8):
        found(client, "lena")


@pytest.mark.parametrize("text", ["a\0b", "\0", "x" * 5_000])
def test_what_no_name_can_hold_finds_nothing(client, text):
    client.force_login(make_manager())

    response = client.get(reverse("desk:search"), {"q": text})

    assert response.status_code == 200
    assert 'class="person"' not in response.content.decode()
