"""Two people who could both mentor each other are paired one way at most."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from tests.matching.oracles import best_by_scipy, dense
from upwell.matching.solve import solve
from upwell.policy import Policy, PolicyError, compile_problem, directions
from upwell.policy.phrases import rule_names
from upwell.sheets.people import People, Topic

LEVELS = ("Low", "High")


def make_people(random, size):
    """People most of whom are on both sides, some without a level, with topics of their own."""

    def topics():
        names = random.permutation(["AI", "Podcasts", "Gaming"])[: random.integers(0, 3)]
        return tuple(Topic(str(name), int(random.integers(1, 4))) for name in names)

    ids = tuple(f"E{number:03}" for number in random.permutation(size))
    return People(
        ids=ids,
        names=ids,
        levels=tuple(random.choice(["", *LEVELS], size, p=[0.2, 0.5, 0.3]).tolist()),
        level_order=LEVELS,
        roles=tuple(random.choice(["both", "mentor", "mentee"], size, p=[0.8, 0.1, 0.1]).tolist()),
        offered=tuple(topics() for _ in ids),
        wanted=tuple(topics() for _ in ids),
    )


def make_policy(gap, **pairs):
    return Policy.from_values({"rules": {"level_gap": gap, "unit": "any"}, "pairs": pairs})


def height(people, person):
    level = people.levels[people.row_of[person]]
    return LEVELS.index(level) if level else None


def may(people, gap, mentor, mentee):
    """Whether levels let one mentor the other."""
    low, high = height(people, mentor), height(people, mentee)
    return low is None or high is None or high - low >= gap


def points(people, mentor, mentee):
    """Points of the preference for topics, as it is by default."""
    offer = {t.name: t.strength for t in people.offered[people.row_of[mentor]]}
    wish = {t.name: t.strength for t in people.wanted[people.row_of[mentee]]}
    whole, weight = 3 * sum(wish.values()), Policy().preferences.topics
    return sum(offer.get(t, 0) * (10 * weight * s // whole) for t, s in wish.items())


def ahead(ring, one, other):
    """How many steps it is from one to the other."""
    return (ring.index(other) - ring.index(one)) % len(ring)


def who_mentors(people, ring, one, other):
    """The documented rule, for two who could mentor each other; ``one`` has the earlier id."""
    more = points(people, one, other) - points(people, other, one)
    if more:
        return one if more > 0 else other
    return one if ahead(ring, one, other) <= ahead(ring, other, one) else other


def ways(problem):
    """Who may mentor whom, by id."""
    _scores, allowed = dense(problem)
    return {(problem.mentors[i], problem.mentees[j]) for i, j in np.argwhere(allowed).tolist()}


def both_ways(pairs):
    return [(a, b) for a, b in pairs if (b, a) in pairs]


def free_ways(people, gap):
    """Who could mentor whom but for this rule."""
    sides = [
        {i for i, role in zip(people.ids, people.roles, strict=True) if role in {side, "both"}}
        for side in ("mentor", "mentee")
    ]
    ring = sorted(sides[0] & sides[1])
    return ring, {(a, b) for a in sides[0] for b in sides[1] if a != b and may(people, gap, a, b)}


@pytest.fixture
def many(monkeypatch):
    """Few people are treated like so many that levels and ids alone decide."""
    monkeypatch.setattr(directions, "MOST_COUPLES", -1)
    monkeypatch.setattr(directions, "PARTS", 5)


@pytest.mark.parametrize("seed", range(20))
def test_of_two_who_could_mentor_each_other_the_documented_one_does(seed):
    random = np.random.default_rng(seed)
    people, gap = make_people(random, 12), seed % 2
    ring, free = free_ways(people, gap)
    lost = set()
    for one, other in combinations(ring, 2):
        if {(one, other), (other, one)} <= free:
            mentor = who_mentors(people, ring, one, other)
            lost.add((other, one) if mentor == one else (one, other))

    compiled = compile_problem(make_policy(gap), people)

    assert lost or gap
    assert ways(compiled.problem) == free - lost


@pytest.mark.parametrize("seed", range(20))
def test_of_two_among_many_just_one_mentors_the_other(many, seed):
    random = np.random.default_rng(seed)
    people, gap = make_people(random, 25), seed % 2
    _ring, free = free_ways(people, gap)

    found = ways(compile_problem(make_policy(gap), people).problem)

    assert both_ways(found) == []
    assert found | {(b, a) for a, b in found if (b, a) in free} == free
    assert ways(compile_problem(make_policy(gap), people).problem) == found


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("objective", ["total", "fair", "stable"])
def test_no_result_has_a_pair_both_ways(seed, objective):
    random = np.random.default_rng(100 + seed)
    problem = compile_problem(make_policy(0), make_people(random, 9)).problem
    scores, allowed = dense(problem)

    result = solve(problem, objective=objective)

    made = {(problem.mentors[i], problem.mentees[j]) for i, j in result.pairs.tolist()}
    best = best_by_scipy(scores, allowed, problem.mentor_capacity)
    assert both_ways(made) == []
    assert objective != "total" or (len(made), result.value) == best


def make_peers(**columns):
    return People(ids=("A", "B"), names=("A", "B"), roles=("both", "both"), **columns)


def test_whoever_offers_what_the_other_wants_is_the_mentor():
    topic = (Topic("AI", 3),)
    people = make_peers(offered=((), topic), wanted=(topic, topic))

    problem = compile_problem(make_policy(0), people).problem

    assert ways(problem) == {("B", "A")}
    assert problem.rules_between(0, 1) == ("one_way",)
    assert rule_names(["one_way"]) == ["only one of two people mentors the other"]


def test_a_pin_says_who_is_the_mentor():
    problem = compile_problem(make_policy(0, pin=[["B", "A"]]), make_peers()).problem

    assert problem.pins.tolist() == [[1, 0]]
    assert problem.rules_between(0, 1) == ("one_way",)


def test_pins_both_ways_are_refused():
    with pytest.raises(PolicyError, match="pin"):
        compile_problem(make_policy(0, pin=[["A", "B"], ["B", "A"]]), make_peers())


@pytest.mark.parametrize("seed", range(20))
def test_among_many_pins_say_who_is_the_mentor_and_all_else_is_as_before(many, seed):
    random = np.random.default_rng(seed)
    people, gap = make_people(random, 25), seed % 2
    people = replace(people, capacities=(9,) * 25)
    ring, free = free_ways(people, gap)
    swapped = [(a, b) for a, b in sorted(free) if (b, a) in free and a in ring and b in ring]
    before = ways(compile_problem(make_policy(gap), people).problem)
    lost = [way for way in swapped if way not in before]
    pins = [lost[at] for at in random.permutation(len(lost))[:4]]

    problem = compile_problem(make_policy(gap, pin=[list(pin) for pin in pins]), people).problem

    assert len(problem.pins) == 4
    assert ways(problem.with_pins([])) == (before | set(pins)) - {(b, a) for a, b in pins}


@pytest.mark.parametrize("way", ["few", "many"])
def test_whoever_alone_has_a_seat_left_is_the_mentor(way, request):
    """A's one seat for a mentee is taken by Z, so that B mentors A."""
    if way == "many":
        request.getfixturevalue("many")
    people = People(ids=("A", "B", "Z"), names=("A", "B", "Z"), roles=("both", "both", "mentee"))

    result = solve(compile_problem(make_policy(0, pin=[["A", "Z"]]), people).problem)

    assert len(result.pairs) == 2


def test_a_way_without_a_seat_is_excluded():
    people = People(ids=("A", "B", "Z"), names=("A", "B", "Z"), roles=("both", "both", "mentee"))

    problem = compile_problem(make_policy(0, pin=[["A", "Z"]]), people).problem

    assert problem.rules_between(0, 1) == ("one_way",)


@pytest.mark.parametrize("way", ["few", "many"])
def test_where_a_line_excludes_one_way_the_other_is_left(way, request):
    """A may mentor B three steps up, but B must not mentor A, whatever they offer."""
    if way == "many":
        request.getfixturevalue("many")
    ids = ("A", "B", "M", "N")
    topic = (Topic("AI", 3),)
    for low, high in (("A", "B"), ("B", "A")):
        managers = {low: "M", "M": "N", "N": high, high: ""}
        people = People(
            ids=ids,
            names=ids,
            roles=("both", "both", "none", "none"),
            managers=tuple(managers[one] for one in ids),
            offered=tuple(topic if one == high else () for one in ids),
            wanted=tuple(topic if one == low else () for one in ids),
        )
        rules = {"level_gap": 0, "unit": "any", "reporting_lines": "distance"}
        policy = Policy.from_values({"rules": {**rules, "reporting_distance": 2}})

        assert ways(compile_problem(policy, people).problem) == {(low, high)}


@pytest.mark.parametrize("way", ["few", "many"])
def test_pairs_that_stood_stay_possible_as_they_were(way, request):
    if way == "many":
        request.getfixturevalue("many")
    ids = ("A", "B", "C")
    people = People(ids=ids, names=ids, roles=("both",) * 3)
    before = ways(compile_problem(make_policy(0), people).problem)
    turned = {(b, a) for a, b in before}

    assert ways(compile_problem(make_policy(0), people, stood=sorted(turned)).problem) == turned


def test_a_pin_outdoes_a_pair_that_stood():
    policy = make_policy(0, pin=[["B", "A"]])

    problem = compile_problem(policy, make_peers(), stood=[("A", "B")]).problem

    assert problem.pins.tolist() == [[1, 0]]


def test_nothing_is_listed_where_the_level_gap_tells_who_is_the_mentor():
    people = make_peers(levels=("Low", "High"), level_order=LEVELS)

    problem = compile_problem(make_policy(1), people).problem

    assert ways(problem) == {("A", "B")}
    assert problem.rules_between(1, 0) == ("level_gap",)
