"""How the people of a level, a region or a unit fare in a run, in blocks and by what is open."""

import numpy as np
import pytest

from upwell.demo.organization import generate_sides
from upwell.matching.solve import solve
from upwell.policy import Policy
from upwell.policy.compile import compile_problem
from upwell.policy.fairness import Share, Standing, standings
from upwell.sheets.people import People, Topic

RULES = {"level_gap": 0, "team": "any", "overlap_hours": 0, "shared_language": False}
TOPICS = {"topics": 50, "hours": 0, "stage": 10, "unit": 15, "region": 10, "ranking": 0}


def make_compiled(regions, *, met=(), threshold=6, **preferences):
    """As many mentors as mentees, one pair each; those whose number is in ``met`` share a topic."""
    count = len(regions)
    people = People(
        ids=tuple(f"m{n:02}" for n in range(count)) + tuple(f"e{n:02}" for n in range(count)),
        names=("",) * 2 * count,
        level_order=("Associate", "VP"),
        levels=("Associate",) * count + ("VP",) * count,
        regions=("Asia",) * count + tuple(regions),
        units=("Risk",) * 2 * count,
        offered=(*((Topic("Podcasts", 3),) for _ in range(count)), *((),) * count),
        wanted=(
            *((),) * count,
            *(((Topic("Podcasts" if n in met else "Law", 3),)) for n in range(count)),
        ),
    )
    values = {
        "mentors": {"levels": ["Associate"]},
        "mentees": {"levels": ["VP"]},
        "rules": RULES,
        "preferences": TOPICS | preferences,
        "privacy": {"threshold": threshold},
    }
    return compile_problem(Policy.from_values(values), people)


def pairs_of(*mentees):
    return np.array([[n, n] for n in mentees], np.int64).reshape(-1, 2)


def test_each_block_tells_who_is_placed_and_how_well():
    compiled = make_compiled(["Asia"] * 8 + ["Europe"] * 8, met=[0, 1, 2, 8])

    found = standings(compiled, pairs_of(0, 1, 2, 3, 4, 5, *range(8, 16)), "region", "mentees")

    assert found == (
        Standing(("Asia",), 8, Share(75), Share(50)),
        Standing(("Europe",), 8, Share(90, "at least"), Share(12)),
    )


def test_what_nobody_is_told_singly_changes_no_figure():
    regions, pairs = ["Asia"] * 8 + ["Europe"] * 8, pairs_of(*range(16))
    plain, heavy = (
        standings(make_compiled(regions, met=[0, 9], region=weight), pairs, "region", "mentees")
        for weight in (10, 90)
    )

    assert plain == heavy
    assert plain[0].fit == Share(12)


def test_a_small_part_is_told_with_another():
    compiled = make_compiled(["Asia"] * 8 + ["Europe"] * 7 + ["Oceania"] * 2)

    found = standings(compiled, pairs_of(*range(17)), "region", "mentees")

    assert [one.labels for one in found] == [("Asia",), ("Europe", "Oceania")]


@pytest.mark.parametrize(
    ("regions", "threshold"), [(["Asia"] * 16, 6), (["Asia"] * 8 + ["Europe"] * 8, 9)]
)
def test_one_block_alone_compares_nothing(regions, threshold):
    compiled = make_compiled(regions, threshold=threshold)

    assert standings(compiled, pairs_of(*range(len(regions))), "region", "mentees") == ()


def test_a_block_with_few_pairs_is_told_with_another():
    compiled = make_compiled(["Asia"] * 8 + ["Europe"] * 8)

    assert standings(compiled, pairs_of(0, *range(8, 16)), "region", "mentees") == ()


def test_without_open_preferences_only_places_are_told():
    compiled = make_compiled(["Asia"] * 8 + ["Europe"] * 8, topics=0)

    found = standings(compiled, pairs_of(*range(16)), "region", "mentees")

    assert [one.fit for one in found] == [None, None]


def test_people_without_a_value_are_last():
    compiled = make_compiled([""] * 8 + ["Europe"] * 8)

    found = standings(compiled, pairs_of(*range(16)), "region", "mentees")

    assert [one.labels for one in found] == [("Europe",), ("",)]


@pytest.mark.parametrize("side", ["mentors", "mentees"])
@pytest.mark.parametrize("breakdown", ["level", "region", "unit"])
def test_of_an_organization_everybody_is_counted_once(breakdown, side):
    compiled = compile_problem(Policy(), generate_sides(120, 120, seed=3))
    result = solve(compiled.problem)

    found = standings(compiled, result.pairs, breakdown, side)

    count = len(compiled.mentor_rows if side == "mentors" else compiled.mentee_rows)
    assert sum(one.people for one in found) == count
    assert min(one.people for one in found) >= compiled.policy.privacy.threshold
    assert len(found) > 1
