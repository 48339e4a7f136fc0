"""Who of a roster will turn up: rates that are not known exactly, and draws of whoever stays."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from upwell.matching.criteria import Ints

Floats = NDArray[np.float64]
STEEPNESS = 4
"""How strongly an assumed rate keeps to its usual value: that of the PERT distribution."""


@dataclass(frozen=True)
class Assumed:
    """A share, from 0 to 1, that is assumed: at least, usually, at most."""

    low: float
    usual: float
    high: float

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.usual <= self.high <= 1:
            raise ValueError(f"a rate rises from low to high within 0 and 1, unlike {self}")

    def draw(self, rng: np.random.Generator, count: int) -> Floats:
        """Shares that it could be, float64, shape (count,), each between low and high."""
        width = self.high - self.low
        if not width:
            return np.full(count, self.usual)
        a = 1 + STEEPNESS * (self.usual - self.low) / width
        b = 1 + STEEPNESS * (self.high - self.usual) / width
        return self.low + width * rng.beta(a, b, count)


@dataclass(frozen=True)
class Counted:
    """A share that was counted: of ``among`` people, ``yes`` did it."""

    yes: int
    among: int

    def __post_init__(self) -> None:
        if not 0 <= self.yes <= self.among:
            raise ValueError(f"{self.yes} of {self.among} is no share")

    @property
    def usual(self) -> float:
        """Its mean, when nothing was known before it was counted."""
        return (self.yes + 1) / (self.among + 2)

    def draw(self, rng: np.random.Generator, count: int) -> Floats:
        """Shares that it could be, from its beta posterior; float64, shape (count,)."""
        return rng.beta(self.yes + 1, self.among - self.yes + 1, count)


Rate = Assumed | Counted


@dataclass(frozen=True)
class Rates:
    """``joins``: of those who are asked or willing, the share who enroll; ``leaves``: of those who
    are enrolled, the share who are gone before the match.
    """

    joins: Rate
    leaves: Rate

    @property
    def comes(self) -> float:
        """Of those who are asked, the share who usually are there at the match."""
        return self.joins.usual * (1 - self.leaves.usual)


@dataclass(frozen=True, eq=False)
class Chances:
    """Of each draw, how likely somebody is there at the match: enrolled or only asked, by side.

    float64, shape (draws,) each. The sides have their own: executives answer unlike juniors.
    """

    mentor_enrolled: Floats
    mentor_asked: Floats
    mentee_enrolled: Floats
    mentee_asked: Floats


def usual_chances(rates: Rates, draws: int) -> Chances:
    """Every draw with the rates as they usually are."""
    stays = np.full(draws, 1 - rates.leaves.usual)
    both = stays * rates.joins.usual
    return Chances(stays, both, stays, both)


def drawn_chances(rates: Rates, draws: int, rng: np.random.Generator) -> Chances:
    """Each draw with rates of its own, as far as they are not known."""
    sides = [(1 - rates.leaves.draw(rng, draws), rates.joins.draw(rng, draws)) for _ in range(2)]
    (mentor, joining), (mentee, accepting) = sides
    return Chances(mentor, mentor * joining, mentee, mentee * accepting)


def survivors(
    enrolled: Ints, asked: Ints, chances: tuple[Floats, Floats], rng: np.random.Generator
) -> Ints:
    """How many of each class are there, int64, shape (draws, classes).

    Parameters
    ----------
    enrolled, asked : int64, shape (classes,), how many there are now.
    chances : of the enrolled and of the asked, shape (draws,) each.
    """
    stays, comes = (chance[:, None] for chance in chances)
    found: Ints = rng.binomial(enrolled, stays) + rng.binomial(asked, comes)
    return found
