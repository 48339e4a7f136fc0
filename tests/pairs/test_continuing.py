"""Runs beside pairs that continue: they match free places only, and are published beside them."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories import make_enrollment, make_person
from tests.pairs.organizations import manager_of
from tests.pairs.test_import_pairs import reading_of, row
from tests.pairs.test_publication import publish
from tests.pairs.test_runs import computed, make_sides
from upwell.pairs.models import Couple, MatchRun, Member, Pair
from upwell.pairs.queries import newcomers, publication_of
from upwell.pairs.services import import_pairs, recheck_run, start_run
from upwell.pairs.services.couples import couples_of, row_of
from upwell.pairs.services.proof import inputs_of
from upwell.pairs.services.removal import check_removable
from upwell.programs.models import Enrollment

pytestmark = pytest.mark.django_db


@pytest.fixture
def go_on(tmp_path):
    """Let two people of a cohort continue as a pair."""

    def bring(cohort, mentor, mentee):
        reading = reading_of(tmp_path, row(mentor.person, mentee.person))
        plan = import_pairs(cohort, reading, by=manager_of(cohort))
        assert plan.counts["continuing"] == 1

    return bring


def sides_of(cohort):
    mentors, mentees = cohort.enrollments.mentors(), cohort.enrollments.mentees()
    return list(mentors.order_by("pk")), list(mentees.order_by("pk"))


def in_run(run):
    return {*run.proposals.values_list("mentor", "mentee")}


def test_who_has_no_place_left_is_not_in_the_run(go_on):
    cohort = make_sides(2, 2)
    mentors, mentees = sides_of(cohort)
    go_on(cohort, mentors[0], mentees[0])

    run = computed(cohort)

    assert in_run(run) == {(mentors[1].pk, mentees[1].pk)}
    assert not run.unplaced.exists()
    assert (run.figures["mentors"], run.figures["mentees"]) == (1, 1)
    assert recheck_run(run) == []


def test_who_has_another_place_is_matched_for_it_and_not_with_the_same(go_on):
    cohort = make_sides(1, 2, capacity={"mentor": 2, "mentee": 2})
    (mentor,), mentees = sides_of(cohort)
    go_on(cohort, mentor, mentees[0])

    run = computed(cohort)

    assert in_run(run) == {(mentor.pk, mentees[1].pk)}
    people = inputs_of(run).people
    given = dict(zip(people.ids, people.capacities, strict=True))
    assert given[mentor.person.employee_id] == 1
    assert given[mentees[1].person.employee_id] is None


def test_a_run_is_published_beside_pairs_that_continue(go_on):
    cohort = make_sides(2, 2, capacity={"mentor": 2, "mentee": 1})
    mentors, mentees = sides_of(cohort)
    go_on(cohort, mentors[0], mentees[0])
    run = computed(cohort)

    publish(run)

    assert Couple.objects.filter(is_active=True).count() == 2
    assert set(Pair.objects.values_list("run", flat=True)) == {None, run.pk}
    assert Member.objects.values("place").distinct().count() == 4


def test_a_pair_that_came_in_after_the_run_is_not_published_again(go_on):
    cohort = make_sides(1, 1, capacity={"mentor": 2, "mentee": 2})
    run = computed(cohort)
    (mentor,), (mentee,) = sides_of(cohort)
    go_on(cohort, mentor, mentee)

    with pytest.raises(ValidationError, match="must be kept apart"):
        publish(run)
    assert not MatchRun.objects.published().exists()


def test_a_place_that_is_taken_after_the_run_wants_another(go_on):
    cohort = make_sides(1, 1)
    run = computed(cohort)
    other = make_enrollment(cohort, "mentee")
    go_on(cohort, cohort.enrollments.mentors().get(), other)

    with pytest.raises(ValidationError, match="takes fewer counterparts"):
        publish(run)


def test_who_continues_is_no_newcomer_until_a_place_is_free(go_on):
    cohort = make_sides(2, 2)
    mentors, mentees = sides_of(cohort)
    run = computed(cohort)
    third, fourth = make_enrollment(cohort), make_enrollment(cohort, "mentee")
    go_on(cohort, third, fourth)
    assert not newcomers(run).exists()
    assert publication_of(run).newcomers == 0

    Enrollment.objects.filter(pk=third.pk).update(capacity=2)

    assert list(newcomers(run)) == [third]
    assert {*mentors, *mentees}.isdisjoint(newcomers(run))


def test_where_one_side_is_full_nothing_can_be_matched(go_on):
    cohort = make_sides(1, 2)
    (mentor,), mentees = sides_of(cohort)
    go_on(cohort, mentor, mentees[0])

    with pytest.raises(ValidationError, match="nobody to match"):
        start_run(cohort, by=manager_of(cohort))
    assert not MatchRun.objects.exists()


def test_a_published_newcomer_still_counts(go_on):
    cohort = make_sides(2, 2)
    mentors, mentees = sides_of(cohort)
    go_on(cohort, mentors[0], mentees[0])
    run = computed(cohort)
    make_enrollment(cohort, "mentee", person=make_person(name="Zed"))

    with pytest.raises(ValidationError, match="Zed has joined"):
        publish(run)


def test_a_pair_that_continues_says_so_in_the_list(go_on):
    cohort = make_sides(1, 1)
    (mentor,), (mentee,) = sides_of(cohort)
    go_on(cohort, mentor, mentee)

    found = row_of(couples_of(cohort).get())

    assert (found.quality, found.label, found.why) == ("neutral", "continues", "")
    assert found.couple.pair.origin == Pair.Origin.BEFORE


def test_a_cohort_with_a_pair_that_continues_stays(go_on):
    cohort = make_sides(1, 1)
    check_removable(cohort)
    (mentor,), (mentee,) = sides_of(cohort)
    go_on(cohort, mentor, mentee)

    with pytest.raises(ValidationError, match="Pairs continue in this cohort"):
        check_removable(cohort)
