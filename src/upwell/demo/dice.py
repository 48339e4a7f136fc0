"""Chance from a seed. It rests on ``Random.random`` alone, which no version of Python changes."""

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Weighted(Generic[Item]):
    """Things to draw from, some more often than others."""

    def __init__(self, items: Sequence[Item], weights: Sequence[float]) -> None:
        self.items = tuple(items)
        self.until = tuple(accumulate(weights))


class Dice:
    def __init__(self, seed: int) -> None:
        self.random = Random(seed).random  # noqa: S311 -- made-up people, no secret

    def below(self, percent: float) -> bool:
        """True so many times in a hundred."""
        return self.random() * 100 < percent

    def number(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + int(self.random() * (high - low + 1))

    def one(self, items: Sequence[Item]) -> Item:
        return items[int(self.random() * len(items))]

    def draw(self, weighted: Weighted[Item]) -> Item:
        return weighted.items[bisect(weighted.until, self.random() * weighted.until[-1])]

    def several(self, weighted: Weighted[Item], count: int) -> list[Item]:
        """So many different things, or all there are; the order is that of drawing."""
        found: dict[Item, None] = {}
        while len(found) < min(count, len(weighted.items)):
            found[self.draw(weighted)] = None
        return list(found)

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        left = list(items)
        for last in range(len(left) - 1, 0, -1):
            other = self.number(0, last)
            left[last], left[other] = left[other], left[last]
        return left
