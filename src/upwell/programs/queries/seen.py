"""What a window has shown of somebody's answers, so that two do not overwrite each other."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.crypto import salted_hmac

from upwell.people.models import Person
from upwell.sheets import Topic as Named

HOURS = ("hours_from", "hours_until")
"""One answer of two fields: whoever changes one end has said both."""


@dataclass(frozen=True)
class Seen:
    """``digests`` of answers by their names, as the window of this id has shown them."""

    digests: Mapping[str, str]
    window: str


def digest(value: Any) -> str:
    """Equal for equal answers; nothing can be read back from it."""
    plain = value.pk if isinstance(value, Person) else value or None
    words = json.dumps(plain, default=vars_of, sort_keys=True)
    return salted_hmac("upwell.answers", words).hexdigest()[:16]


def digests(answers: Mapping[str, Any]) -> dict[str, str]:
    return {name: digest(value) for name, value in answers.items()}


def vars_of(value: Any) -> Any:
    return [value.name, value.strength] if isinstance(value, Named) else str(value)


def changed_elsewhere(
    given: Mapping[str, Any], stored: Mapping[str, Any], seen: Seen, own: Mapping[str, str]
) -> dict[str, Any]:
    """Of what is given, what stands there by now, where that is neither seen, own nor the same."""
    found = {
        name
        for name, value in given.items()
        if name in seen.digests
        and digest(stored[name]) not in {seen.digests[name], own.get(name), digest(value)}
    }
    if not found.isdisjoint(HOURS):
        found |= {*HOURS} & given.keys()
    return {name: stored[name] for name in given if name in found}
