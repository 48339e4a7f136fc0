"""Everybody sees the way to what exists for them, and who runs what they see."""

import re

import pytest
from django.urls import reverse

from tests.desk.test_pair_detail import paired
from tests.factories import make_cohort, make_enrollment, make_manager, make_person, make_program
from upwell.pairs.models import Pair
from upwell.programs.models import Staff

pytestmark = pytest.mark.django_db


def links(client, url):
    """The words of the links in the first navigation, and of the current ones."""
    html = client.get(url).content.decode()
    nav = re.search(r'<nav class="nav" aria-label="Main">.*?</nav>', html, re.DOTALL)[0]
    found = re.findall(r'<a class="nav__link"([^>]*)>(.*?)</a>', nav, re.DOTALL)
    words = [re.sub(r"<kbd.*?</kbd>|<[^>]+>|\s+", " ", text).strip() for _, text in found]
    here = [
        word for word, (attributes, _) in zip(words, found, strict=True) if "current" in attributes
    ]
    return words[:-4], here  # but for what everybody has of their own


def footer(client, url):
    html = client.get(url).content.decode()
    text = re.search(r'<footer class="footer">.*?</footer>', html, re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]+>", "", text).split())


def test_participant_sees_home_and_topics(client):
    client.force_login(make_person())

    assert links(client, reverse("desk:home")) == (["Home", "Topics"], ["Home"])


def test_participant_in_a_pair_sees_it(client):
    pair, jonas, _marguerite = paired()
    client.force_login(jonas)

    assert links(client, pair.get_absolute_url()) == (["Home", "My pair", "Topics"], ["My pair"])


def test_pair_that_ended_is_no_place_to_go(client):
    pair, jonas, _marguerite = paired()
    Pair.objects.update(state=Pair.State.ENDED)
    client.force_login(jonas)

    assert links(client, pair.get_absolute_url()) == (["Home", "Topics"], [])


def test_program_manager_sees_people_and_programs(client):
    client.force_login(make_manager())

    words, here = links(client, reverse("people:person_list"))

    assert (words, here) == (["Home", "People", "Programs", "Topics", "Search"], ["People"])


def test_the_catalog_is_no_part_of_the_programs(client):
    client.force_login(make_manager())

    assert links(client, reverse("programs:topic_add"))[1] == ["Topics"]


def test_directory_administrator_sees_people_and_system(client):
    client.force_login(make_person(roles=["directory_administrator"]))

    words, here = links(client, reverse("desk:system"))

    assert (words, here) == (["Home", "People", "Topics", "System", "Search"], ["System"])


@pytest.mark.parametrize(
    ("route", "here"),
    [
        ("desk:gate_match", "Launch"),
        ("programs:cohort_detail", "Cohorts"),
        ("pairs:run_list", "Matching"),
        ("pairs:pair_list", "Pairs"),
    ],
)
def test_cohort_shows_the_places_of_its_program(client, route, here):
    manager = make_manager()
    cohort = make_cohort(manager)
    client.force_login(manager)

    words, current = links(client, reverse(route, args=[cohort.pk]))

    assert words[5:] == ["Launch", "Cohorts", "Roster", "Matching", "Pairs", "Policy"]
    assert current == ["Programs", here]


def test_the_roster_and_the_call_are_one_place(client):
    manager = make_manager()
    program = make_program(manager)
    client.force_login(manager)

    for route in ("programs:roster_list", "programs:call_detail"):
        assert links(client, reverse(route, args=[program.pk]))[1] == ["Programs", "Roster"]


def test_program_shows_its_places_without_a_cohort_at_hand(client):
    manager = make_manager()
    program = make_program(manager)
    client.force_login(manager)

    words, current = links(client, reverse("programs:policy_edit", args=[program.pk]))

    assert words[5:] == ["Launch", "Cohorts", "Roster", "Policy"]
    assert current == ["Programs", "Policy"]


@pytest.mark.parametrize(
    "route",
    [
        *("programs:goal_detail", "programs:sponsor_list", "programs:funding_detail"),
        "learning:text_list",
    ],
)
def test_the_places_of_its_steps_belong_to_the_launch(client, route):
    manager = make_manager()
    client.force_login(manager)

    words, current = links(client, reverse(route, args=[make_program(manager).pk]))

    assert words[5:] == ["Launch", "Cohorts", "Roster", "Policy"]
    assert current == ["Programs", "Launch"]


def test_what_is_wanted_in_a_cohort_is_no_page_of_the_catalog(client):
    manager = make_manager()
    client.force_login(manager)

    _words, current = links(
        client, reverse("programs:supply_detail", args=[make_cohort(manager).pk])
    )

    assert current == ["Programs", "Cohorts"]


def test_footer_names_who_runs_the_program_at_hand(client):
    ann = make_manager(name="Ann", contact_email="ann@example.com")
    zoe = make_manager(name="Zoe")
    make_manager(name="Aaron")
    cohort = make_cohort(ann)
    Staff.objects.create(program=cohort.program, person=zoe, role=Staff.Role.PROGRAM_MANAGER)
    client.force_login(zoe)

    text = footer(client, cohort.get_absolute_url())

    assert f"{cohort.program} is run by Ann, ann@example.com" in text
    assert "Aaron" not in text


def test_footer_sends_nobody_to_themselves(client):
    ann = make_manager(name="Ann")
    make_manager(name="Aaron")
    cohort = make_cohort(ann)
    client.force_login(ann)
    alone = footer(client, cohort.get_absolute_url())
    make_person(name="Tyler", roles=["directory_administrator"])

    assert "Questions? Ask Aaron Upwell" in alone
    assert "Questions? Ask Tyler Upwell" in footer(client, cohort.get_absolute_url())


def test_footer_names_the_managers_of_ones_own_programs(client):
    ann = make_manager(name="Ann")
    make_manager(name="Aaron")
    jonas = make_enrollment(make_cohort(ann)).person
    client.force_login(jonas)

    assert "Questions? Ask Ann Upwell" in footer(client, reverse("desk:home"))


def test_footer_names_administrators_where_nobody_manages_programs(client):
    make_person(name="Tyler", roles=["directory_administrator"], is_active=True)
    make_person(name="Gone", roles=["program_manager"], is_active=False)
    client.force_login(make_person())

    assert "Questions? Ask Tyler Upwell" in footer(client, reverse("desk:home"))


def test_page_without_a_sign_in_names_nobody(client):
    make_manager(name="Ann")

    assert "Ann" not in footer(client, reverse("account_login"))


def test_search_is_a_link_that_scripts_turn_into_a_dialog(client):
    client.force_login(make_manager())

    html = client.get(reverse("desk:home")).content.decode()

    assert 'href="/search/" data-opens="search" data-key="k"' in html
    assert '<dialog class="dialog" id="search"' in html


def test_search_page_has_no_second_search(client):
    client.force_login(make_manager())

    html = client.get(reverse("desk:search")).content.decode()

    assert "<dialog" not in html
