"""Rules as the engine understands them: tables that forbid classes, and lists of pairs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from upwell.matching.criteria import FORBIDDEN, Exclusion, Ints, Table
from upwell.policy.classes import Grid, common, equal_pairs, equality, grid
from upwell.policy.directions import one_way
from upwell.policy.lines import ReportingLines, places
from upwell.policy.participants import Both, Participants
from upwell.policy.policy import Rules

PRIVATE = "block"
"""The code of what keeps people apart in private: it is in no reason and in no figure."""
MOST_CLASSES = 64
"""Where both sides have more classes than this, a list of pairs is cheaper than a table."""


@dataclass
class Ruled:
    """The rules of a policy on its people, and what of them could not be checked."""

    tables: list[Table] = field(default_factory=list)
    exclusions: list[Exclusion] = field(default_factory=list)
    not_checked: list[str] = field(default_factory=list)
    unknown: dict[str, int] = field(default_factory=dict)
    lines_unknown: int = 0
    unknown_couples: int = 0


class ClassRule(NamedTuple):
    """A rule that looks at one thing of each person."""

    code: str
    is_asked: Callable[[Rules], bool]
    asks: Callable[[Participants], Both[Any]]
    grid: Callable[[Participants], Grid]
    is_private: bool


def forbid(broken: NDArray[np.bool_]) -> Ints:
    return np.where(broken, FORBIDDEN, 0).astype(np.int64)


def level_gap(who: Participants) -> Grid:
    mentors, mentees = who.heights
    steps = np.array(mentees.values, np.int64) - np.array(mentors.values, np.int64)[:, None]
    return grid(mentors, mentees, forbid(steps < who.policy.rules.level_gap))


def region(who: Participants) -> Grid:
    if who.policy.rules.region == "across":
        return different(who.regions)
    return equality(*who.regions, same=0, different=FORBIDDEN)


def different(both: Both[str]) -> Grid:
    return equality(*both, same=FORBIDDEN, different=0)


def overlap_hours(who: Participants) -> Grid:
    needed = round(60 * who.policy.rules.overlap_hours)
    return grid(*who.working_times, forbid(who.shared_minutes < needed))


def shared_language(who: Participants) -> Grid:
    mentors, mentees = who.languages
    names = sorted({name for spoken in mentors.values for name in spoken})
    place = {name: index for index, name in enumerate(names)}
    speaks = [np.zeros((len(side.values), len(place)), np.float32) for side in (mentors, mentees)]
    for side, matrix in zip((mentors, mentees), speaks, strict=True):
        for index, spoken in enumerate(side.values):
            matrix[index, [place[name] for name in spoken if name in place]] = 1
    return grid(mentors, mentees, forbid(speaks[0] @ speaks[1].T == 0))


CLASS_RULES = (
    ClassRule("level_gap", lambda rules: True, lambda who: who.heights, level_gap, True),
    ClassRule(
        "unit",
        lambda rules: rules.unit == "different",
        lambda who: who.units,
        lambda who: different(who.units),
        True,
    ),
    ClassRule(
        "team",
        lambda rules: rules.team == "different",
        lambda who: who.teams,
        lambda who: different(who.teams),
        True,
    ),
    ClassRule("region", lambda rules: rules.region != "any", lambda who: who.regions, region, True),
    ClassRule(
        "overlap_hours",
        lambda rules: rules.overlap_hours > 0,
        lambda who: who.working_times,
        overlap_hours,
        False,
    ),
    ClassRule(
        "shared_language",
        lambda rules: rules.shared_language,
        lambda who: who.languages,
        shared_language,
        False,
    ),
)


@dataclass(frozen=True)
class PrivateRequests:
    """Couples of ids to be kept apart for reasons that nobody is to learn, in one list.

    One of the two has asked for it, or they were a pair before. ``salt`` goes into the digest of
    the problem, so that couples cannot be tried out on it. ``backgrounds`` holds what people have
    told about themselves, by id; see ``background``. ``rankings`` holds whom people have put in
    order on short lists, by id, nobody or more for each; None where they were not asked to. See
    ``own_ranking``.
    """

    couples: tuple[tuple[str, str], ...]
    salt: str
    backgrounds: Mapping[str, str] = field(default_factory=dict)
    rankings: Mapping[str, Sequence[str]] | None = None


def apply_rules(who: Participants, private: PrivateRequests | None = None) -> Ruled:
    """Every rule that the policy asks for and the table of people can answer."""
    ruled = Ruled()
    for rule in CLASS_RULES:
        if rule.is_asked(who.policy.rules):
            apply_class_rule(rule, who, ruled)
    apply_lines(who, ruled)
    sides = places(who.sides.mentors), places(who.sides.mentees)
    row_of = who.people.row_of
    for code, couples in (
        ("former", who.policy.pairs.former),
        ("keep_apart", who.policy.pairs.keep_apart),
    ):
        rows = [(row_of.get(a, -1), row_of.get(b, -1)) for a, b in couples]
        ruled.unknown_couples += sum(not who.rows.issuperset(couple) for couple in rows)
        exclude(ruled, code, [*rows, *((b, a) for a, b in rows)], sides, is_private=True)
    asked = [
        (row_of.get(a, -1), row_of.get(b, -1)) for a, b in (private.couples if private else ())
    ]
    exclude(ruled, PRIVATE, [*asked, *((b, a) for a, b in asked)], sides, is_private=True)
    exclude(ruled, "self", [(row, row) for row in who.rows], sides, is_private=False)
    tables, exclusions = one_way(who, ruled.exclusions)
    ruled.tables += tables
    ruled.exclusions += exclusions
    return ruled


def apply_class_rule(rule: ClassRule, who: Participants, ruled: Ruled) -> None:
    both = rule.asks(who)
    if not all(side.values for side in both):
        ruled.not_checked.append(rule.code)
        return
    if unknown := who.unknown(both):
        ruled.unknown[rule.code] = unknown
    if rule.code in {"unit", "team"} and len(common(*both)[0]) > MOST_CLASSES:
        ruled.exclusions.append(Exclusion(rule.code, equal_pairs(*both), rule.is_private))
    else:
        ruled.tables.append(rule.grid(who).table(rule.code, is_private=rule.is_private))


def apply_lines(who: Participants, ruled: Ruled) -> None:
    lines = ReportingLines(who.people)
    if not lines.are_known:
        ruled.not_checked.append("reporting_line")
        ruled.lines_unknown = len(who.rows)
        return
    rules = who.policy.rules
    distance = rules.reporting_distance if rules.reporting_lines == "distance" else None
    pairs = lines.pairs(who.sides.mentors, who.sides.mentees, distance)
    ruled.exclusions.append(Exclusion("reporting_line", as_pairs(pairs), is_private=True))
    ruled.lines_unknown = sum(not lines.is_known(row) for row in who.rows)


def exclude(
    ruled: Ruled,
    code: str,
    rows: list[tuple[int, int]],
    sides: tuple[dict[int, int], dict[int, int]],
    *,
    is_private: bool,
) -> None:
    """Add the couples of rows that are a mentor and a mentee, if there are any."""
    mentor_at, mentee_at = sides
    pairs = [(mentor_at[a], mentee_at[b]) for a, b in rows if a in mentor_at and b in mentee_at]
    if pairs:
        ruled.exclusions.append(Exclusion(code, as_pairs(sorted(set(pairs))), is_private))


def as_pairs(pairs: list[tuple[int, int]]) -> Ints:
    return np.array(pairs, np.int64).reshape(-1, 2)
