"""Whom people ranked: the engine's rankings, points, and pairs of two first choices."""

from dataclasses import replace
from datetime import date

import pytest

from upwell.matching.criteria import Listed
from upwell.policy import Policy, compile_problem
from upwell.policy.phrases import quality
from upwell.policy.reasons import reasons
from upwell.policy.rules import PrivateRequests
from upwell.sheets.people import People, Topic

TODAY = date(2026, 1, 31)
MENTORS, MENTEES = ("A", "B", "C"), ("X", "Y", "Z")
FIRSTS = {"A": "X", "B": "Y", "X": "A", "Y": "C"}


def make_people(choices, **columns):
    """Three mentors, then three mentees; rankings as a person would write them."""
    ids = (*MENTORS, *MENTEES)
    column = [choices.get(person, "") for person in ids]
    tiers = tuple(tuple(tuple(tier.split("=")) for tier in text.split()) for text in column)
    roles = ("mentor",) * 3 + ("mentee",) * 3
    return People(**{"ids": ids, "names": ids, "roles": roles, "ranked": tiers} | columns)


def compiled(people, ranking=16, **pairs):
    values = {"rules": {"level_gap": 0}, "preferences": {"ranking": ranking}, "pairs": pairs}
    return compile_problem(Policy.from_values(values), people)


def points(found):
    """The ranking's points by the ids of the two."""
    [ranking] = [c for c in found.problem.criteria if isinstance(c, Listed)]
    pairs = [MENTORS[i] + MENTEES[j] for i, j in ranking.pairs.tolist()]
    return dict(zip(pairs, ranking.points.tolist(), strict=True))


def pins(people, **pairs):
    found = compiled(people, **pairs).problem
    return [found.mentors[i] + found.mentees[j] for i, j in found.pins.tolist()]


def test_each_side_gives_half_and_less_for_each_later_choice():
    people = make_people({"A": "X Y Z", "X": "B A=C"})

    found = points(compiled(people))

    assert found == {"AX": 80 + 70, "AY": 70, "AZ": 60, "BX": 80, "CX": 70}


def test_the_ninth_choice_and_later_ones_earn_nothing():
    ids = ("A", *(f"M{number}" for number in range(10)))
    ranked = tuple((person,) for person in ids[1:])
    people = People(
        ids=ids, names=ids, roles=("mentor",) + ("mentee",) * 10, ranked=(ranked,) + ((),) * 10
    )

    [ranking] = compiled(people, ranking=3).problem.criteria

    assert ranking.points.tolist() == [15, 13, 11, 9, 7, 5, 3, 1]
    assert ranking.is_private


def test_two_first_choices_reach_the_full_score():
    found = compiled(make_people({"A": "X", "X": "A"}))

    assert (points(found), found.full_score) == ({"AX": 160}, 160)


def test_what_others_rank_changes_no_full_score():
    topics = {
        "offered": ((Topic("Law", 3),),) * 3 + ((),) * 3,
        "wanted": ((),) * 3 + ((Topic("Law", 3),),) * 3,
    }

    plain = compiled(make_people({}, **topics | {"ranked": None}))
    ranked = compiled(make_people({"A": "X", "X": "A"}, **topics))

    assert plain.full_score == ranked.full_score == 500
    assert quality(350, plain) == quality(350, ranked) == "strong"


def test_people_of_ones_own_side_and_of_none_are_passed_over():
    people = make_people({"A": "B nobody=A Y C=X", "X": "A Y Z"})

    found = points(compiled(people))

    assert found == {"AX": 70 + 80, "AY": 80}


def test_the_problem_has_the_rankings_of_both_sides():
    people = make_people({"A": "X Y=Z", "Y": "C"})

    found = compiled(people, ranking=0).problem.rankings

    assert [(one.side, one.pairs.tolist(), one.ranks.tolist()) for one in found] == [
        ("mentor", [[0, 0], [0, 1], [0, 2]], [1, 2, 2]),
        ("mentee", [[2, 1]], [1]),
    ]


@pytest.mark.parametrize("ranked", [None, ((),) * 6], ids=["no column", "an empty one"])
def test_where_nobody_is_ranked_it_is_not_used(ranked):
    people = make_people({}, ranked=ranked, units=("S", "T", "S", "T", "S", "T"))

    found = compiled(people)

    assert [criterion.code for criterion in found.problem.criteria] == ["unit"]
    assert "ranking" in found.not_used


def test_without_a_column_only_the_terms_tell_of_a_ranking():
    people = make_people({}, ranked=None)

    problems = [compiled(people, weight).problem for weight in (3, 0)]

    first, second = ([name for name, _arrays in problem.parts()] for problem in problems)
    assert [name for name in first if name not in second] == [["terms", problems[0].terms]]
    assert len(first) == len(second)


def test_without_being_asked_for_no_pair_of_first_choices_is_laid_down():
    assert pins(make_people(FIRSTS)) == []


def test_two_who_rank_each_other_first_are_a_pair():
    assert pins(make_people(FIRSTS), mutual_first=True) == ["AX"]


def test_the_open_problem_demands_no_pair_that_was_kept_apart_in_private():
    people = make_people(FIRSTS | {"B": "Z", "Z": "B"})
    values = {"rules": {"level_gap": 0}, "pairs": {"mutual_first": True, "pin": [["C", "Y"]]}}
    policy = Policy.from_values(values)
    private = PrivateRequests((("A", "X"),), "salt")

    asked, nobody = (
        compile_problem(policy, people, one) for one in (private, PrivateRequests((), "other"))
    )

    assert asked.problem.pins.tolist() == [[1, 2], [2, 1]]
    assert nobody.problem.pins.tolist() == [[0, 0], [1, 2], [2, 1]]
    assert asked.opened().pins.tolist() == [[2, 1]]
    assert asked.stated(TODAY) == nobody.stated(TODAY)


def test_a_rule_keeps_two_first_choices_apart():
    people = make_people(FIRSTS | {"B": "Z Y", "Z": "B"})

    found = pins(people, mutual_first=True, keep_apart=[["X", "A"]])

    assert found == ["BZ"]


def test_the_policys_own_pins_come_first():
    assert pins(make_people(FIRSTS), mutual_first=True, pin=[["B", "X"]]) == ["BX"]
    assert pins(make_people(FIRSTS), mutual_first=True, pin=[["A", "X"]]) == ["AX"]


@pytest.mark.parametrize(
    ("places", "found"), [(1, ["AX", "BY"]), (2, ["AX", "AY", "BY", "CX"]), (0, ["BY", "CX"])]
)
def test_of_equal_first_choices_each_is_taken_while_both_have_places(places, found):
    ranked = {"A": "X=Y", "B": "Y", "C": "X", "X": "A=C", "Y": "A=B"}
    people = make_people(ranked, capacities=(places, 1, 1, 1 + (places > 1), 1 + (places > 1), 1))

    assert pins(people, mutual_first=True) == found


def test_the_order_of_the_table_does_not_matter():
    people = make_people({"A": "X=Y", "B": "X=Y", "X": "B=A", "Y": "A=B"})
    columns = {name: getattr(people, name)[::-1] for name in ("ids", "names", "roles", "ranked")}

    first, second = (
        compiled(one, mutual_first=True) for one in (people, replace(people, **columns))
    )

    assert first.problem.digest() == second.problem.digest()
    assert len(first.problem.pins) == 2


def test_without_rankings_nobody_is_anybodys_first_choice():
    assert pins(make_people({}, ranked=None), mutual_first=True) == []


def test_whom_somebody_ranked_changes_nothing_that_is_said_of_a_pair():
    columns = {
        "units": ("S", "S", "S", "T", "S", "T"),
        "regions": ("E", "W") * 3,
        "levels": ("Low", "Middle", "Low", "High", "Top", "High"),
        "level_order": ("Low", "Middle", "High", "Top"),
    }
    ranked, not_ranked = (
        compiled(make_people(wishes, **columns)) for wishes in ({"A": "X", "X": "A"}, {})
    )

    assert reasons(ranked, 0, 0) == reasons(not_ranked, 0, 0) != []
