"""The policy: what a program asks of its people and its pairs, as one validated object."""

import json
import tomllib
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StrictBool, StrictInt, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from upwell.policy.faults import ENGLISH, PolicyError, Translations
from upwell.policy.gates import Gates
from upwell.policy.sections import (
    Capacity,
    Levels,
    Mentees,
    Mentors,
    Pairs,
    Preferences,
    Privacy,
    Quality,
    Rules,
    Section,
    WorkingDay,
)
from upwell.policy.toml import written
from upwell.policy.validation import faults_of, unreadable
from upwell.policy.values import same_name
from upwell.sheets.texts import gettext_noop as _

__all__ = ["Choosing", "Objective", "Policy", "Rules", "example"]

PREVIEW_HOURS = 48
Objective = Literal["total", "fair", "stable"]
Choosing = Literal["assigned", "chosen", "ranked"]
LATER = ("choosing", "choosing_names", "gates", "preview_hours")
"""What decides nothing about pairs; at its defaults it is in no snapshot, as before it was there.
"""


class Policy(Section):
    """The policy of a program: who may be paired with whom, and what makes a pair good."""

    objective: Objective = Field(
        "total",
        description=_(
            'After as many pairs as can be: "total" for the best total; "fair" for the weakest pair'
            " as good as can be, then the next, then the best total. Or, even with fewer pairs,"
            ' "stable": no two people would both rather have each other.'
        ),
    )
    choosing: Choosing = Field(
        "ranked",
        description=_(
            'How counterparts are found: "assigned" by a run alone; "chosen" from short lists, by'
            ' two who both say yes; "ranked" by a run that weighs whom people put in order on'
            " their short lists."
        ),
    )
    choosing_names: StrictBool = Field(
        False, description=_("Whether short lists show names, or only what speaks for somebody.")
    )
    preview_hours: Annotated[StrictInt, Field(ge=12, le=168)] = Field(
        PREVIEW_HOURS,
        description=_(
            'Hours in which either side of a pair may say "someone else, please" before it is'
            " published, where both sides are asked."
        ),
    )
    levels: Levels = Field(Levels(), description=_("The career levels of the organization."))
    mentors: Mentors = Field(
        Mentors(), description=_("Who may be a mentor: the junior who teaches.")
    )
    mentees: Mentees = Field(
        Mentees(), description=_("Who may be a mentee: the senior who learns.")
    )
    rules: Rules = Field(Rules(), description=_("What no pair may break."))
    preferences: Preferences = Field(
        Preferences(),
        description=_(
            "What makes one allowed pair better than another. Weights from 0 (no matter) to 100."
        ),
    )
    capacity: Capacity = Field(
        Capacity(), description=_("How many counterparts people take who do not say so themselves.")
    )
    hours: WorkingDay = Field(
        WorkingDay(), description=_("The working day of people whose hours are not given.")
    )
    pairs: Pairs = Field(Pairs(), description=_("Single pairs, by the ids of the two people."))
    quality: Quality = Field(
        Quality(),
        description=_(
            "From how many percent of the points that can be reached a pair is strong or good."
            " Below both it is weak."
        ),
    )
    privacy: Privacy = Field(Privacy(), description=_("What protects people in figures."))
    gates: Gates = Field(
        Gates(),
        description=_(
            "Steps of the launch that must be done before a cohort goes on, besides those that"
            " always must: goal, support, funding, owner, people, resources, training, channels,"
            " calendar, mass."
        ),
    )

    @model_validator(mode="after")
    def check_sides(self) -> Self:
        mentors = {same_name(level) for level in self.mentors.levels}
        both = [level for level in self.mentees.levels if same_name(level) in mentors]
        if both:
            raise PydanticCustomError(
                "both_sides", "on both sides", {"key": "mentees.levels", "value": both}
            )
        return self

    @classmethod
    def from_values(cls, values: object) -> Self:
        """Read nested dicts and lists. Raises PolicyError naming each wrong key."""
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            raise PolicyError(faults_of(error, cls)) from None

    @classmethod
    def from_toml(cls, text: str) -> Self:
        """Read a policy file. Raises PolicyError; of text that is no TOML it names the line."""
        try:
            # Some editors put a mark before the first character.
            values = tomllib.loads(text.removeprefix("\ufeff"))
        except (ValueError, RecursionError) as error:
            raise PolicyError([unreadable("TOML", error, text)]) from None
        return cls.from_values(values)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a snapshot. Raises PolicyError."""
        try:
            values: Any = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise PolicyError([unreadable("JSON", error, text)]) from None
        return cls.from_values(values)

    def to_toml(self, translations: Translations = ENGLISH) -> str:
        """The policy as a file, each key explained."""
        return written(self, translations.gettext)

    def to_json(self) -> str:
        """The snapshot: the same text for the same policy, keys sorted, no spaces."""
        values = self.model_dump(mode="json")
        for name in LATER:  # so that it is the text that it was before there were these
            if getattr(self, name) == type(self).model_fields[name].default:
                del values[name]
        if not self.preferences.background:
            del values["preferences"]["background"]  # likewise
        if self.privacy.breakdown == Privacy().breakdown:
            del values["privacy"]["breakdown"]  # likewise
        return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def pairing_json(self) -> str:
        """The snapshot of what decides about pairs: what only concerns how they are found or told
        does not.
        """
        defaults = {name: type(self).model_fields[name].default for name in LATER}
        privacy = self.privacy.model_copy(update={"breakdown": Privacy().breakdown})
        return self.model_copy(update=defaults | {"privacy": privacy}).to_json()


def example(translations: Translations = ENGLISH) -> str:
    """The policy that ships, as a commented file."""
    return Policy().to_toml(translations)
