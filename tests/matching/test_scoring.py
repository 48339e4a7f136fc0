import numpy as np
import pytest

from tests.matching.oracles import dense
from tests.problems import make_feature_problem, make_problem, make_random_matrix
from upwell.matching import scoring
from upwell.matching.criteria import SOFT_LIMIT
from upwell.matching.scoring import Scorer, ranges


@pytest.fixture(autouse=True)
def low_blocks(monkeypatch):
    monkeypatch.setattr(scoring, "BLOCK_CELLS", 64)


def joined(scorer, *prices):
    """All blocks as one matrix, and which pairs they allow."""
    blocks = [block.astype(np.int64) for _, block in scorer.blocks(*prices)]
    scores = np.concatenate(blocks) if blocks else np.zeros(scorer.shape, np.int64)
    return scores, scores > scorer.lowest


def make_any(random):
    if random.random() < 0.5:
        lists = random.integers(0, 3)
        return make_feature_problem(random, *random.integers(1, 30, 2), lists=lists)
    return make_problem(*make_random_matrix(random, largest=20))


@pytest.mark.parametrize("seed", range(20))
def test_blocks_hold_the_scores_by_definition(seed):
    problem = make_any(np.random.default_rng(seed))
    scores, allowed = dense(problem)

    found, is_allowed = joined(Scorer.of(problem))

    assert np.array_equal(is_allowed, allowed)
    assert np.array_equal(found[allowed], scores[allowed])


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("size", [100, SOFT_LIMIT, 2**40])
def test_prices_are_taken_off_exactly_and_never_allow_a_pair(seed, size):
    random = np.random.default_rng(seed)
    problem = make_any(random)
    scores, allowed = dense(problem)
    rows, columns = (random.integers(-size, size, length) for length in scores.shape)
    columns = np.abs(columns)

    found, _ = joined(Scorer.of(problem), rows, columns)

    assert np.array_equal(found[allowed], (scores - rows[:, None] - columns)[allowed])
    assert np.all(found[~allowed] < found[allowed].min(initial=0))


@pytest.mark.parametrize("seed", range(20))
def test_some_rows_and_columns_have_the_scores_of_the_whole(seed):
    random = np.random.default_rng(seed)
    scorer = Scorer.of(make_any(random))
    n, m = scorer.shape
    rows = np.flatnonzero(random.random(n) < 0.5)
    columns = np.flatnonzero(random.random(m) < 0.5)

    part = joined(scorer.take(rows, columns))

    for found, whole in zip(part, joined(scorer), strict=True):
        assert np.array_equal(found, whole[np.ix_(rows, columns)])


@pytest.mark.parametrize("seed", range(20))
def test_transposed_swaps_rows_and_columns_and_their_prices(seed):
    random = np.random.default_rng(seed)
    scorer = Scorer.of(make_any(random))
    prices = [random.integers(0, 50, length) for length in scorer.shape]

    found, _ = joined(scorer.transposed(), prices[1], prices[0])

    assert np.array_equal(found.T, joined(scorer, *prices)[0])


@pytest.mark.parametrize("seed", range(10))
def test_scores_of_single_pairs_are_those_of_the_blocks(seed):
    random = np.random.default_rng(seed)
    problem = make_any(random)
    scores, allowed = dense(problem)
    rows, columns = np.nonzero(allowed)

    found = Scorer.of(problem).scores_at(rows, columns)

    assert np.array_equal(found, scores[allowed])


def test_ranges_counts_up_from_every_start():
    assert ranges(np.array([5, 0, 9]), np.array([2, 0, 3])).tolist() == [5, 6, 9, 10, 11]
