"""The roster: who is willing, in which order, and asking some of them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    make_cohort,
    make_enrollment,
    make_pair,
    make_person,
    make_program,
    make_run,
    make_topic,
    make_willing,
)
from upwell.pairs.models import Member
from upwell.programs.models import EnrollmentTopic, Place, Willing, WillingTopic
from upwell.programs.queries.roster import Standing, roster_of
from upwell.programs.services import step_out

pytestmark = pytest.mark.django_db


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def program(manager):
    return make_program(manager)


def past_cohort(program, days=-400):
    """One that was matched and has ended."""
    cohort = make_cohort(program=program, starts_on=today(days))
    make_run(cohort, published_at=timezone.now() + timedelta(days=days))
    return cohort


def served(cohort, person):
    enrollment = make_enrollment(cohort, person=person)
    pair = make_pair(person, run=cohort.runs.get())
    Member.objects.create(pair=pair, place=Place.objects.create(enrollment=enrollment, number=1))


def standings(program, manager):
    return {one.person.name: Standing(one.standing) for one in roster_of(program, by=manager)}


def names(rows):
    return [one.person.name for one in rows]


def roster_page(program, query=""):
    return reverse("programs:roster_list", args=[program.pk]) + query


def test_who_was_not_placed_comes_first_and_who_takes_part_last(program, manager):
    earlier, now = past_cohort(program), make_cohort(program=program, starts_on=today())
    people = {name: make_person(name=name) for name in ("Ann", "Bea", "Cleo", "Dan")}
    make_enrollment(earlier, person=people["Ann"])
    served(earlier, people["Bea"])
    make_enrollment(now, person=people["Dan"])
    for name in ("Dan", "Cleo", "Bea", "Ann"):
        make_willing(program, person=people[name])

    found = roster_of(program, by=manager)

    assert names(found) == ["Ann", "Cleo", "Bea", "Dan"]
    assert [Standing(one.standing) for one in found] == [*Standing]


def test_a_volunteer_whom_no_cohort_took_was_not_placed(program, manager):
    make_willing(program, person=make_person(name="Ann"), said_at=timezone.now())
    make_run(make_cohort(program=program, starts_on=today(-400)), published_at=timezone.now())

    assert standings(program, manager) == {"Ann": Standing.UNPLACED}


def test_the_last_cohort_counts(program, manager):
    ann, bea = make_person(name="Ann"), make_person(name="Bea")
    first, second = past_cohort(program, -900), past_cohort(program, -450)
    served(first, ann)
    make_enrollment(second, person=ann)
    make_enrollment(first, person=bea)
    served(second, bea)
    for person in (ann, bea):
        make_willing(program, person=person)

    assert standings(program, manager) == {"Ann": Standing.UNPLACED, "Bea": Standing.SERVED}


def test_who_is_reserve_of_a_matched_cohort_was_not_placed(program, manager):
    cohort = make_cohort(program=program, starts_on=today())
    make_run(cohort, published_at=timezone.now())
    for name, state in (("Ann", "waiting"), ("Bea", "enrolled"), ("Cleo", "out")):
        person = make_person(name=name)
        make_enrollment(cohort, person=person, state=state)
        make_willing(program, person=person, said_at=timezone.now() + timedelta(days=1))

    assert standings(program, manager) == {
        "Ann": Standing.UNPLACED,
        "Bea": Standing.UNPLACED,
        "Cleo": Standing.NEW,
    }


@pytest.mark.parametrize(("asks_next", "count"), [(True, 1), (False, 0)])
def test_whoever_asks_for_the_next_cohort_stands_on_the_roster(program, asks_next, count):
    enrollment = make_enrollment(make_cohort(program=program, starts_on=today(60)))
    topic = make_topic("Games")
    EnrollmentTopic.objects.create(enrollment=enrollment, topic=topic, kind="offered", strength=3)

    step_out(enrollment, asks_next=asks_next, by=enrollment.person)

    rows = Willing.objects.standing().filter(program=program)
    assert [(one.person, one.role, one.when) for one in rows] == [
        (enrollment.person, "mentor", "next")
    ] * count
    assert [one.topic for one in WillingTopic.objects.all()] == [topic] * count


def test_a_topic_that_nobody_offers_yet_comes_before_others_and_then_the_lot(program, manager):
    ahead = make_cohort(program=program, starts_on=today(60))
    wanted, other = make_topic("Games"), make_topic("Law")
    enrollment = make_enrollment(ahead, "mentee")
    EnrollmentTopic.objects.create(enrollment=enrollment, topic=wanted, kind="wanted")
    for name, topic, lot in (("Ann", other, 1), ("Bea", wanted, 3), ("Cleo", other, 0)):
        make_willing(program, person=make_person(name=name), topics={topic: 2}, lot=lot)

    found = roster_of(program, by=manager)

    assert names(found) == ["Bea", "Cleo", "Ann"]
    assert [one.is_needed for one in found] == [True, False, False]


def test_of_a_cohort_that_the_manager_takes_part_in_nothing_is_told(program, manager):
    cohort = make_cohort(program=program, starts_on=today())
    make_enrollment(cohort, "mentee", person=manager)
    willing = make_willing(program)
    make_enrollment(cohort, person=willing.person)

    assert list(standings(program, manager).values()) == [Standing.NEW]


def test_the_list_narrows_by_role_standing_and_name(client, program):
    for name, role in (("Ann", "mentor"), ("Bea", "mentee")):
        make_willing(program, role, person=make_person(name=name))
    gone = make_person(name="Gone", is_active=False)
    make_willing(program, person=gone)

    def shown(query):
        return names(client.get(roster_page(program, query)).context["page"])

    assert sorted(shown("")) == ["Ann", "Bea"]
    assert shown("?role=mentee") == ["Bea"]
    assert shown("?q=ann") == ["Ann"]
    assert shown("?standing=served") == []
    assert len(shown("?standing=new")) == 2


def test_whoever_refused_or_meant_another_cohort_was_not_passed_over(program, manager):
    spring = make_cohort(program=program, starts_on=today(-10))
    autumn = make_cohort(program=program, starts_on=today(90))
    long_ago = timezone.now() - timedelta(days=60)
    ann, bea, cleo, dan = (make_person(name=name) for name in ("Ann", "Bea", "Cleo", "Dan"))
    make_willing(program, person=ann, when="named", cohort=autumn, said_at=long_ago)
    make_willing(program, person=bea, when="named", cohort=spring, said_at=long_ago)
    for person, fields in ((cleo, {"state": "out"}), (dan, {"asked_at": timezone.now()})):
        make_enrollment(spring, person=person, **{"state": "asked"} | fields)
        make_willing(program, person=person, said_at=long_ago)
    make_run(spring, published_at=timezone.now())

    assert standings(program, manager) == {
        "Ann": Standing.NEW,
        "Bea": Standing.UNPLACED,
        "Cleo": Standing.NEW,
        "Dan": Standing.NEW,
    }


def test_a_cohort_that_the_manager_takes_part_in_passes_over_nobody(program, manager):
    cohort = make_cohort(program=program, starts_on=today(-5))
    make_run(cohort, published_at=timezone.now())
    make_enrollment(cohort, "mentee", person=manager)
    willing = make_willing(program, said_at=timezone.now() - timedelta(days=90))
    served(cohort, willing.person)

    assert list(standings(program, manager).values()) == [Standing.NEW]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_few_and_many(
    client, program, count, django_assert_num_queries
):
    make_cohort(program=program, starts_on=today(60))
    for number in range(count):
        make_willing(program, topics={make_topic(f"Topic {number}"): 1})

    with django_assert_num_queries(15):
        response = client.get(roster_page(program))

    assert len(response.context["page"]) == count
