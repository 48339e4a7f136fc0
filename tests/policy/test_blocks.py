"""Blocks of people: none too small, nobody left out, and no finer than they may be."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from upwell.policy.blocks import Block, Part, blocks_of

COUNTS = st.integers(0, 30)
PARTS = st.lists(st.tuples(COUNTS, COUNTS, st.sampled_from(["", "North", "South"])), max_size=12)


def parts_of(rows):
    """Of one parent one after the other."""
    rows = sorted(enumerate(rows), key=lambda row: row[1][2])
    return [Part(f"part {n}", people, pairs, parent) for n, (people, pairs, parent) in rows]


@given(rows=PARTS, least=st.integers(1, 10), is_ordered=st.booleans())
def test_blocks_are_a_partition_and_none_is_too_small(rows, least, is_ordered):
    parts = parts_of(rows)
    there = [part for part in parts if part.people or part.pairs]

    blocks = blocks_of(parts, least, is_ordered=is_ordered)

    assert all(min(block.people, block.pairs) >= least for block in blocks)
    if blocks:
        assert sorted(part.label for block in blocks for part in block.parts) == sorted(
            part.label for part in there
        )


@given(rows=PARTS, least=st.integers(1, 10), is_ordered=st.booleans())
def test_nothing_is_shown_only_where_all_together_are_too_few(rows, least, is_ordered):
    parts = parts_of(rows)
    totals = sum(part.people for part in parts), sum(part.pairs for part in parts)

    blocks = blocks_of(parts, least, is_ordered=is_ordered)

    assert bool(blocks) == (min(totals) >= least)


@given(rows=PARTS, least=st.integers(1, 10))
def test_a_block_over_two_parents_holds_both_as_a_whole(rows, least):
    parts = parts_of(rows)

    for block in blocks_of(parts, least):
        parents = {part.parent for part in block.parts}
        if len(parents) > 1:
            held = {part.label for part in block.parts}
            assert held == {
                part.label
                for part in parts
                if part.parent in parents and (part.people or part.pairs)
            }


@given(rows=PARTS, least=st.integers(1, 10))
def test_in_an_order_a_block_has_no_gap(rows, least):
    parts = [Part(f"part {n}", *row[:2]) for n, row in enumerate(rows)]
    there = [part.label for part in parts if part.people or part.pairs]

    for block in blocks_of(parts, least, is_ordered=True):
        at = sorted(there.index(label) for label in block.labels)
        assert at == list(range(at[0], at[-1] + 1))


@pytest.mark.parametrize(
    ("sizes", "blocks"),
    [
        ([6, 7, 8], [(0,), (1,), (2,)]),
        ([5, 7, 9], [(0, 1), (2,)]),
        ([3, 3, 9], [(0, 1), (2,)]),
        ([9, 2, 9, 2, 9], [(0, 1, 3), (2,), (4,)]),
    ],
)
def test_a_part_that_is_large_enough_stays_by_itself(sizes, blocks):
    parts = [Part(str(n), size, size) for n, size in enumerate(sizes)]

    found = blocks_of(parts, 6)

    assert {frozenset(block.labels) for block in found} == {
        frozenset(map(str, block)) for block in blocks
    }


def test_few_pairs_count_as_few_people_do():
    parts = [Part("many people, few pairs", 40, 2), Part("others", 30, 30)]

    assert [len(block.parts) for block in blocks_of(parts, 6)] == [2]


def test_the_order_of_parts_decides_among_equals():
    parts = [Part(str(n), 4, 4) for n in range(4)]

    assert [block.labels for block in blocks_of(parts, 6)] == [("0", "1"), ("2", "3")]


def fewest_touched(blocks, sizes):
    """The fewest people of whom any combination of the blocks' totals speaks.

    Over all sums and differences of totals with small coefficients, by trying them.
    """
    rows = np.array([[label in block.labels for label in sizes] for block in blocks], int)
    people = np.array(list(sizes.values()))
    found = []
    for weights in itertools.product((-2, -1, 0, 1, 2), repeat=len(blocks)):
        touched = np.array(weights) @ rows != 0
        if touched.any():
            found.append(int(people[touched].sum()))
    return min(found)


@pytest.mark.parametrize("seed", range(20))
def test_no_combination_of_totals_is_about_fewer_than_a_block(seed):
    dice = np.random.default_rng(seed)
    sizes = {f"part {n}": int(dice.integers(1, 12)) for n in range(7)}
    blocks = blocks_of([Part(label, size, size) for label, size in sizes.items()], 6)

    single = tuple(Block((Part(label, size, size),)) for label, size in sizes.items())
    assert fewest_touched(blocks, sizes) >= 6
    assert fewest_touched(single, sizes) < 6 or min(sizes.values()) >= 6
