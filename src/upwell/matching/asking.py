"""Deferred acceptance over short lists: mentors ask, mentees keep the most welcome."""

import numpy as np

from upwell.matching.candidates import best_of_block, whole
from upwell.matching.criteria import MATRIX_FORBIDDEN, Ints
from upwell.matching.problem import Problem
from upwell.matching.ranks import Ranks
from upwell.matching.scoring import Scorer
from upwell.matching.sparse import Block, ranges

SHORT_LIST = 64
"""How many mentees a mentor remembers at most; twice as many after every look at all pairs."""

LISTED = 2_000_000
"""How many pairs all mentors together remember at most."""

SAMPLED = 8
"""Of so many mentees, one tells how many more there are of the same score or a better one."""

EMPTY = -(2**62)
"""How welcome nobody is, who holds a free seat."""


class Asking:
    """Mentors and mentees on the way to stable pairs.

    ``mentor_seats`` (n,) are still free. Every seat of a mentee has a ``holder``, -1 where it is
    free, and says how ``welcome`` they are; the seats of mentee j start at ``first_seat[j]``.
    ``bar`` (m,) is how welcome one must be, or more, for a mentee to take one; it never falls. The
    short list of mentor i, the best first, is in ``listed`` and ``listed_welcome`` (to the mentee)
    from ``next[i]`` to ``last[i]``; ``has_all`` says who need not look again.
    """

    def __init__(
        self, scorer: Scorer, problem: Problem, mentor_seats: Ints, mentee_seats: Ints
    ) -> None:
        n, m = scorer.shape
        self.scorer = scorer
        self.mentor_ranks = Ranks.of(problem, "mentor")
        self.mentee_ranks = Ranks.of(problem, "mentee")
        self.mentor_seats = mentor_seats.copy()
        self.mentee_seats = np.minimum(mentee_seats, n)
        self.first_seat = np.cumsum(self.mentee_seats) - self.mentee_seats
        self.holder = np.full(int(self.mentee_seats.sum()), -1)
        self.welcome = np.full(len(self.holder), EMPTY)
        self.bar = np.where(self.mentee_seats > 0, scorer.lowest, -EMPTY)
        self.listed, self.listed_welcome = np.zeros(0, np.int64), np.zeros(0, np.int64)
        self.next, self.last = np.zeros(n, np.int64), np.zeros(n, np.int64)
        self.has_all = np.full(n, m == 0)
        self.limit = SHORT_LIST

    def settle(self) -> None:
        """Ask until nobody is left who would and could."""
        self.list_ranked()
        while True:
            while self.ask():
                pass
            waiting = np.flatnonzero((self.mentor_seats > 0) & ~self.has_all)
            if not len(waiting):
                return
            self.look_around(waiting)

    def made(self) -> Ints:
        """The pairs, shape (k, 2)."""
        mentees = np.repeat(np.arange(len(self.bar)), self.mentee_seats)
        return np.column_stack([self.holder, mentees])[self.holder >= 0]

    def ask(self) -> bool:
        """Let each mentor with a free seat ask the next on their list; False if nobody can."""
        who = np.flatnonzero((self.mentor_seats > 0) & (self.next < self.last))
        at = self.next[who]
        mentees, welcome = self.listed[at], self.listed_welcome[at]
        would = np.flatnonzero(welcome > self.bar[mentees])
        taken = would[self.first_choices(mentees[would], welcome[would])]
        self.take(who[taken], mentees[taken], welcome[taken])
        is_over = welcome <= self.bar[mentees]
        is_over[taken] = True
        self.next[who[is_over]] += 1
        return bool(len(who))

    def first_choices(self, mentees: Ints, welcome: Ints) -> Ints:
        """Of several who ask, the positions of whom each mentee likes best; the first of equals."""
        best = np.full(len(self.bar), EMPTY)
        np.maximum.at(best, mentees, welcome)
        likeliest = np.flatnonzero(welcome == best[mentees])
        first = np.full(len(self.bar), len(mentees))
        np.minimum.at(first, mentees[likeliest], likeliest)
        chosen: Ints = likeliest[first[mentees[likeliest]] == likeliest]
        return chosen

    def take(self, mentors: Ints, mentees: Ints, welcome: Ints) -> None:
        """Seat each mentor with a mentee, each mentee once; whoever held the seat is free again."""
        seats = self.worst_seats(mentees)
        left = self.holder[seats]
        np.add.at(self.mentor_seats, left[left >= 0], 1)
        self.holder[seats], self.welcome[seats] = mentors, welcome
        self.mentor_seats[mentors] -= 1
        worst = self.welcome[self.worst_seats(mentees)]
        self.bar[mentees] = np.maximum(worst, self.scorer.lowest)

    def worst_seats(self, mentees: Ints) -> Ints:
        """The seat of each mentee that is free or has the least welcome holder."""
        counts = self.mentee_seats[mentees]
        seats = ranges(self.first_seat[mentees], counts)
        order = np.lexsort((self.welcome[seats], np.repeat(np.arange(len(mentees)), counts)))
        worst: Ints = seats[order[np.cumsum(counts) - counts]]
        return worst

    def list_ranked(self) -> None:
        """Begin with those whom mentors ranked; they come before all others."""
        ranks = self.mentor_ranks
        mentors = np.flatnonzero(np.diff(ranks.offsets) * self.mentor_seats)
        found = []
        for here, block in self.scorer.take(mentors, np.arange(len(self.bar))).blocks():
            at, columns, points = ranks.within(mentors[here])
            scores = whole(block[at, columns])
            kept = scores > self.scorer.lowest
            found.append(np.array([mentors[here][at], columns, scores, scores + points])[:, kept])
        self.remember(*np.concatenate([np.zeros((4, 0), np.int64), *found], axis=1))

    def look_around(self, mentors: Ints) -> None:
        """List the best for each of these mentors among those who would take them."""
        m = len(self.bar)
        self.limit = max(SHORT_LIST, min(self.limit, LISTED // len(mentors)))
        found, least = [], self.scorer.lowest + 1
        for here, block in self.scorer.take(mentors, np.arange(m)).blocks():
            rows = mentors[here]
            self.leave_out(block, rows)
            bar = self.raise_bar(block)
            flat = best_of_block(block, rows, len(self.next), limit=self.limit, least=least)
            scores = whole(block.ravel()[flat])
            found.append(np.array([rows[flat // m], flat % m, scores, scores]))
            self.has_all[rows] = bar < least
        self.remember(*np.concatenate(found, axis=1))
        self.has_all[mentors] &= (self.last - self.next)[mentors] < self.limit
        self.limit *= 2

    def raise_bar(self, block: Block) -> Block:
        """Leave each mentor about half as many as there is room for, and at least the best one.

        Returns what is left from, by a sample of the mentees: at or below ``lowest`` if everybody.
        """
        sample = block[:, ::SAMPLED]
        place = max(0, sample.shape[1] - max(1, self.limit // (2 * SAMPLED)))
        bar: Block = np.partition(sample, place, axis=1)[:, place]
        np.putmask(block, block < bar[:, None], MATRIX_FORBIDDEN)
        return bar

    def leave_out(self, block: Block, rows: Ints) -> None:
        """Forbid whoever would not take these mentors, and whoever has them already."""
        would = self.mentee_ranks.above(block, rows, self.bar[None], self.scorer.lowest)
        np.putmask(block, ~would, MATRIX_FORBIDDEN)
        place = np.full(len(self.next), -1)
        place[rows] = np.arange(len(rows))
        mentors, mentees = self.made().T
        mine = place[mentors] >= 0
        block[place[mentors[mine]], mentees[mine]] = MATRIX_FORBIDDEN

    def remember(self, mentors: Ints, mentees: Ints, scores: Ints, wanted: Ints) -> None:
        """Put pairs on the lists, for each mentor the most ``wanted`` first, after what is left.

        Equals stand in the order that follows the mentor's own place in the table.
        """
        n, m = len(self.next), len(self.bar)
        left = self.last - self.next
        kept = ranges(self.next, left)
        order = np.lexsort(((mentees - mentors * m // n) % m, -wanted, mentors))
        mentors, mentees, scores = mentors[order], mentees[order], scores[order]
        welcome = scores + self.mentee_ranks.at(mentors, mentees)
        owners = np.concatenate([np.repeat(np.arange(n), left), mentors])
        by_owner = np.argsort(owners, kind="stable")
        self.listed = np.concatenate([self.listed[kept], mentees])[by_owner]
        self.listed_welcome = np.concatenate([self.listed_welcome[kept], welcome])[by_owner]
        self.last = np.cumsum(np.bincount(owners, minlength=n))
        self.next = self.last - np.bincount(owners, minlength=n)
