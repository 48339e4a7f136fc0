"""Couples kept together or apart by hand, from the studio to the policy of a run."""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.audit.services import record
from upwell.pairs.models import CoupleRule, MatchRun
from upwell.pairs.queries import couple_rules_now, held_places, own_policy
from upwell.pairs.services.acting import check_acting
from upwell.pairs.services.earlier import with_earlier
from upwell.pairs.services.proof import why_not
from upwell.people.models import Person
from upwell.policy import Policy
from upwell.policy.phrases import enumerated
from upwell.programs.models import Cohort, Enrollment, Program
from upwell.programs.queries import default_capacity
from upwell.programs.services.lines import ids_of


def set_rule(
    run: MatchRun, mentor: Enrollment, mentee: Enrollment, *, kind: str, by: Person
) -> CoupleRule:
    """Keep two people together, or apart, from the next run of the cohort on.

    Another rule about the two gives way. Raises ValidationError for whoever may not run the cohort,
    once its pairs are published, for somebody who takes no part, and for a pin that a rule of
    the run forbids or that finds no place. What is private is not looked at, so that no answer
    tells of it.
    """
    with transaction.atomic():
        Program.objects.select_for_update().get(pk=run.cohort.program_id)
        check_acting(run.cohort, by)
        check_open(run.cohort)
        check_both(run.cohort, mentor, mentee)
        if kind == CoupleRule.Kind.PIN:
            check_allowed(run, mentor, mentee)
            check_places(run, mentor, mentee)
        rule, _is_new = CoupleRule.objects.update_or_create(
            mentor=mentor,
            mentee=mentee,
            defaults={"cohort": run.cohort, "kind": kind, "set_by": by},
        )
        record("pairs.rule.set", by=by, on=rule)
    return rule


@transaction.atomic
def remove_rule(rule: CoupleRule, *, by: Person) -> None:
    """Leave it to the next run again whether the two are a pair.

    Raises ValidationError for whoever may not run the cohort, once its pairs are published, or
    once the rule is gone.
    """
    Program.objects.select_for_update().get(pk=rule.cohort.program_id)
    check_acting(rule.cohort, by)
    check_open(rule.cohort)
    record("pairs.rule.removed", by=by, on=rule)
    if not CoupleRule.objects.filter(pk=rule.pk).delete()[0]:
        raise ValidationError(_("This has been taken off already."))


def check_open(cohort: Cohort) -> None:
    if cohort.runs.published().exists():
        raise ValidationError(_("The pairs of this cohort are already published."))


def check_both(cohort: Cohort, mentor: Enrollment, mentee: Enrollment) -> None:
    roles = {mentor.pk: Enrollment.Role.MENTOR, mentee.pk: Enrollment.Role.MENTEE}
    present = cohort.enrollments.enrolled().filter(pk__in=roles, person__is_active=True)
    if dict(present.values_list("pk", "role")) != roles:
        raise ValidationError(_("One of the two does not take part in this cohort."))


def check_allowed(run: MatchRun, mentor: Enrollment, mentee: Enrollment) -> None:
    """Refuse a pin that a rule stands against, by its name; bans by hand give way to it."""
    if not run.inputs:
        raise ValidationError(_("The people of this run are not kept any more."))
    policy, _added = with_earlier(run.cohort, own_policy(run))
    rules = why_not(run, mentor, mentee, policy=policy)
    if rules:
        raise ValidationError(
            _("%(mentor)s and %(mentee)s cannot be kept together. In the way: %(rules)s.")
            % {
                "mentor": mentor.person.name,
                "mentee": mentee.person.name,
                "rules": enumerated(rules, translation),
            }
        )


def check_places(run: MatchRun, mentor: Enrollment, mentee: Enrollment) -> None:
    """Refuse more pins than somebody has places, by name."""
    policy, held = own_policy(run), held_places(run.cohort)
    pins = run.cohort.couple_rules.standing().pins().exclude(mentor=mentor, mentee=mentee)
    couples = list(pins.values_list("mentor", "mentee"))
    for place, enrollment in enumerate((mentor, mentee)):
        own = enrollment.capacity
        most = default_capacity(policy, enrollment.role) if own is None else own
        free = max(0, most - held[enrollment.pk])
        if sum(couple[place] == enrollment.pk for couple in couples) >= free:
            raise ValidationError(no_place(enrollment.person.name, free))


def no_place(name: str, places: int) -> str:
    if not places:
        return _("%(name)s has no place for a counterpart.") % {"name": name}
    text = ngettext(
        "%(name)s has one place, and it is kept for somebody else already.",
        "%(name)s has %(places)s places, and all are kept for others already.",
        places,
    )
    return text % {"name": name, "places": places}


def with_rules(cohort: Cohort, policy: Policy) -> tuple[Policy, dict[str, object]]:
    """The policy with the couples kept together and apart by hand, and the fields of a run on them.

    They come after the policy's own, each once and in the order of ids.
    """
    rules = couple_rules_now(cohort.pk)
    if not rules:
        return policy, {}
    names = ids_in(cohort)
    added: dict[str, list[tuple[str, str]]] = {"pin": [], "ban": []}
    for kind, mentor, mentee in rules:
        added[kind].append((names[UUID(mentor)], names[UUID(mentee)]))
    pins = new_ones(added["pin"], policy.pairs.pin)
    bans = new_ones(added["ban"], policy.pairs.keep_apart)
    pairs = policy.pairs.model_copy(
        update={
            "pin": (*policy.pairs.pin, *pins),
            "keep_apart": (*policy.pairs.keep_apart, *bans),
        }
    )
    fields: dict[str, object] = {"pins_added": len(pins), "bans_added": len(bans)}
    return policy.model_copy(update={"pairs": pairs}), fields | {"couple_rules": rules}


def ids_in(cohort: Cohort) -> dict[UUID, str]:
    """The ids in the table of people, by enrollment. Two queries."""
    ids = ids_of(Person.objects.order_by("pk").values_list("pk", "employee_id"))
    rows = cohort.enrollments.order_by().values_list("pk", "person")
    return {pk: ids[person] for pk, person in rows}


def new_ones(
    couples: Iterable[tuple[str, str]], own: Iterable[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Those that are not the policy's own, and that a policy can name, in order."""
    known = Counter(own)
    return sorted(
        couple for couple in couples if couple not in known and all(name.strip() for name in couple)
    )
