"""From keeping every pair to the best of all: what each number of moved pairs can come to."""

from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import gcd

import numpy as np

from upwell.matching.candidates import Candidates, every_pair
from upwell.matching.certificate import Counts
from upwell.matching.closing import LIMIT, Closing
from upwell.matching.criteria import Ints
from upwell.matching.flow import Bools
from upwell.matching.keeping import PLAIN, Found, Keeping, Search, Weights
from upwell.matching.pricing import SMALL


@dataclass(frozen=True, eq=False)
class Step:
    """An assignment, and the most that any can come to with at most ``limit`` pairs moved.

    ``most`` bounds the counts, mentees first; ``bound`` the total of as many as this one has.
    """

    found: Found
    limit: int
    most: Counts
    bound: int

    @property
    def is_exact(self) -> bool:
        return self.found.counts == self.most and self.found.total == self.bound


@dataclass(eq=False)
class Ladder:
    """The steps of one repair.

    ``first`` keeps every pair; ``top`` are the most mentees, mentors and pairs that were reached,
    ``most`` those that are possible. ``steep`` is a bonus that outweighs all scores together.
    """

    search: Search
    first: Step
    top: Counts
    most: Counts
    steep: int
    found: dict[Counts, dict[Weights, Found]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.found[self.still.counts] = {Weights(1, self.steep): self.still}

    @property
    def still(self) -> Found:
        return self.first.found

    @property
    def standing(self) -> int:
        return self.still.kept

    def moved(self, found: Found) -> int:
        return self.standing - found.kept

    def best(self, counts: Counts, weights: Weights) -> Found:
        """The best with these counts by weights; each is looked for once."""
        level = self.found.setdefault(counts, {})
        if weights not in level:
            level[weights] = self.search.best(counts, weights)
        return level[weights]

    def fewest(self, counts: Counts) -> Found:
        """The best of those that move the fewest pairs to reach these counts."""
        return self.best(counts, Weights(1, self.steep))

    def bound(self, counts: Counts, limit: int) -> int:
        """The most that these counts total with at most so many pairs moved, by what is known."""
        kept = self.standing - limit
        return min(found.most_total(kept) for found in self.found[counts].values())

    def step(self, found: Found, limit: int | None = None) -> Step:
        """An assignment as the best with at most so many moved, or as many as it moves itself."""
        limit = self.moved(found) if limit is None else limit
        most = found.counts if self.is_known(found.counts, limit) else self.most
        return Step(found, limit, most, self.bound(found.counts, limit))

    def is_known(self, counts: Counts, limit: int) -> bool:
        """Whether it is proven that so many moved pairs place no more people than this.

        The fewest moved for one pair more grow by 1 at least from what nobody's moving allows, for
        they are convex in the number of pairs (costs of a flow).
        """
        if counts == self.top or not self.first.is_exact:
            return False
        fewest = self.fewest(counts)
        is_least = fewest.is_proven and self.moved(fewest) == limit
        return is_least or counts in self.levels(limit)

    def levels(self, limit: int) -> list[Counts]:
        """The counts that may be the most with so many pairs moved: one, where it is known."""
        if self.moved(self.fewest(self.top)) <= limit:
            return [self.top]
        if not self.search.seats.are_single:
            return []
        low, high = self.still.counts.pairs, self.top.pairs
        while high - low > 1:
            middle = (low + high) // 2
            if self.moved(self.fewest(even(middle))) <= limit:
                low = middle
            else:
                high = middle
        return [even(low)] if self.fewest(even(high)).is_proven else []

    def at_most(self, limit: int) -> Step:
        """The best with at most so many pairs moved."""
        levels = self.levels(limit)
        if not levels:
            return self.between(limit)
        counts = levels[0]
        left = self.fewest(counts)
        if self.moved(left) < limit and self.bound(counts, limit) > left.total:
            self.best(counts, PLAIN)
        while (pair := self.around(counts, limit)) and not self.search.should_stop():
            if self.split(*pair) is None:
                break
        return self.closed(self.step(self.around_left(counts, limit), limit))

    def around_left(self, counts: Counts, limit: int) -> Found:
        """The best known with at most so many moved."""
        known = [f for f in self.found[counts].values() if self.moved(f) <= limit]
        return max(known, key=lambda found: (found.total, found.kept))

    def around(self, counts: Counts, limit: int) -> tuple[Found, Found] | None:
        """The known ones on either side of a limit, while the best may lie between them."""
        left = self.around_left(counts, limit)
        beyond = [f for f in self.found[counts].values() if f.total > left.total]
        if not beyond or self.bound(counts, limit) == left.total:
            return None
        return left, max(beyond, key=lambda found: (found.kept, found.total))

    def split(self, left: Found, right: Found) -> Found | None:
        """What lies beyond the line between two; None if nothing does."""
        middle = self.best(left.counts, self.slope(left, right))
        return middle if left.kept > middle.kept > right.kept else None

    def slope(self, left: Found, right: Found) -> Weights:
        """What a moved pair gains between two; in large problems to the whole point."""
        gained, moved = right.total - left.total, left.kept - right.kept
        n, m = self.search.scorer.shape
        if n * m > SMALL:
            return Weights(1, round(gained / moved))
        shared = gcd(gained, moved)
        return Weights(moved // shared, gained // shared)

    def curve(self, size: int) -> list[Step]:
        """About so many steps from nobody moved to the best of all, largest gaps split first."""
        steps = [self.first]
        if self.search.seats.are_single:
            low, high = self.still.counts.pairs + 1, self.top.pairs
            few = np.linspace(low, high, min(high - low + 1, max(size // 2, 1)))
            steps += [self.step(self.fewest(even(int(pairs)))) for pairs in few.round()]
        ends = [self.fewest(self.top), self.best(self.top, PLAIN)]
        known = self.hull(ends, size - len(steps) - 1)
        return [*steps, *(self.step(found) for found in known)]

    def hull(self, known: list[Found], size: int) -> list[Found]:
        """More between two, by as many solves."""
        flat: set[tuple[int, int]] = set()
        for _ in range(max(size, 0)):
            gaps = [
                ((left.kept - right.kept) * (right.total - left.total), at)
                for at, (left, right) in enumerate(pairwise(known))
                if right.total > left.total and (left.kept, right.kept) not in flat
            ]
            if not gaps or self.search.should_stop():
                break
            at = max(gaps)[1]
            left, right = known[at], known[at + 1]
            middle = self.split(left, right)
            if middle is None:
                flat.add((left.kept, right.kept))
            else:
                known.insert(at + 1, middle)
        return known

    def closed(self, step: Step) -> Step:
        """The step with its gap closed by an integer program, where that is small."""
        if step.is_exact or self.search.should_stop():
            return step
        keys = self.near(step)
        if keys is None:
            return step
        program = self.program(keys, step.limit)
        made, is_solved = program.best(step.found.counts)
        if not is_solved:
            return step
        found = step.found if made is None else self.made(program, made)
        best = max(step.found, found, key=lambda found: found.total)
        return replace(step, found=best, bound=best.total)

    def near(self, step: Step) -> Ints | None:
        """The keys of all pairs that a better assignment could hold; None if those are too many.

        A pair that is worth so much less than its prices takes the bound below what there is.
        """
        kept, counts = self.standing - step.limit, step.found.counts
        proven = [f for f in self.found[counts].values() if f.is_proven and f.prices]
        best = min(proven, key=lambda found: found.most_total(kept), default=None)
        if best is None or best.prices is None:
            return None
        gap = best.bound - best.weights.bonus * kept - best.weights.factor * step.found.total - 1
        scorer = replace(self.search.scorer, weights=best.weights)
        found, m, count = [np.zeros(0, np.int64)], scorer.shape[1], 0
        for rows, block in scorer.blocks(best.prices.row, best.prices.column):
            at, columns = np.nonzero(block >= -gap)
            found.append(rows[at] * m + columns)
            count += len(at)
            if count > LIMIT:
                return None
        return np.concatenate(found)

    def program(self, keys: Ints, limit: int) -> Closing:
        scorer: Keeping = replace(self.search.scorer, weights=PLAIN)
        few = Candidates.of(scorer, keys)
        is_kept = scorer.is_kept(few.rows, few.columns)
        kept = self.standing - limit
        return Closing(few.rows, few.columns, few.scores, is_kept, self.search.seats, kept)

    def made(self, program: Closing, made: Bools) -> Found:
        """What an integer program has found."""
        rows, columns = program.rows[made], program.columns[made]
        counts, total = self.search.seats.counts(rows, columns), int(program.scores[made].sum())
        keys = rows * self.search.scorer.shape[1] + columns
        return Found(keys, counts, int(program.is_kept[made].sum()), total, PLAIN, total)

    def between(self, limit: int) -> Step:
        """The best with a limit under which it is not known how many can be placed.

        By integer programs over all pairs where those are few; else nobody moves.
        """
        (n, m), counts = self.search.scorer.shape, self.still.counts
        bounds = [f.most_total(self.standing - limit, counts) for f in self.proofs()]
        least = Step(self.still, limit, self.most, min(bounds))
        if n * m > LIMIT or self.search.should_stop():
            return least
        program = self.program(every_pair(replace(self.search.scorer, weights=PLAIN)), limit)
        most = program.most()
        made, is_solved = (None, False) if most is None else program.best(most)
        if most is None or made is None or not is_solved:
            return least
        found = self.made(program, made)
        return Step(found, limit, most, found.total)

    def proofs(self) -> list[Found]:
        """All that bounds assignments of any counts."""
        return [f for level in self.found.values() for f in level.values() if f.prices]


def even(pairs: int) -> Counts:
    """The counts of so many pairs where everybody has one seat."""
    return Counts(pairs, pairs, pairs)
