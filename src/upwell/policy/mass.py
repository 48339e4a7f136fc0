"""From a policy and a table of people to the roster whose critical mass is worked out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from upwell.matching.halls import Bools
from upwell.matching.mass import Roster, Source
from upwell.matching.problem import Problem
from upwell.matching.scoring import Scorer
from upwell.policy.compile import Compiled, compile_problem
from upwell.policy.policy import Policy
from upwell.sheets.people import People


@dataclass(frozen=True, eq=False)
class Compared:
    """A roster, and who is in it.

    Parts
    -----
    mentors, mentees : ids, in the order of the roster.
    alone : ids of mentees whom nobody may mentor by the rules, here or among those who could be
        asked; they are not in the roster.
    """

    roster: Roster
    mentors: tuple[str, ...]
    mentees: tuple[str, ...]
    alone: tuple[str, ...]


def compare_roster(
    policy: Policy,
    people: People,
    *,
    roles: Mapping[str, str],
    enrolled: frozenset[str],
    others: Mapping[str, Sequence[str]],
) -> Compared:
    """Whom the open rules of a policy let be paired. What people asked in private does not enter.

    Parameters
    ----------
    people : the whole directory, so that reporting lines are known.
    roles : "mentor" or "mentee" of everybody on the roster, by id.
    enrolled : who of them takes part already.
    others : who else could be a mentor, by the name of their part of the organization.

    Raises PolicyError where the policy does not fit the people, as ``compile_problem`` does.
    """
    asked = {one: "mentor" for ids in others.values() for one in ids}
    everybody = asked | dict(roles)
    table = replace(people, roles=tuple(everybody.get(one, "none") for one in people.ids))
    compiled = compile_problem(without_pins(policy), table)
    may, mentors = allowed_pairs(compiled.problem), ids_of(compiled, compiled.mentor_rows)
    mentees = ids_of(compiled, compiled.mentee_rows)
    is_met: Bools = np.logical_or.reduce(may, axis=0)
    here = np.array([one in roles for one in mentors], np.bool_)
    known = [one for one, met in zip(mentees, is_met, strict=True) if met]
    roster = Roster(
        may[np.ix_(here, is_met)],
        compiled.problem.mentor_capacity[here],
        np.array([one in enrolled for one in mentors], np.bool_)[here],
        np.array([one in enrolled for one in known], np.bool_),
        sources_of(others, mentors, may[:, is_met], policy),
    )
    return Compared(
        roster,
        tuple(one for one in mentors if one in roles),
        tuple(known),
        tuple(one for one, met in zip(mentees, is_met, strict=True) if not met),
    )


def without_pins(policy: Policy) -> Policy:
    """A pinned pair needs both of its people, and who comes is not known yet."""
    pairs = policy.pairs.model_copy(update={"pin": (), "mutual_first": False})
    return policy.model_copy(update={"pairs": pairs})


def ids_of(compiled: Compiled, rows: Sequence[int]) -> list[str]:
    return [compiled.people.ids[row] for row in rows]


def allowed_pairs(problem: Problem) -> Bools:
    """bool, shape (mentors, mentees)."""
    scorer = Scorer.of(problem)
    found = np.zeros(scorer.shape, np.bool_)
    for rows, block in scorer.blocks():
        found[rows] = block > scorer.lowest
    return found


def sources_of(
    others: Mapping[str, Sequence[str]], mentors: Sequence[str], may: Bools, policy: Policy
) -> tuple[Source, ...]:
    """Each part of the organization, with whom each of its people may mentor."""
    row = {one: at for at, one in enumerate(mentors)}
    rows = {name: [row[one] for one in ids if one in row] for name, ids in others.items()}
    return tuple(
        Source(name, may[some], policy.capacity.mentor) for name, some in rows.items() if some
    )
