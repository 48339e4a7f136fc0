"""The page "who can see what about me" says what the access table says."""

import html

import pytest
from django.urls import reverse

from tests.factories import make_cohort, make_enrollment, make_manager, make_person
from tests.pairs.organizations import manager_of
from upwell.core.access import EVERYBODY, READ, Entry, Subject, table
from upwell.desk.queries import who_sees

pytestmark = pytest.mark.django_db


def shown(client, person):
    client.force_login(person)
    return html.unescape(client.get(reverse("desk:who_sees_what")).content.decode())


def test_every_subject_of_the_table_is_on_the_page(client):
    text = shown(client, make_person())

    subjects = {one.words for entries in table().values() for e in entries for one in e.shows}
    assert len(subjects) > 6
    for words in subjects:
        assert str(words)[1:] in text


def test_a_subject_that_is_added_joins_by_itself(client, monkeypatch):
    extra = Entry("extra", READ, (EVERYBODY,), shows=(Subject("x.y", "the color of your hat"),))
    monkeypatch.setitem(table(), "extra", (extra,))

    text = shown(client, make_person())

    assert "The color of your hat" in text
    assert "Everybody, also without signing in" in text


def test_who_manages_the_cohort_is_named_and_who_manages_another_is_not(client):
    ann, other = make_manager(name="Ann Fern"), make_manager(name="Zoe Reed")
    cohort = make_cohort(ann)
    make_cohort(other)
    person = make_person()
    make_enrollment(cohort, person=person)

    topics = next(one for one in who_sees(person) if "topics" in str(one.words))
    named = {one.name for viewers in topics.viewers for one in viewers.people}

    assert manager_of(cohort).name in named
    assert other.name not in named


def test_many_people_are_named_first_and_counted(client):
    for number in range(8):
        make_manager(name=f"Manager {number}")

    text = " ".join(shown(client, make_person()).split())

    assert "Manager 0, Manager 1, Manager 2, Manager 3, Manager 4 and 3 others" in text


@pytest.mark.parametrize("managers", [1, 3])
def test_the_page_costs_the_same_for_few_and_many(client, django_assert_num_queries, managers):
    for _ in range(managers):
        make_manager()
    person = make_person()
    client.force_login(person)

    with django_assert_num_queries(12):
        client.get(reverse("desk:who_sees_what"))
