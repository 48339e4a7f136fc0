import numpy as np
import pytest

from tests.matching.oracles import milp_in_turn, permutations
from tests.problems import make_feature_problem, make_problem, make_random_matrix
from upwell.matching import candidates, closing, keeping, ladder, pricing
from upwell.matching.certificate import Counts
from upwell.matching.criteria import Exclusion
from upwell.matching.repair import carried, kept_pairs, repair
from upwell.matching.solve import solve


@pytest.fixture
def by_prices(monkeypatch):
    """Treat small problems like large ones: of all pairs, few are looked at, found by prices."""
    for module, name, value in (
        (pricing, "SMALL", 4),
        (ladder, "SMALL", 4),
        (candidates, "TYPICAL", 2),
        (candidates, "FEWEST", 1),
        (candidates, "MOST", 3),
        (candidates, "NEW_PER_ROW", 2),
    ):
        monkeypatch.setattr(module, name, value)


def every_way(scores, allowed, previous):
    """Of all ways to pair as many as they can: pairs, total and moved pairs, one row each.

    A way that leaves a possible pair out is never better, whatever the most moved pairs are.
    """
    n, m = scores.shape
    size = max(n, m)
    fits, points, stood = np.zeros((3, size, size), np.int64)
    fits[:n, :m], points[:n, :m] = allowed, np.where(allowed, scores, 0)
    stood[tuple(previous.T)] = 1
    columns = permutations(size)
    parts = [part[np.arange(size), columns].sum(axis=1) for part in (fits, points, stood)]
    return np.column_stack([parts[0], parts[1], len(previous) - parts[2]])


def best_way(ways, limit):
    """The most pairs, and then the best total, with at most so many moved."""
    few = ways[ways[:, 2] <= limit]
    return max(map(tuple, few[:, :2].tolist()))


def some_pairs(random, allowed, rows=None, columns=None):
    """Pairs that stood: any that are possible together."""
    free = [
        np.ones(length, int) if seats is None else seats.copy()
        for length, seats in zip(allowed.shape, (rows, columns), strict=True)
    ]
    pairs = []
    for i, j in random.permutation(np.argwhere(allowed)):
        if free[0][i] and free[1][j] and random.random() < 0.8:
            free[0][i], free[1][j] = free[0][i] - 1, free[1][j] - 1
            pairs.append((i, j))
    return np.array(pairs, int).reshape(-1, 2)


def holds(option, best_counts, best_total):
    """Whether what an option says of itself is so, where this is the best within its limit."""
    if option.is_exact:
        return (option.counts, option.value) == (best_counts, best_total)
    if ranked(option.counts) == ranked(best_counts):
        return option.value <= best_total <= option.bound
    return ranked(option.counts) < ranked(best_counts) and (
        best_counts.mentees <= option.most.mentees and best_counts.pairs <= option.most.pairs
    )


def ranked(counts):
    return counts.mentees, counts.mentors, counts.pairs


def check(random, largest, **options):
    """Repair one random problem, compare every option with all ways, and return the chosen one."""
    scores, allowed = make_random_matrix(random, largest=largest)
    previous = some_pairs(random, allowed)
    ways = every_way(scores, allowed, previous)
    limit = random.integers(0, len(previous) + 1)

    found = repair(make_problem(scores, allowed), previous, max_moved=limit, **options)

    assert found.chosen.moved <= limit
    for option in (*found.options, found.chosen):
        pairs, total = best_way(ways, option.limit)
        assert holds(option, ladder.even(pairs), total)
    return found.chosen, found.options[-1], best_way(ways, len(previous))


@pytest.mark.parametrize("seed", range(10))
def test_equals_brute_force(seed):
    random = np.random.default_rng(seed)

    for number in range(100):
        chosen, last, best = check(random, largest=5 + number % 2)

        assert chosen.is_exact
        assert (last.counts.pairs, last.value) == best


def test_large_problems_are_bounded_as_truly_as_small_ones(by_prices):
    random = np.random.default_rng(1)

    exact = [check(random, largest=6)[0].is_exact for _ in range(60)]

    assert sum(exact) > 50


def test_what_no_program_closed_has_a_gap_that_is_true(monkeypatch):
    monkeypatch.setattr(closing, "NODES", 0)
    monkeypatch.setattr(ladder, "LIMIT", 0)
    random = np.random.default_rng(2)

    exact = [check(random, largest=6, curve=1)[0].is_exact for _ in range(100)]

    assert 50 < sum(exact) < 100


def test_stopped_it_keeps_to_the_limit_and_bounds_what_it_has(by_prices):
    random = np.random.default_rng(3)

    for _ in range(25):
        check(random, largest=6, should_stop=lambda: True)


@pytest.mark.parametrize("seed", range(4))
def test_equals_integer_programs_with_seats_on_both_sides(seed):
    random = np.random.default_rng(seed)
    for _ in range(10):
        scores, allowed = make_random_matrix(random, largest=6)
        seats = [random.integers(0, 4, length) for length in scores.shape]
        previous = some_pairs(random, allowed, *seats)
        problem = make_problem(scores, allowed, mentor_capacity=seats[0], mentee_capacity=seats[1])
        limit = random.integers(0, len(previous) + 1)

        found = repair(problem, previous, max_moved=limit)

        assert found.chosen.is_exact
        for option in (*found.options, found.chosen):
            _, total, made = milp_in_turn(
                scores, allowed, *seats, stood=previous, moved=option.limit
            )
            assert holds(option, Counts.of(np.argwhere(made)), total)


STAIR = np.array([[1, 1, 0], [0, 1, 1], [1, 0, 0]], bool)
"""The third mentor finds a place only if both pairs of the first two change."""


@pytest.mark.parametrize(("limit", "moved", "pairs"), [(0, 0, 2), (1, 0, 2), (2, 2, 3), (9, 2, 3)])
def test_with_few_changes_fewer_people_may_be_placed(limit, moved, pairs):
    problem = make_problem(np.ones((3, 3), int), STAIR)

    chosen = repair(problem, [[0, 0], [1, 1]], max_moved=limit).chosen

    assert (chosen.moved, chosen.counts.pairs, chosen.is_exact) == (moved, pairs, True)


def test_not_told_how_many_it_moves_the_fewest_that_place_the_most():
    scores = np.array([[1, 1, 0, 9], [0, 1, 1, 9], [1, 0, 0, 0]])
    allowed = np.column_stack([STAIR, [False] * 3])

    found = repair(make_problem(scores, allowed), [[0, 0], [1, 1]])

    assert (found.chosen.moved, found.chosen.limit) == (2, 2)
    assert [(option.moved, option.counts.pairs) for option in found.options] == [(0, 2), (2, 3)]


def test_frozen_pairs_and_pins_stay_and_count_as_no_move():
    problem = make_problem([[1, 9, 0], [9, 1, 0], [0, 0, 1]], pins=[[2, 2]])

    found = repair(problem, [[0, 0], [1, 1], [2, 2]], frozen=[[0, 0]], max_moved=9)

    assert found.chosen.pairs.tolist() == [[0, 0], [1, 1], [2, 2]]
    assert found.standing.tolist() == [[1, 1]]
    assert (found.chosen.moved, found.chosen.value, found.chosen.bound) == (0, 3, 3)


def test_pairs_are_lost_to_leavers_rules_and_seats():
    apart = Exclusion("block", [[1, 1]], is_private=True)
    problem = make_problem(np.ones((4, 4), int), exclusions=[apart], mentee_capacity=[1, 1, 0, 1])
    stood = [("a0", "b0"), ("a1", "b1"), ("a2", "b2"), ("gone", "b3"), ("a3", "b0")]

    kept, lost = kept_pairs(problem, stood)

    assert kept.tolist() == [[0, 0]]
    assert lost == tuple(stood[1:])


def test_a_pin_takes_its_seat_before_pairs_that_stood():
    problem = make_problem(np.ones((2, 2), int), pins=[[1, 1]])

    kept, lost = kept_pairs(problem, [("a0", "b1"), ("a1", "b1")])

    assert (kept.tolist(), lost) == ([[1, 1]], (("a0", "b1"),))


def test_where_seats_become_fewer_the_better_pair_stays_and_of_equals_the_first_by_id():
    scores = np.array([[3, 5, 5, 4], [7, 0, 0, 0]])
    problem = make_problem(scores, mentor_capacity=[2, 1], mentee_capacity=[1] * 4)
    stood = [("a0", "b3"), ("a0", "b2"), ("a1", "b0"), ("a0", "b0"), ("a0", "b1")]

    kept, lost = kept_pairs(problem, stood)
    again, _lost = kept_pairs(problem, stood[::-1])

    assert kept.tolist() == [[0, 2], [1, 0], [0, 1]]
    assert lost == (("a0", "b3"), ("a0", "b0"))
    assert again.tolist() == kept[::-1].tolist()


@pytest.mark.parametrize("seed", range(5))
def test_an_earlier_proof_changes_no_result(by_prices, seed):
    random = np.random.default_rng(seed)
    problem = make_feature_problem(random, 24, 20)
    before = solve(problem)
    previous = before.pairs[random.random(len(before.pairs)) < 0.7]
    start = carried(before.certificate, problem.mentees, problem)
    limit = len(previous) // 3

    first, second = (
        repair(problem, previous, max_moved=limit, start=proof, curve=1).chosen
        for proof in (None, start)
    )

    assert first.is_exact and second.is_exact
    assert (first.counts, first.value) == (second.counts, second.value)


def test_the_last_option_is_the_best_of_all():
    problem = make_feature_problem(np.random.default_rng(4), 40, 30)
    best = solve(problem)

    last = repair(problem, [], curve=4).options[-1]

    assert (last.counts, last.value, last.bound) == (best.counts, best.value, best.bound)


@pytest.mark.parametrize(
    ("previous", "options"),
    [
        ([[0, 0], [0, 1]], {}),
        ([[0, 5]], {}),
        ([[1, 1]], {}),
        ([[0, 0]], {"frozen": [[0, 1]]}),
        ([], {"max_moved": -1}),
        ([], {"curve": 0}),
    ],
)
def test_what_cannot_have_stood_or_be_asked_is_refused(previous, options):
    allowed = [[True, True], [True, False]]

    with pytest.raises(ValueError, match=r"pin|previous|curve"):
        repair(make_problem(np.ones((2, 2), int), allowed), previous, **options)


def test_scores_beyond_exact_numbers_are_refused(monkeypatch):
    monkeypatch.setattr(keeping, "COSTS", 50)
    problem = make_problem([[9, 8], [8, 1]])

    with pytest.raises(ValueError, match="too large for exact numbers"):
        repair(problem, [[0, 0], [1, 1]], max_moved=1)
