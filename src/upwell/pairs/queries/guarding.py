"""One pair that breaks a rule since the directory has changed: what is known, and who can help."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from upwell.pairs.models import Conflict, Couple, Pair
from upwell.people.models import Person, Role

MOST_NAMED = 3


@dataclass(frozen=True)
class Guarded:
    """``rules`` are the sentences of what is broken; ``correcting`` can change the directory."""

    pair: Pair
    couple: Couple
    rules: list[str]
    is_of_lines: bool
    correcting: list[Person]


def guarded(pair: Pair) -> Guarded | None:
    """None where the pair is over or breaks no rule. Three queries."""
    standing = Conflict.objects.standing().filter(couple__pair=pair).order_by("rule", "pk")
    found = list(standing.values_list("couple", "rule"))
    if not found:
        return None
    couple = Couple.objects.with_people().get(pk=found[0][0])
    rules = {rule for _couple, rule in found}
    holders = Person.objects.holding(Role.Kind.DIRECTORY_ADMINISTRATOR).order_by("name", "pk")
    return Guarded(
        pair=pair,
        couple=couple,
        rules=[said(rule, couple) for rule in Conflict.Rule.values if rule in rules],
        is_of_lines=Conflict.Rule.REPORTING_LINE in rules,
        correcting=list(holders[:MOST_NAMED]),
    )


def said(rule: str, couple: Any) -> str:
    named = {"mentor": couple.mentor, "mentee": couple.mentee}
    if rule == Conflict.Rule.REPORTING_LINE:
        text = _(
            "By the directory, one of %(mentor)s and %(mentee)s stands above the other now, by a"
            " solid or a dotted line, at whatever distance."
        )
        return text % named
    text = _(
        "By the directory, %(mentor)s and %(mentee)s are closer in level now than the policy"
        " allows."
    )
    return text % named
