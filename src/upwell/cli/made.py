"""Why a pair was made or not, besides its score: by the policy's own pairs, or to be stable."""

from collections.abc import Iterator

import numpy as np

from upwell.cli.case import PeopleCase, objective_of
from upwell.cli.words import _, translations
from upwell.matching.blocking import NOT_RANKED, is_better, ranks_by, worst_counterparts
from upwell.matching.criteria import Ints
from upwell.matching.exact import are_pins, free_seats, pair_score
from upwell.matching.regret import SIDES, Pair, Role
from upwell.policy.phrases import enumerated


def why_made(case: PeopleCase, pair: Pair) -> Iterator[str]:
    """Nothing of a pair that is part of the best total: its score is reason enough."""
    if list(pair) in case.problem.pins.tolist():
        yield _("The policy sets this pair. (A repair sets the pairs that stay.)")
    elif objective_of(case) == "stable":
        yield _("Neither can get anybody whom they would rather have.")


def why_not_made(case: PeopleCase, pair: Pair, pairs: Ints) -> Iterator[str]:
    """Who of the two is not free, or would not leave whom they have."""
    both = [name_of(case, role, index) for role, index in zip(SIDES, pair, strict=True)]
    pins = case.problem.pins
    for side, role in enumerate(SIDES):
        theirs = pins[pins[:, side] == pair[side]]
        named = {"person": both[side], "other": both[1 - side]}
        if len(theirs) and not free_seats(case.problem)[side][pair[side]]:
            named["others"] = counterparts(case, theirs, role, pair[side])
            yield (
                _("The policy sets that %(person)s has %(others)s. (A repair does so, too.)")
                % named
            )
        elif objective_of(case) == "stable" and stays(case, pair, pairs, side):
            yield _("%(person)s would not leave whom they have for %(other)s.") % named


def stays(case: PeopleCase, pair: Pair, pairs: Ints, side: int) -> bool:
    """Whether one of two people would not gain by having the other."""
    problem, index = case.problem, pair[side]
    loose, ranks = pairs[~are_pins(problem, pairs)], ranks_by(problem, SIDES[side])
    worst = worst_counterparts(problem, loose, side, ranks, free_seats(problem)[side])
    rank, score = ranks.get(pair, NOT_RANKED), pair_score(problem, *pair)
    left = worst[0][index], worst[1][index]
    return not is_better(np.array(rank), np.array(score), left)


def counterparts(case: PeopleCase, pairs: Ints, role: Role, index: int) -> str:
    """The names of those whom a person has; empty where they have nobody."""
    side = SIDES.index(role)
    theirs = pairs[pairs[:, side] == index, 1 - side].tolist()
    return enumerated([name_of(case, SIDES[1 - side], other) for other in theirs], translations)


def name_of(case: PeopleCase, role: Role, index: int) -> str:
    rows = case.compiled.mentor_rows if role == "mentor" else case.compiled.mentee_rows
    return case.compiled.people.names_apart[rows[index]]
