"""Whom the open rules let be paired, of everybody on a roster and of others who could be asked."""

import pytest

from upwell.matching.mass import critical_mass
from upwell.matching.turnout import Assumed, Rates
from upwell.policy import Policy, PolicyError
from upwell.policy.mass import compare_roster
from upwell.sheets.people import People

ORDER = ("Associate", "Director", "VP")
RATES = Rates(Assumed(0.6, 0.6, 0.6), Assumed(0, 0, 0))


def make_policy(**rules):
    values = {"mentors": {"levels": ["Associate"]}, "mentees": {"levels": ["Director", "VP"]}}
    return Policy.from_values(
        {**values, "rules": {"shared_language": False, "level_gap": 1, **rules}}
    )


def make_people(**columns):
    """Three associates and two above them: a1, a2 and a3, d1 and v1."""
    return People(
        ids=("a1", "a2", "a3", "d1", "v1"),
        names=("",) * 5,
        level_order=ORDER,
        levels=("Associate", "Associate", "Associate", "Director", "VP"),
        **columns,
    )


def compared(people, policy=None, *, roles=None, enrolled=(), others=None):
    given = roles or {"a1": "mentor", "d1": "mentee", "v1": "mentee"}
    return compare_roster(
        policy or make_policy(),
        people,
        roles=given,
        enrolled=frozenset(enrolled),
        others=others or {"Risk": ["a2", "a3"]},
    )


def test_the_roster_holds_whom_the_policy_takes():
    found = compared(make_people(), enrolled=["a1", "v1"])

    assert (found.mentors, found.mentees, found.alone) == (("a1",), ("d1", "v1"), ())
    assert found.roster.may.tolist() == [[True, True]]
    assert found.roster.mentor_enrolled.tolist() == [True]
    assert found.roster.mentee_enrolled.tolist() == [False, True]


def test_somebody_willing_at_another_level_is_not_counted():
    roles = {"a1": "mentor", "d1": "mentor", "v1": "mentee"}

    assert compared(make_people(), roles=roles).mentors == ("a1",)


def test_nobody_mentors_those_above_them():
    people = make_people(managers=("d1", "v1", "v1", "v1", ""))

    found = compared(people)

    assert found.roster.may.tolist() == [[False]]
    assert (found.mentees, found.alone) == (("d1",), ("v1",))


def test_of_others_everybody_says_whom_they_may_have():
    units = ("Law", "Risk", "Sales", "Risk", "Law")

    found = compared(make_people(units=units), make_policy(unit="different"))

    (source,) = found.roster.sources
    assert (source.name, source.seats) == ("Risk", 1)
    assert (found.mentees, source.may.tolist()) == (("d1", "v1"), [[False, True], [True, True]])


def test_a_mentee_whom_one_of_many_may_mentor_is_not_alone():
    others = [f"b{number:03d}" for number in range(200)]
    people = People(
        ids=("a1", "d1", *others),
        names=("",) * 202,
        level_order=ORDER,
        levels=("Associate", "Director", *["Associate"] * 200),
        languages=(("en",), ("ja",), *[("en",)] * 190, ("en", "ja"), *[("en",)] * 9),
    )
    policy = make_policy(shared_language=True)

    found = compared(
        people, policy, roles={"a1": "mentor", "d1": "mentee"}, others={"Risk": others}
    )

    assert (found.mentees, found.alone) == (("d1",), ())
    assert found.roster.sources[0].may.sum() == 1


def test_capacities_of_the_roster_are_seats():
    people = make_people(capacities=(3, None, None, None, None))

    assert compared(people).roster.seats.tolist() == [3]


def test_a_pin_of_somebody_who_may_not_come_does_not_matter():
    policy = make_policy().model_copy(
        update={"pairs": make_policy().pairs.model_copy(update={"pin": (("a3", "d1"),)})}
    )

    assert compared(make_people(), policy).mentees == ("d1", "v1")


def test_where_nobody_is_a_mentee_the_policy_does_not_fit():
    with pytest.raises(PolicyError):
        compared(make_people(), roles={"a1": "mentor"})


def test_a_roster_is_simulated_as_it_is_compared():
    found = critical_mass(compared(make_people()).roster, RATES)

    assert found.mentees.high == 2
    assert (found.most, found.is_reached, found.where) == (2, False, {"Risk": 2})
