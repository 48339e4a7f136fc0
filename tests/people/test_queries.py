"""Who stands above whom in the directory."""

import pytest

from tests.factories import make_lines, make_person
from upwell.people.models import ReportingLine
from upwell.people.queries import people_above

pytestmark = pytest.mark.django_db


def test_everybody_above_is_found_by_solid_and_dotted_lines():
    low, middle, high, aside = (make_person() for _ in range(4))
    make_lines(low, middle, high)
    make_lines(middle, aside, kind="dotted")

    found = people_above([low.pk, high.pk])

    assert found == {low.pk: {middle.pk, high.pk, aside.pk}, high.pk: set()}


def test_the_line_goes_on_through_somebody_who_has_left():
    low, gone, high = make_person(), make_person(is_active=False), make_person()
    make_lines(low, gone, high)

    assert high.pk in people_above([low.pk])[low.pk]


def test_a_loop_ends_where_it_began():
    one, other = make_person(), make_person()
    make_lines(one, other, one)

    assert people_above([one.pk]) == {one.pk: {one.pk, other.pk}}


def test_a_manager_who_is_not_known_is_nobody():
    low = make_person()
    ReportingLine.objects.create(person=low, named="Somebody")

    assert people_above([low.pk]) == {low.pk: set()}


@pytest.mark.parametrize("count", [1, 3])
def test_each_step_upwards_is_one_query_for_any_number(count, django_assert_num_queries):
    top = make_person()
    people = [make_person() for _ in range(count)]
    for person in people:
        make_lines(person, make_person(), top)

    with django_assert_num_queries(3):
        people_above([person.pk for person in people])
