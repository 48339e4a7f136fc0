"""Topics wanted against offered, and what one more mentor with a topic would be worth."""

from dataclasses import replace

import numpy as np
import pytest

from upwell.matching.recruiting import Worth
from upwell.matching.solve import solve
from upwell.policy import Policy, compile_problem
from upwell.policy.supply import supply_and_demand
from upwell.sheets.people import People, Topic


def make_compiled(offered, wanted, policy=None, **columns):
    """Mentors with the topics that they offer, then mentees with those that they want."""
    n, m = len(offered), len(wanted)
    people = People(
        ids=tuple(f"A{i}" for i in range(n)) + tuple(f"B{i}" for i in range(m)),
        names=("",) * (n + m),
        roles=("mentor",) * n + ("mentee",) * m,
        offered=(*offered, *((),) * m),
        wanted=(*((),) * n, *wanted),
        **columns,
    )
    return compile_problem(Policy.from_values(policy or {}), people)


def supply_of(compiled, objective="total", **options):
    result = solve(compiled.problem, objective=objective)
    return {one.name: one for one in supply_and_demand(compiled, result, **options)}


def test_people_strength_and_seats_are_counted():
    compiled = make_compiled(
        offered=((Topic("AI", 3),), (Topic("ai", 1), Topic("Podcasts", 2))),
        wanted=((Topic("AI", 2),), (Topic("AI", 3),), (Topic("AI", 1),)),
        capacities=(2, 3, None, None, None),
    )

    found = supply_of(compiled)

    ai, podcasts = found["AI"], found["Podcasts"]
    assert (ai.wanted, ai.wanted_strength, ai.offered, ai.offered_strength) == (3, 6, 2, 4)
    assert (ai.seats, ai.short, ai.met) == (5, 0, 3)
    assert (podcasts.wanted, podcasts.seats, podcasts.met) == (0, 3, 0)


def test_levels_and_regions_are_of_those_who_want_or_offer_it():
    compiled = make_compiled(
        offered=((Topic("AI"),), ()),
        wanted=((Topic("AI"),), (Topic("AI"),), ()),
        levels=("Low", "Low", "VP", "SVP", "SVP"),
        level_order=("Low", "VP", "SVP"),
        regions=("EMEA", "EMEA", "APAC", "", "EMEA"),
    )

    ai = supply_of(compiled)["AI"]

    assert ai.wanted_by_level == {"SVP": 1, "VP": 1}
    assert ai.wanted_by_region == {"": 1, "APAC": 1}
    assert ai.offered_by_region == {"EMEA": 1}


def test_a_topic_that_nobody_offers_can_be_worth_the_most():
    compiled = make_compiled(
        offered=((Topic("AI", 3),), (Topic("AI", 3),)),
        wanted=((Topic("AI", 1), Topic("Podcasts", 3)), (Topic("AI", 3),)),
    )

    found = supply_of(compiled)

    assert list(found) == ["Podcasts", "AI"]
    assert found["Podcasts"].worth == Worth(mentees=0, mentors=0, pairs=0, points=252)
    assert (found["Podcasts"].short, found["AI"].worth.points) == (1, 0)


def test_where_mentors_are_short_any_topic_gives_one_more_mentee_a_mentor():
    compiled = make_compiled(
        offered=((Topic("AI", 3),),), wanted=((Topic("AI", 3),), (Topic("AI", 3),), ())
    )

    ai = supply_of(compiled)["AI"]

    assert ai.worth == Worth(mentees=1, mentors=1, pairs=1, points=498)


@pytest.mark.parametrize("objective", ["total", "fair", "stable"])
def test_one_more_mentor_is_worth_what_compiling_with_them_finds(objective):
    random = np.random.default_rng(5)
    names = ("AI", "Podcasts", "Video")

    def some(most):
        chosen = random.choice(3, random.integers(1, most + 1), replace=False)
        return tuple(Topic(names[at], int(random.integers(1, 4))) for at in sorted(chosen))

    offered, wanted = tuple(some(2) for _ in range(6)), tuple(some(3) for _ in range(6))
    before = make_compiled(offered, wanted)
    total = solve(before.problem).value

    found = supply_of(before, objective)

    for name in names:
        newcomer = (Topic(name, 3),)
        with_one = solve(make_compiled((*offered, newcomer), wanted).problem)
        assert found[name].worth == Worth(0, 0, 0, with_one.value - total)


def test_a_twin_has_neither_rank_nor_history():
    policy = {"pairs": {"keep_apart": [["A0", "B0"]]}}
    compiled = make_compiled(
        ((Topic("AI", 3),),), ((Topic("AI", 3),),), policy, ranked=((), (("A0",),))
    )

    ai = supply_of(compiled)["AI"]

    assert ai.worth == Worth(mentees=1, mentors=1, pairs=1, points=498)


def test_a_topic_is_spelled_as_most_people_do():
    compiled = make_compiled(((Topic("ai"),),), ((Topic("AI"),), (Topic("AI"),)))

    assert list(supply_of(compiled)) == ["AI"]


def test_only_so_many_topics_are_returned_as_asked():
    compiled = make_compiled(((Topic("AI"),),), ((Topic("Podcasts"),),))

    assert len(supply_of(compiled, most=1)) == 1


def test_without_topics_there_is_nothing():
    people = People(ids=("A", "B"), names=("", ""), roles=("mentor", "mentee"))

    assert supply_of(compile_problem(Policy(), people)) == {}


def test_what_is_not_proven_is_refused():
    compiled = make_compiled(((Topic("AI"),),), ((Topic("AI"),),))
    result = solve(compiled.problem)

    with pytest.raises(ValueError, match="only what is proven the best"):
        supply_and_demand(compiled, replace(result, bound=result.bound + 1))
