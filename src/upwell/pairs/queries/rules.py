"""What is decided by hand about couples, and the policy that a run was asked for."""

from collections.abc import Iterable
from uuid import UUID

from upwell.pairs.models import CoupleRule, MatchRun
from upwell.policy import Policy
from upwell.programs.models import Cohort, Enrollment
from upwell.programs.policy_differences import differences

NOT_OF_A_RUN = (
    *("choosing", "choosing_names", "preview_hours"),
    *("pairs", "quality", "privacy", "gates"),
)
"""What no run under other rules sets, beside the weights of what people tell in private."""
Rule = list[str]
"""Kind, mentor and mentee, as a run keeps it."""


def couple_rules_now(cohort: UUID) -> list[Rule]:
    """The rules that the next run of a cohort follows, in a fixed order.

    One query, and another where there are any: by keys, since PostgreSQL knows little of tables
    that were just filled, and would join everybody with everybody.
    """
    rules = CoupleRule.objects.filter(cohort=cohort).order_by()
    rows = list(rules.values_list("kind", "mentor", "mentee"))
    if not rows:
        return []
    two = {pk for _kind, *both in rows for pk in both}
    present = Enrollment.objects.enrolled().filter(person__is_active=True, pk__in=two)
    here = set(present.order_by().values_list("pk", flat=True))
    return as_kept(row for row in rows if {row[1], row[2]} <= here)


def as_kept(rows: Iterable[tuple[str, UUID, UUID]]) -> list[Rule]:
    return sorted([kind, str(mentor), str(mentee)] for kind, mentor, mentee in rows)


def own_policy(run: MatchRun) -> Policy:
    """The policy that a run was asked for: without what was added of earlier pairs, by hand,
    and of a run that it follows."""
    then = Policy.from_json(run.policy_json)
    added = {
        "former": run.earlier_added,
        "pin": run.pins_added + run.kept_added,
        "keep_apart": run.bans_added,
    }
    own = {}
    for name, count in added.items():
        couples = getattr(then.pairs, name)
        own[name] = couples[: len(couples) - count]
    return then.model_copy(update={"pairs": then.pairs.model_copy(update=own)})


def rules_of(run: MatchRun, program: Policy) -> Policy:
    """The policy of the program with the rules and preferences that a run can have for itself."""
    own = own_policy(run)
    kept = {name: getattr(program, name) for name in NOT_OF_A_RUN}
    told = {name: getattr(program.preferences, name) for name in ("background", "ranking")}
    preferences = own.preferences.model_copy(update=told)
    return own.model_copy(update={**kept, "preferences": preferences})


def pins_not_kept(run: MatchRun) -> list[Rule]:
    """The pins that a run was to keep and could not. One query where it was to keep any."""
    pins = [rule for rule in run.couple_rules if rule[0] == CoupleRule.Kind.PIN]
    if not pins:
        return []
    rows = run.proposals.filter(mentor__in=[pin[1] for pin in pins]).order_by()
    made = {(str(mentor), str(mentee)) for mentor, mentee in rows.values_list("mentor", "mentee")}
    return [pin for pin in pins if (pin[1], pin[2]) not in made]


def names_not_kept(run: MatchRun) -> list[str]:
    """The same by the names of the two. One query more where there are any."""
    pins = pins_not_kept(run)
    if not pins:
        return []
    people = {pk for _kind, *two in pins for pk in two}
    rows = run.cohort.enrollments.filter(pk__in=people).values_list("pk", "person__name")
    names = {str(pk): name for pk, name in rows}
    return [
        f"{names[mentor]} – {names[mentee]}"
        for _kind, mentor, mentee in pins
        if mentor in names and mentee in names
    ]


def can_decide(run: MatchRun) -> bool:
    """Whether anything can still be decided by hand: until pairs are published. One query."""
    return not (run.is_published or run.cohort.runs.published().exists())


def rules_by_hand(cohort: Cohort) -> dict[tuple[UUID, UUID], CoupleRule]:
    """What is decided by hand, by mentor and mentee. One query."""
    return {(rule.mentor_id, rule.mentee_id): rule for rule in cohort.couple_rules.all()}


def rules_in_words(cohort: Cohort, run: MatchRun) -> list[str]:
    """How the rules of a run differ from the program's policy of today."""
    return differences(cohort.program.policy, own_policy(run))
