"""Blocks: the fewest people of whom a figure may speak, so that no sum of figures picks anyone out.

Every figure is a total of whole blocks. So is whatever can be computed from figures, and none of it
is about fewer people, or fewer pairs, than a block has.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True)
class Part:
    """People who share a value of the breakdown, such as a level, and how many pairs they are in.

    Parts with one ``parent``, such as the units of a division, are put together first.
    """

    label: str
    people: int
    pairs: int
    parent: str = ""


@dataclass(frozen=True)
class Block:
    """Parts of which figures speak together."""

    parts: tuple[Part, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(part.label for part in self.parts)

    @property
    def people(self) -> int:
        return sum(part.people for part in self.parts)

    @property
    def pairs(self) -> int:
        return sum(part.pairs for part in self.parts)

    @property
    def size(self) -> int:
        """The smaller of its two counts, for which alone it can be too small."""
        return min(self.people, self.pairs)

    def with_(self, other: "Block") -> "Block":
        return Block((*self.parts, *other.parts))


def blocks_of(parts: Iterable[Part], least: int, *, is_ordered: bool = False) -> tuple[Block, ...]:
    """Put parts together until each block has ``least`` people and as many pairs.

    A block that is too small joins the smallest other of its parent, or, where the parts are in an
    order, the smaller of its neighbors; a parent that is too small joins another as a whole. Parts
    of nobody are left out. Where all together are too few there is no block, and nothing may be
    shown.

    Parameters
    ----------
    parts : of one parent one after the other, in their order where they have one.
    least : at least this many, such as the policy's threshold.

    Returns
    -------
    tuple of Block
        A partition of the parts, in their order; the same for the same parts.

    Examples
    --------
    >>> parts = [Part("Asia", 4, 4), Part("Europe", 20, 19), Part("Oceania", 3, 3)]
    >>> [block.labels for block in blocks_of(parts, 6)]
    [('Asia', 'Oceania'), ('Europe',)]
    """
    there = [part for part in parts if part.people or part.pairs]
    families = [
        joined([Block((part,)) for part in family], least, is_ordered=is_ordered)
        for _parent, family in groupby(there, key=lambda part: part.parent)
    ]
    while len(families) > 1 and any(is_small(family, least) for family in families):
        wholes = [whole(family) for family in families]
        at = min(
            (at for at, family in enumerate(families) if is_small(family, least)),
            key=lambda at: (wholes[at].size, at),
        )
        beside = partner(wholes, at, is_ordered=is_ordered)
        first, second = sorted((at, beside))
        families[first] = [wholes[first].with_(wholes[second])]
        del families[second]
    blocks = [block for family in families for block in family]
    return tuple(blocks) if all(block.size >= least for block in blocks) else ()


def joined(blocks: list[Block], least: int, *, is_ordered: bool) -> list[Block]:
    """The blocks of one parent, none too small unless it is the only one."""
    while len(blocks) > 1 and min(block.size for block in blocks) < least:
        at = min(range(len(blocks)), key=lambda at: (blocks[at].size, at))
        first, second = sorted((at, partner(blocks, at, is_ordered=is_ordered)))
        blocks[first] = blocks[first].with_(blocks[second])
        del blocks[second]
    return blocks


def partner(blocks: Sequence[Block], at: int, *, is_ordered: bool) -> int:
    """Whom a block joins: the smallest other, or the smaller neighbor; the first among equals."""
    others = [at - 1, at + 1] if is_ordered else [*range(len(blocks))]
    able = [other for other in others if 0 <= other < len(blocks) and other != at]
    return min(able, key=lambda other: (blocks[other].size, other))


def whole(family: Sequence[Block]) -> Block:
    return Block(tuple(part for block in family for part in block.parts))


def is_small(family: Sequence[Block], least: int) -> bool:
    return any(block.size < least for block in family)
