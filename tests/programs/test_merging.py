"""Two entries of one person who has signed, or said that they are willing, under both."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_cohort, make_manager, make_person, make_program, make_topic
from tests.factories import make_willing as willing
from upwell.people.services import merge_people
from upwell.programs import services
from upwell.programs.models import Signature, Willing
from upwell.programs.queries.pledge import current_pledge, signed_at

pytestmark = pytest.mark.django_db
NOW = timezone.now()
EARLIER, LATER = NOW - timedelta(days=9), NOW - timedelta(days=2)


@pytest.fixture
def two():
    """Who is kept, and who goes."""
    return make_person(name="Ann"), make_person(name="Ann")


def merge(two):
    by = make_manager(roles=["directory_administrator"])
    merge_people(*two, taken=[], by=by)


def row_of(program):
    """The one row of the roster that stands."""
    return Willing.objects.get(program=program, taken_back_at=None)


def topics_of(row):
    return dict(row.topics.values_list("topic__name", "strength"))


@pytest.mark.parametrize("days", [(EARLIER, LATER), (LATER, EARLIER)])
def test_of_two_signatures_the_earlier_one_counts(two, days):
    program, other = make_program(), make_program()
    for person, day in zip(two, days, strict=True):
        services.sign(program, person, code="shipped-1", language="en")
        Signature.objects.filter(person=person).update(signed_at=day)
    services.sign(other, two[1], code="shipped-1", language="en")

    merge(two)

    pledge = current_pledge(program, "en")
    assert Signature.objects.filter(person=two[0]).count() == 2
    assert signed_at(program, two[0], pledge) == EARLIER
    assert signed_at(other, two[0], pledge) is not None


def test_signatures_of_two_texts_are_both_kept(two):
    program = make_program()
    for person, language in zip(two, ("en", "de"), strict=True):
        services.sign(program, person, code="shipped-1", language=language)

    merge(two)

    assert Signature.objects.filter(person=two[0]).count() == 2


def test_two_rows_of_a_roster_are_one_with_the_topics_of_both(two):
    program, (law, jazz, chess) = make_program(), map(make_topic, ("Law", "Jazz", "Chess"))
    willing(program, person=two[0], topics={law: 3, jazz: 1}, said_at=LATER)
    willing(program, person=two[1], topics={jazz: 2, chess: 1}, said_at=EARLIER)

    merge(two)

    row = row_of(program)
    assert (row.person, row.role, row.when, row.said_at) == (two[0], "mentor", "next", EARLIER)
    assert topics_of(row) == {"Law": 3, "Jazz": 2, "Chess": 1}
    assert Willing.objects.count() == 1


@pytest.mark.parametrize("is_kept_back", [True, False])
def test_a_row_that_stands_goes_before_one_that_was_taken_back(two, is_kept_back):
    program = make_program()
    cohort, law, jazz = make_cohort(program=program), make_topic("Law"), make_topic("Jazz")
    back, stands = two if is_kept_back else two[::-1]
    willing(program, person=back, topics={jazz: 2}, said_at=LATER, taken_back_at=NOW, when="any")
    willing(program, person=stands, topics={law: 3}, said_at=EARLIER, when="named", cohort=cohort)

    merge(two)

    row = row_of(program)
    assert (row.person, row.when, row.cohort) == (two[0], "named", cohort)
    assert topics_of(row) == {"Law": 3, "Jazz": 2}
    assert Willing.objects.count() == 1


def test_who_took_back_both_stands_nowhere(two):
    program = make_program()
    for person, day in zip(two, (EARLIER, LATER), strict=True):
        willing(program, person=person, taken_back_at=day)

    merge(two)

    assert Willing.objects.get().taken_back_at == LATER


def test_of_two_roles_the_one_said_last_stands(two):
    program = make_program()
    willing(program, "mentor", person=two[0], said_at=EARLIER)
    willing(program, "mentee", person=two[1], said_at=LATER)

    merge(two)

    assert row_of(program).role == "mentee"
    assert Willing.objects.filter(person=two[0]).count() == 2


@pytest.mark.parametrize(
    ("when", "cohort", "merged"),
    [("named", 0, ("named", 0)), ("named", 1, ("any", None)), ("next", None, ("any", None))],
)
def test_who_means_two_cohorts_means_either(two, when, cohort, merged):
    program = make_program()
    cohorts = {at: make_cohort(program=program) for at in range(2)} | {None: None}
    willing(program, person=two[0], when="named", cohort=cohorts[0])
    willing(program, person=two[1], when=when, cohort=cohorts[cohort])

    merge(two)

    row = row_of(program)
    assert (row.when, row.cohort) == (merged[0], cohorts[merged[1]])
    assert row.when != "named" or row.cohort is not None


def test_rows_of_two_programs_stay_apart(two):
    willing(person=two[0])
    willing(person=two[1])

    merge(two)

    assert Willing.objects.filter(person=two[0], taken_back_at=None).count() == 2
