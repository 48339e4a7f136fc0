"""The page "who can see what about me" says what the access table says."""

import html
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_cohort, make_enrollment, make_manager, make_person, make_run
from tests.pairs.organizations import manager_of
from upwell.core.access import EVERYBODY, READ, Entry, Subject, table
from upwell.desk.queries import who_sees
from upwell.learning.models import Completion
from upwell.programs.models import Answers, Funding, LeaderAnswer, Sponsor, Staff, Willing

pytestmark = pytest.mark.django_db


def shown(client, person):
    client.force_login(person)
    return html.unescape(client.get(reverse("desk:who_sees_what")).content.decode())


def back(program, person):
    """Everything that can be said of who backs a program, said of one person."""
    about = {"program": program, "person": person}
    Staff.objects.create(role=Staff.Role.EXECUTIVE_OWNER, place=1, **about)
    Sponsor.objects.create(**about)
    LeaderAnswer.objects.create(**about)
    Willing.objects.create(role="mentor", when="any", **about)
    Funding.objects.create(
        program=program, approved_by=person, amount=1, currency="EUR", approved_on=date(2026, 1, 1)
    )


def test_every_subject_of_the_table_is_on_the_page_of_whom_all_of_it_concerns(client):
    manager = make_manager()
    make_cohort(manager).openings.update(opened_by=manager)
    run = make_run(published_at=timezone.now(), published_by=manager)
    back(run.cohort.program, manager)
    enrollment = make_enrollment(person=manager)
    Answers.objects.create(enrollment=enrollment, person=manager, assistant=make_person())
    done = {"program": run.cohort.program, "key": "mentor-leading", "version": 1}
    Completion.objects.create(person=manager, **done)

    text = shown(client, manager)

    subjects = {one.code: one for entries in table().values() for e in entries for one in e.shows}
    assert len(subjects) > 15
    for subject in subjects.values():
        assert str(subject.words)[1:] in text
        assert str(subject.holds) in text


def test_what_cannot_be_about_somebody_is_not_on_their_page(client):
    text = shown(client, make_person())

    assert "reason for publishing" not in text
    assert "Where you run a program" not in text


def test_somebody_sees_what_they_take_part_in_and_which_roles_they_hold(client):
    oneself = who_sees(make_person())[0]

    assert {"that you take part, and as what", "which roles you hold"} <= {*map(str, oneself.sees)}
    assert "The roles you hold: program manager" in shown(client, make_manager())


def test_what_administrators_see_of_signing_in_is_said():
    make_person(name="Tyler", roles=["directory_administrator"])

    (seen,) = [one for one in who_sees(make_person()) if [*map(str, one.people)] == ["Tyler"]]

    assert "when you were invited and signed in last" in " ".join(map(str, seen.sees))


def test_those_who_are_nobody_yet_come_last(client):
    make_manager(name="Ann")

    found = who_sees(make_person())

    assert [one.is_nobody for one in found] == sorted(one.is_nobody for one in found)
    assert found[0].is_oneself
    assert "Nobody but you at present" in shown(client, make_person())


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

    topics = [one for one in who_sees(person) if "topics" in " ".join(map(str, one.sees))]
    named = {one.name for viewers in topics for one in viewers.people}

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

    with django_assert_num_queries(32):
        client.get(reverse("desk:who_sees_what"))
