"""Ten thousand problems, some spoiled: each is refused by the name of a part, or solved and proven.

The solver's native code runs in the process of the tests, so that a crash there would end them.
"""

import itertools
from random import Random

import numpy as np
import pytest

from tests.problems import make_ids
from upwell.matching.blocking import blocking_pairs
from upwell.matching.criteria import (
    FORBIDDEN,
    MATRIX_FORBIDDEN,
    MATRIX_LIMIT,
    RANK_LIMIT,
    SOFT_LIMIT,
    Affinity,
    Exclusion,
    Listed,
    Matrix,
    Ranking,
    Table,
)
from upwell.matching.problem import CAPACITY_LIMIT, Problem
from upwell.matching.solve import solve
from upwell.matching.verification import verify

RUNS, CASES = 20, 500

NOT_INTEGERS = [np.nan, np.inf, -np.inf, 1.5, 3.0, "7", "", None, b"7", 1j, {}]
BEYOND_INT64 = [2**63, 2**64 - 2**60, 2**64 - 1, 2**70, -(2**63) - 1, -(2**70)]
LARGE = [-(2**63), 2**63 - 1, 2**32, -(2**32), 2**62, 2**53 + 1, 10**9, -(10**9)]
LIMITS = [MATRIX_LIMIT, SOFT_LIMIT, RANK_LIMIT, CAPACITY_LIMIT, FORBIDDEN, MATRIX_FORBIDDEN]
BESIDE = [sign * abs(limit) + step for limit in LIMITS for sign in (1, -1) for step in (-1, 0, 1)]
LEAVES = [NOT_INTEGERS, BEYOND_INT64, LARGE, BESIDE, [-1, 0, 1, 2, 3, 5]]
IDS = ["", 5, None, np.nan, b"a", ["a"], ("a", "b"), True]
WHOLE = [None, 7, 1.5, "abc", b"", {}, set(), [[]], [], [[[]]], np.zeros((0, 5)), np.zeros(3, bool)]
TYPES = [np.uint64, np.uint8, np.int8, np.int32, np.float32, np.float64, bool, object, str]


def make_parts(random):
    """Everything a valid problem is made of, as plain lists, by the name that an error gives it."""
    n, m = (random.randint(1, 4) if random.random() < 0.95 else 0 for _ in range(2))
    parts = {
        "mentors": make_ids("a", n),
        "mentees": make_ids("b", m),
        "topics.mentors": grid(random, n, 2, 0, 3),
        "topics.mentees": grid(random, m, 2, -4, 9),
        "unit.mentor_class": row(random, n, 0, 1),
        "unit.mentee_class": row(random, m, 0, 2),
        "unit.scores": grid(random, 2, 3, -9, 9, rule=FORBIDDEN),
        "wish.pairs": some_pairs(random, n, m),
        "line.pairs": some_pairs(random, n, m),
        "mentor_capacity": row(random, n, *random.choice([(0, 1), (1, 1), (1, 3)])),
        "mentee_capacity": row(random, m, *random.choice([(0, 1), (1, 1), (1, 3)])),
        "sides": random.choice([[], ["mentor"], ["mentee"], ["mentee", "mentor"]]),
    }
    if random.random() < 0.4:
        parts["fit.scores"] = grid(random, n, m, -50, 50, rule=MATRIX_FORBIDDEN)
    for place, side in enumerate(parts["sides"]):
        pairs = some_pairs(random, n, m)
        parts[f"ranking of the {side}s.{place}"] = pairs
        parts[f"ranking of the {side}s.{place}, ranks"] = row(random, len(pairs), 1, 3)
    parts["wish.points"] = row(random, len(parts["wish.pairs"]), -20, 20)
    could = [
        pair
        for pair in itertools.product(range(n), range(m))
        if score(parts, *pair) is not None and has_seats(parts, *pair)
    ]
    parts["pins"] = could[:1] if random.random() < 0.4 else []
    return parts


def row(random, length, low, high):
    return [random.randint(low, high) for _ in range(length)]


def grid(random, height, width, low, high, *, rule=0):
    """Rows of numbers, one in ten of them a rule; an array where lists could not say how wide."""
    rows = [row(random, width, low, high) for _ in range(height)]
    ruled = [[rule if rule and random.random() < 0.1 else value for value in r] for r in rows]
    return ruled or np.zeros((0, width), int)


def some_pairs(random, n, m):
    return [pair for pair in itertools.product(range(n), range(m)) if random.random() < 0.2]


def has_seats(parts, i, j):
    return parts["mentor_capacity"][i] > 0 and parts["mentee_capacity"][j] > 0


def make_from(parts):
    criteria = [
        Affinity("topics", parts["topics.mentors"], parts["topics.mentees"]),
        Table("unit", *(parts[f"unit.{n}"] for n in ("mentor_class", "mentee_class", "scores"))),
        Listed("wish", parts["wish.pairs"], parts["wish.points"]),
    ]
    if "fit.scores" in parts:
        criteria.append(Matrix("fit", parts["fit.scores"]))
    rankings = [value for name, value in parts.items() if name.startswith("ranking")]
    both = zip(rankings[::2], rankings[1::2], strict=True)
    return Problem(
        parts["mentors"],
        parts["mentees"],
        criteria,
        exclusions=[Exclusion("line", parts["line.pairs"])],
        rankings=[Ranking(side, *r) for side, r in zip(parts["sides"], both, strict=True)],
        **{name: parts[name] for name in ("pins", "mentor_capacity", "mentee_capacity")},
    )


def made_or_refused(parts):
    """A problem, or None and why there is none; any other exception ends the test."""
    try:
        return make_from(parts), ""
    except ValueError as error:
        return None, str(error)


def score(parts, i, j):
    """The score of a pair by plain arithmetic, None if it is forbidden; lists or arrays of them."""
    rows, columns = parts["topics.mentors"], parts["topics.mentees"]
    by_unit = parts["unit.scores"][parts["unit.mentor_class"][i]][parts["unit.mentee_class"][j]]
    fit = parts["fit.scores"][i][j] if "fit.scores" in parts else 0
    is_listed = (i, j) in {(int(a), int(b)) for a, b in parts["line.pairs"]}
    if is_listed or by_unit == FORBIDDEN or fit == MATRIX_FORBIDDEN:
        return None
    wishes = zip(parts["wish.pairs"], parts.get("wish.points", ()), strict=False)
    wished = sum(int(points) for (a, b), points in wishes if (a, b) == (i, j))
    topics = sum(int(a) * int(b) for a, b in zip(rows[i], columns[j], strict=True))
    return topics + int(by_unit) + int(fit) + wished


def spoil(random, parts):
    """Change up to three parts at random; return their names. Some changes do no harm."""
    changed = random.sample(sorted(parts), random.choice([0, 1, 1, 1, 2, 2, 3]))
    for name in changed:
        value = parts[name].tolist() if isinstance(parts[name], np.ndarray) else parts[name]
        ways = [spoiled_ids] if name in ("mentors", "mentees") else WAYS
        ways = [spoiled_sides] if name == "sides" else ways
        parts[name] = random.choice(ways)(random, value)
    return changed


def spoiled_ids(random, ids):
    new = random.choice([*IDS, *ids[:1]])
    return [*ids[:-1], new] if ids and random.random() < 0.5 else [*ids, *ids[:1]]


def spoiled_sides(random, sides):
    return [random.choice(["mentor", "mentee", "boss", "", None, 3]) for _ in sides]


def other_leaf(random, value):
    """One number replaced by something else."""
    if not isinstance(value, list | tuple):
        return random.choice(random.choice(LEAVES))
    at = random.randrange(len(value)) if value else 0
    return [other_leaf(random, v) if k == at else v for k, v in enumerate(value)]


def all_leaves(random, value, new=None):
    """All numbers replaced by one: capacity 0 for everyone, everything forbidden."""
    new = random.choice([0, 0, FORBIDDEN, MATRIX_FORBIDDEN, 1_000]) if new is None else new
    return [all_leaves(random, v, new) for v in value] if isinstance(value, list | tuple) else new


def other_length(random, value):
    return random.choice([value[:-1], [*value, *value[-1:]], value * 2, [value], value[:1]])


def ragged(random, value):
    return [[1, 2, 3, 4, 5], *value[1:], random.choice([[], [1], 1])]


def other_type(random, value):
    return np.array(value, np.int64).astype(random.choice(TYPES))


def other_whole(random, value):
    return random.choice(WHOLE)


def another_pair(random, value):
    return [*value, random.choice([(0, 0), (0, 1), (1, 0), (3, 3), (0, 9), (-1, 0), (2**40, 0)])]


WAYS = [other_leaf, other_leaf, all_leaves, other_length, ragged, other_type, other_whole]
WAYS += [another_pair]


def words_of(name):
    """What an error says that is about a part."""
    if name in ("topics", "unit", "wish"):
        return [name, "the criteria add up"]
    if name == "sides" or name.startswith("ranking"):
        return ["ranking"]
    return [
        name,
        *{"pins": ["pin of", "pins for"]}.get(name, ["seats"] * name.endswith("capacity")),
    ]


def is_named(changed, message):
    names = {name.split(".")[0] for name in changed}
    return any(word in message for name in names for word in words_of(name))


def is_right(parts, problem, objective):
    """Whether a result is proven, and its pairs, scores and count of allowed pairs are the parts'.

    The plain lists are what was asked for, whatever became of them in the problem.
    """
    result = solve(problem, objective=objective)
    verdict = verify(problem, result.pairs, result.certificate)
    every = itertools.product(range(len(problem.mentors)), range(len(problem.mentees)))
    known = {pair: score(parts, *pair) for pair in every}
    allowed = [pair for pair, value in known.items() if value is not None]
    made = [(i, j) for i, j in result.pairs.tolist()]
    return (
        (verdict.is_optimal if objective != "stable" else not blocking_pairs(problem, result.pairs))
        and not verdict.faults
        and (verdict.value, verdict.bound) == (result.value, result.bound)
        and set(map(tuple, parts["pins"])) <= set(made) <= set(allowed)
        and result.scores.tolist() == [known[pair] for pair in made]
        and verdict.allowed_pairs == result.survey.allowed_pairs == len(allowed)
    )


@pytest.mark.parametrize("seed", range(RUNS))
def test_a_spoiled_problem_is_refused_by_name_or_solved_and_proven(seed):
    random, refused = Random(seed), 0
    for _ in range(CASES):
        parts = make_parts(random)
        changed = spoil(random, parts)
        objective = random.choice(["total", "fair", "stable"])

        problem, message = made_or_refused(parts)

        if problem is None:
            assert is_named(changed, message), (changed, message)
            refused += 1
        else:
            assert is_right(parts, problem, objective), (changed, parts)
    assert CASES // 5 < refused < CASES - CASES // 5
