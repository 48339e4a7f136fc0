"""Whom people have put in order on short lists: weighed, and told to nobody.

It comes neither from a file nor from a People table, but with the private requests alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from upwell.matching.criteria import Ints, Listed
from upwell.matching.problem import Problem
from upwell.policy.participants import Participants
from upwell.policy.preferences import POINTS
from upwell.policy.ranking import listed, rankings

OWN_RANKING = "own_ranking"
Orders = Mapping[str, Sequence[str]]
"""Whom each would rather have, by id, the first choice first."""


def with_orders(who: Participants, orders: Orders) -> Participants:
    """The same people, who rank each other so."""
    ranked = tuple(tuple((one,) for one in orders.get(own, ())) for own in who.people.ids)
    return replace(who, people=replace(who.people, ranked=ranked))


def own_ranking(ranking: Participants) -> Listed | None:
    """Points as for rankings of a table; None where nobody would gain one by it."""
    return listed(OWN_RANKING, rankings(ranking), POINTS * ranking.policy.preferences.ranking)


def own_ranking_points(problem: Problem, pairs: Ints) -> Ints:
    """How many points of each pair come from it, by index in the problem. Shape (k,)."""
    for table in problem.criteria:
        if isinstance(table, Listed) and table.code == OWN_RANKING:
            given = dict(zip(map(tuple, table.pairs.tolist()), table.points.tolist(), strict=True))
            return np.array([given.get(tuple(pair), 0) for pair in pairs.tolist()], np.int64)
    return np.zeros(len(pairs), np.int64)
