"""How one policy differs from another, in plain words."""

from collections.abc import Iterator
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _t

from upwell.policy import Policy
from upwell.programs.forms.policy import value_at
from upwell.programs.policy_faults import WORDS
from upwell.programs.policy_words import ASKED, KEPT
from upwell.programs.step_words import listed

NOT_OF_PAIRS = ("gates.", "privacy.", "choosing", "preview_hours")


def differences(before: Policy, now: Policy) -> list[str]:
    """What the second policy asks of pairs instead of the first, a short sentence each."""
    return [*of_settings(before, now), *of_lists(before, now)]


def of_settings(before: Policy, now: Policy) -> Iterator[str]:
    for key in ASKED:
        old, new = value_at(before, key), value_at(now, key)
        if old != new and not key.startswith(NOT_OF_PAIRS):
            yield instead(key, in_words(key, old), in_words(key, new))


def of_lists(before: Policy, now: Policy) -> Iterator[str]:
    """What only the policy's file has: how many couples it names, or that the levels differ."""
    for key in sorted(KEPT):
        old, new = value_at(before, key), value_at(now, key)
        if old == new:
            continue
        if len(old) == len(new):
            yield _t("%(setting)s: not the same.") % {"setting": WORDS[key]}
        else:
            yield instead(key, number_format(len(old)), number_format(len(new)))


def instead(key: str, before: str, now: str) -> str:
    words = {"setting": WORDS[key], "now": now, "before": before}
    return _t("%(setting)s: %(now)s instead of %(before)s.") % words


def in_words(key: str, value: Any) -> str:
    """A value as the form of the policy says it."""
    choices = ASKED[key].choices
    if isinstance(value, bool):
        return _t("yes") if value else _t("no")
    if isinstance(value, tuple):
        return listed([str(choices.get(one, one)) for one in value]) or _t("any level")
    if value in choices:
        return _t("“%(label)s”") % {"label": choices[value]}
    return value if isinstance(value, str) else number_format(f"{value:g}")
