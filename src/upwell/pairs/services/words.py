"""What runs and pairs say, in the language of who reads it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from upwell.matching.said import say, unkept
from upwell.pairs.models import MatchRun, Unplaced
from upwell.policy import Fault
from upwell.policy.phrases import enumerated, rule_names, unplaced_text
from upwell.policy.reasons import Reason, for_participants, reason_text
from upwell.programs.models import Enrollment
from upwell.programs.policy_faults import fault_sentence

Stored = Iterable[Mapping[str, Any]]
PIN_FAULTS = frozenset({"pin_apart", "pin_places"})


def reason_sentences(stored: Stored, *, mentee: str = "") -> list[str]:
    """Why two people were paired, for those who manage the cohort."""
    return sentences(map(Reason.from_json, stored), mentee)


def participant_sentences(stored: Stored, *, mentee: str = "") -> list[str]:
    """The same for the two themselves: topics, hours and languages only."""
    return sentences(for_participants(map(Reason.from_json, stored)), mentee)


def sentences(reasons: Iterable[Reason], mentee: str) -> list[str]:
    return [reason_text(reason, translation, mentee=mentee) for reason in reasons]


def check_sentences(run: MatchRun) -> list[str]:
    """What was wrong when the proof of the run was last checked again."""
    return [say(unkept(fault), _) for fault in run.check_faults]


def unplaced_sentence(unplaced: Unplaced) -> str:
    """Why somebody has no counterpart, the same whether or not a private request is in it."""
    if unplaced.why == "taken":
        return _(
            "Whoever may be paired with them has somebody already, or was a pair with them before,"
            " or one of the two has asked in private for something else."
        )
    return unplaced_text(unplaced.why, unplaced.rules, translation)


def fault_sentences(run: MatchRun) -> list[str]:
    """Why a run failed."""
    return sentences_of_faults(run.faults)


def sentences_of_faults(faults: Stored) -> list[str]:
    """Why a run or a repair failed, of what it has kept."""
    own = {
        "given_up": _("The run was given up after an error. Start another one."),
        "sealed": _(
            "What people have asked for in private could not be read, so nobody was matched."
            " Tell your IT: `upwell keys status` says what is missing."
        ),
        "not_proven": _("The result could not be proven, so it was not kept. Tell your IT."),
    }
    return [
        own.get(fault["code"]) or pin_sentence(fault) or fault_sentence(Fault(**fault))
        for fault in faults
    ]


def pin_sentence(fault: Mapping[str, Any]) -> str:
    """Why a couple cannot be kept together by hand; "" for any other fault. One query."""
    if fault["code"] not in PIN_FAULTS:
        return ""
    who = fault["params"]
    people = [who[side] for side in ("mentor", "mentee", "person") if side in who]
    rows = Enrollment.objects.filter(pk__in=people).values_list("pk", "person__name")
    known = {str(pk): name for pk, name in rows}
    first, *second = (known.get(pk, _("somebody")) for pk in people)
    if not second:
        return _(
            "%(name)s is to be kept together with more people than they have places."
            " Take one of these off, then start another run."
        ) % {"name": first}
    rules = enumerated(rule_names(who["rules"].split(","), translation), translation)
    return _(
        "%(mentor)s and %(mentee)s are to be kept together, but this is in the way: %(rules)s."
        " Take it off, or change the policy."
    ) % {"mentor": first, "mentee": second[0], "rules": rules}
