"""What one step of a rule would let be paired, counted and not guessed."""

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from upwell.demo.organization import generate_sides
from upwell.matching.certificate import Counts
from upwell.matching.scoring import Scorer
from upwell.matching.solve import most_of_each, solve
from upwell.policy import Policy
from upwell.policy.compile import compile_problem
from upwell.policy.remedies import STEPS, changed, remedies
from upwell.sheets.people import People

SIDES = {"mentors": {"levels": ["Associate"]}, "mentees": {"levels": ["Director", "VP"]}}
FREE = {"level_gap": 0, "team": "any", "overlap_hours": 0, "shared_language": False}


def make_people(*levels, **columns):
    count = len(levels)
    return People(
        ids=tuple(f"p{n}" for n in range(count)),
        names=("",) * count,
        level_order=("Associate", "Director", "VP"),
        levels=levels,
        **columns,
    )


def found(policy, people):
    return {f"{one.section}.{one.key}": (one.value, one.more) for one in remedies(policy, people)}


@pytest.mark.parametrize(
    ("rules", "columns", "key", "value"),
    [
        ({"unit": "different"}, {"units": ("Risk", "Risk")}, "unit", "any"),
        ({"team": "different"}, {"teams": ("Red", "Red")}, "team", "any"),
        ({"region": "same"}, {"regions": ("Asia", "Europe")}, "region", "any"),
        ({"level_gap": 2}, {}, "level_gap", 1),
    ],
)
def test_a_step_that_lets_two_be_paired_is_found(rules, columns, key, value):
    policy = Policy.from_values({**SIDES, "rules": FREE | rules})

    people = make_people("Associate", "Director", **columns)

    assert found(policy, people) == {f"rules.{key}": (value, Counts(1, 1, 1))}


def test_where_everybody_can_be_paired_nothing_is_proposed():
    policy = Policy.from_values({**SIDES, "rules": FREE})

    assert found(policy, make_people("Associate", "Director")) == {}


def test_where_mentors_are_few_each_could_take_one_more():
    policy = Policy.from_values({**SIDES, "rules": FREE})

    people = make_people("Associate", "Director", "VP")

    assert found(policy, people) == {"capacity.mentor": (2, Counts(1, 1, 0))}


def test_no_step_gives_up_what_protects_people():
    rules = {key for section, key in STEPS if section == "rules"}

    assert rules.isdisjoint({"reporting_lines", "reporting_distance", "shared_language"})
    policy = Policy.from_values({**SIDES, "rules": FREE | {"level_gap": 1}})
    assert STEPS["rules", "level_gap"](policy) is None


def most_by_scipy(problem):
    """Pairs of an independent maximum matching, with everybody repeated for their seats."""
    scorer = Scorer.of(problem)
    allowed = np.zeros(scorer.shape, np.bool_)
    for rows, block in scorer.blocks():
        allowed[rows] = block > scorer.lowest
    mentors = np.repeat(np.arange(scorer.shape[0]), problem.mentor_capacity)
    one_each = csr_array(allowed[mentors])
    return int((maximum_bipartite_matching(one_each, perm_type="row") >= 0).sum())


STRICT = {"unit": "different", "region": "same", "overlap_hours": 6.0, "level_gap": 6}


@pytest.mark.parametrize("seed", range(4))
def test_every_step_is_counted_as_an_independent_matching_counts(seed):
    people = generate_sides(40, 40, seed=seed)
    policy = compile_problem(Policy.from_values({"rules": STRICT}), people).policy
    now = most_by_scipy(compile_problem(policy, people).problem)

    told = found(policy, people)

    gains = {
        f"{section}.{key}": most_by_scipy(
            compile_problem(changed(policy, section, key, value), people).problem
        )
        - now
        for (section, key), step in STEPS.items()
        if (value := step(policy)) is not None
    }
    assert {key: more.mentees for key, (_value, more) in told.items()} == {
        key: gain for key, gain in gains.items() if gain
    }
    mentees = [more.mentees for _value, more in told.values()]
    assert mentees == sorted(mentees, reverse=True)


def test_a_remedy_that_is_applied_brings_what_it_says():
    people = generate_sides(40, 40, seed=1)
    policy = compile_problem(Policy.from_values({"rules": STRICT}), people).policy
    first = remedies(policy, people)[0]

    before, after = (
        len(solve(compile_problem(one, people).problem).pairs)
        for one in (policy, first.applied(policy))
    )

    assert after - before == first.more.pairs > 0


def test_counts_include_pins():
    people = make_people("Associate", "Director")
    policy = Policy.from_values({**SIDES, "rules": FREE, "pairs": {"pin": [["p0", "p1"]]}})

    assert most_of_each(compile_problem(policy, people).problem) == Counts(1, 1, 1)
