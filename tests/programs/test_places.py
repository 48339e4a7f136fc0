from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.factories import make_cohort, make_manager, make_person, make_run
from upwell.pairs.models import MatchRun, Member, Pair
from upwell.policy import Policy
from upwell.programs import services
from upwell.programs.models import Place, Program

pytestmark = pytest.mark.django_db


def enrolled(cohort, count=1, role="mentor"):
    services.enroll(cohort, [make_person() for _ in range(count)], role=role, by=make_manager())
    return cohort.enrollments.order_by("created_at", "pk").last()


def hold(place):
    """A pair that holds the place."""
    cohort = place.enrollment.cohort
    run = MatchRun.objects.create(
        cohort=cohort,
        number=cohort.runs.count() + 1,
        policy_json="{}",
        read_on=cohort.starts_on,
        started_by=make_manager(),
        state=MatchRun.State.DONE,
    )
    pair = Pair.objects.create(cohort=cohort, run=run)
    return Member.objects.create(pair=pair, place=place)


def numbers(enrollment):
    return list(enrollment.places.order_by("number").values_list("number", flat=True))


def test_set_capacity_adds_and_removes_places():
    enrollment, manager = enrolled(make_cohort()), make_manager()

    seen = []
    for capacity in (3, 0, 2, None):
        services.set_capacity(enrollment, capacity, by=manager)
        seen.append(numbers(enrollment))

    assert seen == [[1, 2, 3], [], [1, 2], [1]]


def test_set_capacity_refuses_numbers_out_of_range():
    enrollment = enrolled(make_cohort())

    with pytest.raises(ValidationError):
        services.set_capacity(enrollment, 51, by=make_manager())

    assert numbers(enrollment) == [1]


def test_set_capacity_keeps_the_places_that_pairs_hold():
    enrollment, manager = enrolled(make_cohort()), make_manager()
    services.set_capacity(enrollment, 3, by=manager)
    hold(enrollment.places.get(number=2))

    services.set_capacity(enrollment, 1, by=manager)
    with pytest.raises(ValidationError, match="has 1 counterpart already"):
        services.set_capacity(enrollment, 0, by=manager)

    enrollment.refresh_from_db()
    assert (enrollment.capacity, numbers(enrollment)) == (1, [2])


def test_set_capacity_changes_nothing_while_pairs_are_made_that_nobody_knows_of():
    enrollment, manager = enrolled(make_cohort()), make_manager()
    in_an_hour = timezone.now() + timedelta(hours=1)
    make_run(enrollment.cohort, published_at=timezone.now(), told_from=in_an_hour)

    services.set_capacity(enrollment, None, by=manager)
    with pytest.raises(ValidationError, match="being worked on at this moment"):
        services.set_capacity(enrollment, 2, by=manager)

    assert numbers(enrollment) == [1]


def test_set_capacity_fills_the_lowest_free_numbers():
    enrollment, manager = enrolled(make_cohort()), make_manager()
    services.set_capacity(enrollment, 3, by=manager)
    hold(enrollment.places.get(number=2))
    services.set_capacity(enrollment, 1, by=manager)

    services.set_capacity(enrollment, 3, by=manager)

    assert numbers(enrollment) == [1, 2, 3]


def test_save_policy_moves_the_places_of_those_without_a_capacity_of_their_own():
    cohort, manager = make_cohort(), make_manager()
    own = enrolled(cohort)
    services.set_capacity(own, 3, by=manager)
    usual, held = enrolled(cohort), enrolled(cohort, role="mentee")
    hold(held.places.get())

    policy = Policy.from_values({"capacity": {"mentor": 2, "mentee": 1}})
    services.save_policy(cohort.program, policy, by=manager)
    more = [numbers(one) for one in (own, usual, held)]
    services.save_policy(cohort.program, Policy(), by=manager)

    assert more == [[1, 2, 3], [1, 2], [1]]
    assert [numbers(one) for one in (own, usual, held)] == [[1, 2, 3], [1], [1]]


def test_save_policy_does_not_overwrite_what_was_saved_meanwhile():
    program, manager = make_cohort().program, make_manager()
    since = services.policy_digest(program)
    first = Policy.from_values({"rules": {"level_gap": 3}})
    services.save_policy(program, first, by=manager, since=since)

    with pytest.raises(ValidationError, match="meanwhile"):
        services.save_policy(program, Policy(), by=manager, since=since)

    assert Program.objects.get().policy == first


def test_withdraw_refuses_somebody_in_a_pair():
    enrollment = enrolled(make_cohort())
    hold(enrollment.places.get())

    with pytest.raises(ValidationError, match="is in a pair of this cohort"):
        services.withdraw(enrollment, by=make_manager())

    assert Place.objects.count() == 1


def let_go(member):
    """As if the pair had ended."""
    Member.objects.filter(pk=member.pk).update(is_active=False)


def test_a_pair_that_has_ended_holds_no_place():
    enrollment, manager = enrolled(make_cohort()), make_manager()
    let_go(hold(enrollment.places.get()))

    services.set_capacity(enrollment, 0, by=manager)

    assert not Place.objects.taken().exists()
    assert Place.objects.held().exists()


def test_withdraw_keeps_of_a_pair_that_has_ended_that_somebody_took_part():
    enrollment = enrolled(make_cohort())
    let_go(hold(enrollment.places.get()))
    enrollment.channels.create(kind="phone", value="1")

    services.withdraw(enrollment, by=make_manager())

    enrollment.refresh_from_db()
    assert (enrollment.state, enrollment.has_left) == ("out", True)
    assert not enrollment.channels.exists()
