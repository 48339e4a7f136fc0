"""The ways to mend a cohort's pairs: from the rows to the engine and back to rows."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from upwell.matching.repair import Option, kept_pairs, repair
from upwell.matching.scoring import Scorer
from upwell.pairs.models import Couple, Proposal
from upwell.pairs.services.private import private_requests
from upwell.people.models import Person
from upwell.policy import Compiled, Policy, PrivateRequests, compile_problem
from upwell.policy.phrases import quality
from upwell.policy.reasons import reasons
from upwell.programs.models import Cohort
from upwell.programs.services.lines import ids_of
from upwell.programs.services.table import CohortTable, read_table

MOST_OPTIONS = 6
LITTLE, SOME = 2, 10
"""Where a way is not proven best: up to so many percent that another is better, little or some."""
Report = Callable[[dict[str, Any]], None]
Two = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Stood:
    """A couple under way with the ids of its people, and the enrollments that hold its places."""

    couple: Couple
    ids: Two


@dataclass(frozen=True, eq=False)
class Case:
    """What is to be mended. ``free`` are the couples that may change, ``fixed`` those that stay.

    Fixed are pairs that a run of today would not make any more, and pins: a repair ends no pair
    for being what it is. ``gone`` are couples of whom somebody has left.
    """

    compiled: Compiled
    table: CohortTable
    free: list[Stood]
    fixed: list[Stood]
    gone: list[Couple]


def find_options(cohort: Cohort, policy: Policy, report: Report) -> list[dict[str, Any]]:
    """The ways, the one that is advised first, the others by how many pairs they change.

    Advised is the one that changes the fewest pairs of those that leave nobody without a
    counterpart who can have one. Raises PolicyError where the policy does not fit the people, and
    VaultError where private requests cannot be read.
    """
    report({"step": "compiling"})
    case = case_of(cohort, policy)
    problem = case.compiled.problem
    standing, _lost = kept_pairs(problem, [one.ids for one in case.free])
    report({"step": "matching"})
    found = repair(problem, standing, curve=MOST_OPTIONS)
    report({"step": "explaining"})
    ways = sorted(found.options, key=lambda way: (way.moved != found.chosen.moved, way.moved))
    return [described(case, way) for way in ways]


def case_of(cohort: Cohort, policy: Policy) -> Case:
    """Whatever pair is not possible today is set aside with its places, until all others are."""
    stood, gone = standing_couples(cohort)
    asked = requests_between_others(cohort, policy, stood)
    pins = {*policy.pairs.pin}
    plain = without_pins(policy, [one.ids for one in stood])
    fixed = [one for one in stood if one.ids in pins]
    while True:  # each time one more is set aside, so that it ends
        free = [one for one in stood if one not in fixed]
        table = read_table(cohort, plain, held=held_by(cohort, fixed))
        ids = [one.ids for one in free]
        compiled = compile_problem(plain, table.people, asked, stood=ids)
        _standing, lost = kept_pairs(compiled.problem, ids)
        if not lost:
            return Case(compiled, table, free, fixed, gone)
        fixed += [one for one in free if one.ids in {*lost}]


def standing_couples(cohort: Cohort) -> tuple[list[Stood], list[Couple]]:
    """The couples under way whose people are both here, and the others."""
    ids = ids_of(Person.objects.order_by("pk").values_list("pk", "employee_id"))
    rows = Couple.objects.under_way().filter(pair__cohort=cohort)
    couples = list(rows.select_related("mentor", "mentee").order_by("pk"))
    here = [one for one in couples if one.mentor.is_active and one.mentee.is_active]
    stood = [Stood(one, (ids[one.mentor_id], ids[one.mentee_id])) for one in here]
    present = {one.pk for one in here}
    return stood, [one for one in couples if one.pk not in present]


def requests_between_others(
    cohort: Cohort, policy: Policy, stood: Iterable[Stood]
) -> PrivateRequests:
    """What keeps people apart in private, but for couples under way: they were made before it.

    Otherwise a pair that has to end for no reason that shows would tell what one has asked for.
    """
    asked = private_requests(cohort, policy).requests
    pairs = {frozenset(one.ids) for one in stood}
    others = tuple(two for two in asked.couples if frozenset(two) not in pairs)
    return PrivateRequests(others, asked.salt, asked.backgrounds)


def without_pins(policy: Policy, stood: Iterable[Two]) -> Policy:
    """Without what would force a pair, and without keeping apart those who are one."""
    together = {frozenset(two) for two in stood}
    former = tuple(two for two in policy.pairs.former if frozenset(two) not in together)
    update = {"pin": (), "mutual_first": False, "former": former}
    return policy.model_copy(update={"pairs": policy.pairs.model_copy(update=update)})


def held_by(cohort: Cohort, fixed: Iterable[Stood]) -> Counter[UUID]:
    """How many places of each enrollment are taken by couples that stay."""
    rows = cohort.enrollments.order_by().values_list("person", "role", "pk")
    at = {(person, role): pk for person, role, pk in rows}
    sides = [
        side
        for one in fixed
        for side in ((one.couple.mentor_id, "mentor"), (one.couple.mentee_id, "mentee"))
    ]
    return Counter(at[side] for side in sides if side in at)


def described(case: Case, way: Option) -> dict[str, Any]:
    """What a way comes to. Nothing in it counts what is told to nobody."""
    problem = case.compiled.problem
    pairs = [(i, j) for i, j in way.pairs.tolist()]
    scores = Scorer.of(problem).scores_at(*way.pairs.T)
    points = case.compiled.open_scores(way.pairs, scores).tolist()
    kinds: list[str] = [quality(score, case.compiled) for score in points]
    ids = [(problem.mentors[i], problem.mentees[j]) for i, j in pairs]
    stood = {one.ids: one.couple.pk for one in case.free}
    made = {*ids}
    ends = [*(pk for two, pk in stood.items() if two not in made), *(one.pk for one in case.gone)]
    begins = [
        begun(case, pair, kind)
        for pair, kind, two in zip(pairs, kinds, ids, strict=True)
        if two not in stood
    ]
    people = {
        (side, who)
        for two in [*ids, *(one.ids for one in case.fixed)]
        for side, who in enumerate(two)
    }
    return {
        "moved": way.moved,
        "pairs": len(pairs) + len(case.fixed),
        "people": len(people),
        **{name: kinds.count(name) for name in Proposal.Quality.values},
        "is_exact": way.is_exact,
        "gap": gap_band(case.compiled, way, sum(points)),
        "ends": sorted(ends),
        "begins": begins,
    }


def begun(case: Case, pair: tuple[int, int], kind: str) -> dict[str, Any]:
    problem, at = case.compiled.problem, case.table.enrollments
    return {
        "mentor": str(at[problem.mentors[pair[0]]]),
        "mentee": str(at[problem.mentees[pair[1]]]),
        "quality": kind,
        "reasons": [reason.to_json() for reason in reasons(case.compiled, *pair)],
    }


def gap_band(compiled: Compiled, way: Option, points: int) -> str:
    """How much better another could be, at most; "" where it cannot be said in a band.

    A number would tell private parts of scores, and where some points are told to nobody, so would
    a band.
    """
    if way.is_exact or way.counts != way.most or points <= 0 or compiled.is_partly_told:
        return ""
    share = 100 * way.gap / points
    if share <= LITTLE:
        return "little"
    return "some" if share <= SOME else "much"
