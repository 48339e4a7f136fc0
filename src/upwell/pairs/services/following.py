"""A run that follows another: whatever of its pairs still can be is made again."""

from upwell.matching.repair import kept_pairs, repair
from upwell.pairs.models import MatchRun, Proposal
from upwell.pairs.services.earlier import is_usable
from upwell.pairs.services.private import Asked
from upwell.policy import Policy, compile_problem
from upwell.programs.services.table import CohortTable

Two = tuple[str, str]


def policy_that_follows(run: MatchRun, policy: Policy, table: CohortTable, asked: Asked) -> Policy:
    """The policy of a run, with the pairs that stay pinned where it follows another.

    So few change that nobody could have a place who has none; of those ways it is the best. How
    many pins there are more is written into the run, to be saved by the caller. Raises PolicyError
    as ``compile_problem`` does.
    """
    if run.follows_id is None:
        return policy
    own = policy.pairs.pin
    added = [two for two in pairs_that_stay(run, policy, table, asked) if two not in own]
    run.kept_added = len(added)
    return with_pins(policy, (*own, *added))


def without_kept(run: MatchRun, policy: Policy) -> Policy:
    """The policy of a run without the pairs that stayed in the one that it follows."""
    own = policy.pairs.pin
    return with_pins(policy, own[: len(own) - run.kept_added])


def pairs_that_stay(run: MatchRun, policy: Policy, table: CohortTable, asked: Asked) -> list[Two]:
    """Mentor and mentee by id, in the order of ids."""
    problem = compile_problem(policy, table.people, asked.requests).problem
    standing, _lost = kept_pairs(problem, pairs_before(run, table))
    found = repair(problem, standing, curve=1)
    made = {(i, j) for i, j in found.chosen.pairs.tolist()}
    kept = [(i, j) for i, j in standing.tolist() if (i, j) in made]
    named = ((problem.mentors[i], problem.mentees[j]) for i, j in kept)
    return sorted(two for two in named if is_usable(two))


def pairs_before(run: MatchRun, table: CohortTable) -> list[Two]:
    """The pairs of the run that is followed, of whom both are still there."""
    ids = {enrollment: person for person, enrollment in table.enrollments.items()}
    before = Proposal.objects.filter(run=run.follows_id).order_by("pk")
    rows = before.values_list("mentor", "mentee")
    return [(ids[mentor], ids[mentee]) for mentor, mentee in rows if {mentor, mentee} <= ids.keys()]


def with_pins(policy: Policy, pins: tuple[Two, ...]) -> Policy:
    pairs = policy.pairs.model_copy(update={"pin": pins})
    return policy.model_copy(update={"pairs": pairs})
