"""Hall's condition over a few classes of mentees: whether everybody of a crowd can be placed."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import pdist

from upwell.matching.criteria import Ints

Bools = NDArray[np.bool_]
MOST_CLASSES = 8
"""Classes of mentees; their subsets are all looked at, so one more doubles the work."""
MOST_GROUPS = 32
"""Groups of mentees, smaller than classes, of each of whom all mentors are counted."""
FEW = 5
"""A class has a mentor if at most one in so many of its mentees must not."""


@dataclass(frozen=True, eq=False)
class Merged:
    """Mentees in few classes of those whom nearly the same mentors may have.

    What ``slack`` finds possible for classes is so for people. Where each class is of mentees whom
    the same mentors may have, the other way round, too: ``exceptions`` are all 0.

    Parts
    -----
    of_mentee : int64, shape (mentees,), the class of each.
    may : bool, shape (mentors, classes).
    exceptions : int64, shape (classes,), of how many mentees in it a mentor who has the class must
        not have, at most.
    near : bool, shape (mentors, groups), who may have everybody of a group; each mentee of a class
        with exceptions is in one.
    of_group : bool, shape (groups, classes), in which classes the mentees of a group are.
    """

    of_mentee: Ints
    may: Bools
    exceptions: Ints
    near: Bools
    of_group: Bools

    @cached_property
    def sets(self) -> Bools:
        """The sets of classes worth asking of, shape (sets, classes).

        Of the sets that the same mentors reach, the largest asks the most of them.
        """
        k = self.may.shape[1]
        subsets = (np.arange(1, 2**k)[:, None] >> np.arange(k)) & 1 == 1
        reached = reach(np.unique(self.may, axis=0), subsets)
        _, group = np.unique(reached, axis=1, return_inverse=True)
        group = group.reshape(-1)
        largest = np.zeros((group.max(initial=-1) + 1, k), np.bool_)
        np.logical_or.at(largest, group, subsets)
        return largest

    @cached_property
    def reached(self) -> Bools:
        """Whom of the sets, and then of the groups, each mentor reaches, (mentors, all sets)."""
        return np.concatenate([reach(self.may, self.sets), self.near], axis=1)


def merged(may: Bools, seats: Ints, most: int = MOST_CLASSES) -> Merged:
    """Merge mentees by Ward's method, those first whom nearly the same mentors may have.

    Parameters
    ----------
    may : bool, shape (mentors, mentees), who may be paired.
    seats : int64, shape (mentors,), what each mentor is worth.
    """
    of_mentee = classes_of(may, seats, most)
    inside = members(of_mentee)
    barred = (~may).astype(np.int64) @ inside.astype(np.int64)
    has_class: Bools = barred <= inside.sum(axis=0) // FEW
    exceptions = np.where(has_class, barred, 0).max(axis=0, initial=0)
    some = exceptions[of_mentee] > 0
    groups = members(classes_of(may[:, some], seats, MOST_GROUPS)).astype(np.int64)
    near: Bools = (~may[:, some]).astype(np.int64) @ groups == 0
    of_group: Bools = groups.T @ inside[some].astype(np.int64) > 0
    return Merged(of_mentee, has_class, exceptions, near, of_group)


def members(of: Ints) -> Bools:
    """Who is in each class, shape (len(of), classes)."""
    return np.asarray(of[:, None] == np.arange(of.max(initial=-1) + 1))


def classes_of(may: Bools, seats: Ints, most: int) -> Ints:
    """Of each mentee the class, int64; those whom the same mentors may have are together."""
    rows, alike = np.unique(may.T, axis=0, return_inverse=True)
    if len(rows) > most:
        weighed = may.T * np.sqrt(seats)
        _, alike = np.unique(
            fcluster(linkage(pdist(weighed), "ward"), most, "maxclust"), return_inverse=True
        )
    return alike.reshape(-1).astype(np.int64)


def reach(may: Bools, sets: Bools) -> Bools:
    """Whether mentors may have anybody of a set of classes, shape (mentors, sets)."""
    found: Bools = may.astype(np.int64) @ sets.T.astype(np.int64) > 0
    return found


def slack(merged: Merged, places: Ints, reached: Bools, mentees: Ints) -> Ints:
    """The places within reach of sets less the mentees in them, int64, shape (draws, all sets).

    Where nothing of a draw is below 0, everybody in it can be placed.

    Parameters
    ----------
    places : int64, shape (draws, kinds of mentors), how many counterparts they take in all.
    reached : bool, shape (kinds of mentors, all sets).
    mentees : int64, shape (draws, classes), who is there.

    Notes
    -----
    By Hall's theorem everybody can be placed if no crowd of mentees is larger than the places of
    all their mentors. Let a crowd hold more of each class in S than a mentor has exceptions there,
    and of other classes no more: it reaches every mentor of S, and is at most all of S with the
    exceptions of the others. A crowd without such classes is at most all exceptions, and one of its
    mentees alone reaches whoever may have all of their group.
    """
    few = np.minimum(mentees, merged.exceptions)
    # float32 holds these whole numbers exactly, and is multiplied many times faster.
    inside, outside = merged.sets.T.astype(np.float32), (~merged.sets).T.astype(np.float32)
    crowds = mentees.astype(np.float32) @ inside + few.astype(np.float32) @ outside
    is_some = few @ merged.of_group.T.astype(np.int64) > 0
    alone = np.where(is_some, few.sum(axis=1)[:, None], 0)
    within = places.astype(np.float32) @ reached.astype(np.float32)
    found: Ints = within.astype(np.int64)
    found -= np.concatenate([crowds.astype(np.int64), alone], axis=1)
    return found
