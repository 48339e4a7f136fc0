"""How far people are: by enrollment, by cohort, and for oneself."""

from datetime import date

import pytest

from tests.desk.launching import make_done, make_learner, make_published
from tests.factories import make_cohort, make_enrollment, make_person
from upwell.learning.models import Completion, Revision
from upwell.learning.queries import (
    Progress,
    Trained,
    course_of,
    courses_of,
    done_by,
    overview_of,
    trained_of,
)
from upwell.programs.models import Enrollment

pytestmark = pytest.mark.django_db


def test_everybody_is_measured_by_the_lessons_of_their_role(cohort):
    mentor, begun, mentee = (
        make_enrollment(cohort, role) for role in ("mentor",) * 2 + ("mentee",)
    )
    make_done(mentor)
    make_done(begun, "mentor-leading", "mentee-being-mentored")

    assert done_by(cohort) == {
        mentor.pk: Progress(3, 3),
        begun.pk: Progress(1, 3),
        mentee.pk: Progress(0, 1),
    }


def test_whoever_has_not_answered_learns_and_counts_only_once_they_have(cohort):
    asked = make_enrollment(cohort, "mentee", state=Enrollment.State.ASKED)
    make_enrollment(cohort, "mentee", state=Enrollment.State.OUT)
    make_enrollment(cohort, "mentee", state=Enrollment.State.WAITING)
    make_done(asked)

    assert done_by(cohort) == {asked.pk: Progress(1, 1)}
    assert trained_of([cohort]) == {}
    assert [one.needed for one in courses_of(asked.person)] == [1]


def test_a_lesson_that_is_asked_for_again_is_not_done(cohort):
    mentee = make_enrollment(cohort, "mentee")
    make_done(mentee)
    Revision.objects.create(program=cohort.program, key="mentee-being-mentored")

    assert done_by(cohort)[mentee.pk] == Progress(0, 1)


def test_what_is_done_in_another_program_does_not_count(cohort):
    mentee = make_enrollment(cohort, "mentee")
    make_done(make_enrollment(make_cohort(), "mentee", person=mentee.person))

    assert not done_by(cohort)[mentee.pk].is_done


def test_what_was_done_in_an_earlier_cohort_counts(cohort):
    person = make_person()
    make_done(make_enrollment(make_cohort(program=cohort.program), "mentee", person=person))
    mentee = make_enrollment(cohort, "mentee", person=person)

    assert done_by(cohort)[mentee.pk].is_done


def test_a_cohort_is_counted_by_people_and_by_lesson(cohort):
    make_done(make_learner(cohort))
    make_done(make_learner(cohort), "mentor-leading")
    make_learner(cohort, "mentee", is_active=False)
    make_done(make_enrollment(cohort, "mentee"))

    found = trained_of([cohort])[cohort.pk]

    assert (found.people, found.done, found.unable) == (2, 1, 1)
    assert [one for one in found.by_lesson if one[2]] == [
        ("mentor-expectations", 1, 2),
        ("mentor-leading", 2, 2),
        ("mentor-logistics", 1, 2),
    ]


@pytest.mark.parametrize(
    ("people", "done", "percent", "is_enough"),
    [(10, 8, 80, True), (10, 7, 80, False), (0, 0, 80, False), (0, 0, 0, True), (3, 0, 0, True)],
)
def test_enough_is_the_share_that_is_asked_for(people, done, percent, is_enough):
    assert Trained(people, done).is_enough(percent) == is_enough


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_of_people_and_cohorts_costs_the_same(cohort, count, django_assert_num_queries):
    cohorts = [cohort, *(make_cohort(program=cohort.program) for _ in range(count))]
    for one in cohorts:
        make_done(make_enrollment(one))

    with django_assert_num_queries(3):
        trained_of(cohorts)
    with django_assert_num_queries(3):
        done_by(cohort)


def test_a_course_goes_lesson_by_lesson_to_its_end(cohort):
    mentor = make_enrollment(cohort)
    make_done(mentor, "mentor-expectations")
    half = course_of(cohort.program, mentor.person)
    make_done(mentor, "mentor-leading", "mentor-logistics")
    whole = course_of(cohort.program, mentor.person)

    assert (half.done, half.needed, half.next.lesson.key) == (1, 3, "mentor-leading")
    assert (half.is_done, half.done_at, half.minutes_left) == (False, None, 9)
    assert whole.done_at == max(Completion.objects.values_list("done_at", flat=True))
    assert {one.audience for one in whole.others} == {"mentee", "assistant", "line_manager"}


def test_whoever_has_no_role_has_no_course(cohort):
    course = course_of(cohort.program, make_person())

    assert (course.items, course.is_done, len(course.others)) == ((), False, 6)


def test_the_role_in_a_cohort_that_goes_on_counts(cohort):
    person = make_person()
    ended = make_cohort(program=cohort.program, starts_on=date(2020, 1, 1))
    make_enrollment(ended, person=person)
    before = course_of(cohort.program, person).roles

    make_enrollment(cohort, "mentee", person=person)

    assert (before, course_of(cohort.program, person).roles) == (("mentor",), ("mentee",))


def test_courses_are_those_of_cohorts_that_go_on_where_lessons_are_published(cohort):
    person = make_enrollment(cohort).person
    make_enrollment(make_cohort(starts_on=date(2099, 1, 1)), person=person)
    ended = make_cohort(starts_on=date(2020, 1, 1))
    make_published(ended.program)
    make_enrollment(ended, person=person)

    assert [one.program for one in courses_of(person)] == [cohort.program]


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_of_courses_costs_the_same(count, django_assert_num_queries):
    person = make_person()
    for _ in range(count):
        cohort = make_cohort(starts_on=date(2099, 1, 1))
        make_published(cohort.program)
        make_done(make_enrollment(cohort, person=person))

    with django_assert_num_queries(3):
        courses_of(person)


def test_the_overview_counts_no_cohort_that_one_takes_part_in(cohort, manager):
    make_done(make_learner(cohort, "mentee"))
    before = overview_of(cohort.program, by=manager)

    make_enrollment(cohort, person=manager)
    after = overview_of(cohort.program, by=manager)

    counts = {row.text.key: (row.done, row.people) for row in before.lessons if row.people}
    assert counts == {"mentee-being-mentored": (1, 1)}
    assert (after.cohort, {row.done for row in after.lessons}) == (None, {None})
