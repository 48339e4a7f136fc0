"""The policy: what a program asks of its people and its pairs, as one validated object."""

import json
import tomllib
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from upwell.policy.faults import ENGLISH, PolicyError, Translations
from upwell.policy.toml import written
from upwell.policy.validation import faults_of, unreadable
from upwell.sheets.texts import gettext_noop as _

LONGEST_NAME = 200
DAY_MINUTES = 24 * 60


def same_name(name: str) -> str:
    """The form in which two spellings of a name are compared: case and spacing do not count."""
    return " ".join(name.casefold().split())


def usable_name(name: str) -> str:
    """Refuse what cannot be written down or seen."""
    try:
        name.encode()
    except UnicodeEncodeError:
        raise PydanticCustomError("name", "unwritable") from None
    if not name.strip() or len(name) > LONGEST_NAME:
        raise PydanticCustomError("name", "blank or too long")
    return name


def different_names(names: tuple[str, ...]) -> tuple[str, ...]:
    if len({same_name(name) for name in names}) < len(names):
        raise PydanticCustomError("repeated", "twice")
    return names


def different_people(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    if any(first == second for first, second in pairs):
        raise PydanticCustomError("with_oneself", "one person twice")
    return pairs


def minutes_of(hours: str) -> tuple[int, int]:
    """Start and end of ``"09:00-17:00"`` in minutes after midnight."""
    start, end = (60 * int(at[:2]) + int(at[3:]) for at in hours.split("-"))
    return start, end


def in_order(hours: str) -> str:
    start, end = minutes_of(hours)
    if not start < end <= DAY_MINUTES:
        raise PydanticCustomError("hours", "not in order")
    return hours


Name = Annotated[StrictStr, AfterValidator(usable_name)]
Names = Annotated[tuple[Name, ...], AfterValidator(different_names)]
Couples = Annotated[tuple[tuple[Name, Name], ...], AfterValidator(different_people)]
Weight = Annotated[StrictInt, Field(ge=0, le=100)]
Percent = Annotated[StrictInt, Field(ge=0, le=100)]
Places = Annotated[StrictInt, Field(ge=1, le=50)]
# Adding 0.0 turns -0.0 into 0.0, which is written differently.
Hours = Annotated[
    StrictFloat,
    Field(ge=0, le=12, multiple_of=0.5, allow_inf_nan=False),
    AfterValidator(lambda hours: hours + 0.0),
]
WorkingHours = Annotated[
    StrictStr,
    Field(pattern=r"^([01][0-9]|2[0-4]):[0-5][0-9]-([01][0-9]|2[0-4]):[0-5][0-9]$"),
    AfterValidator(in_order),
]


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Levels(Section):
    order: Names = Field(
        (), description=_("Every level, lowest first. Empty: as the table has them.")
    )


class Mentors(Section):
    levels: Names = Field(
        (),
        description=_(
            "Their levels. Empty: the roles in the table decide, else the lowest levels."
        ),
    )


class Mentees(Section):
    levels: Names = Field(
        (),
        description=_("Their levels. Empty: the roles in the table decide, else the upper half."),
    )


class Rules(Section):
    level_gap: Annotated[StrictInt, Field(ge=0, le=50)] = Field(
        2, description=_("The mentee stands at least this many levels above the mentor.")
    )
    reporting_lines: Literal["never", "distance"] = Field(
        "never",
        description=_(
            '"never": no pair where one stands above the other, at any depth, solid or'
            ' dotted. "distance": allowed far enough up a solid line.'
        ),
    )
    reporting_distance: Annotated[StrictInt, Field(ge=2, le=50)] = Field(
        4, description=_('Steps up the solid line from which "distance" allows a pair.')
    )
    unit: Literal["any", "different"] = Field(
        "any", description=_('"any" or "different": whether the two come from different units.')
    )
    team: Literal["any", "different"] = Field(
        "different",
        description=_('"any" or "different": whether the two come from different teams.'),
    )
    region: Literal["any", "same", "across"] = Field(
        "any", description=_('"any", "same" (one region) or "across" (two regions).')
    )
    overlap_hours: Hours = Field(
        2.0, description=_("Working hours that the two share on every day of the year, in halves.")
    )
    shared_language: StrictBool = Field(
        True, description=_("Whether the two must have a language in common.")
    )


class Preferences(Section):
    topics: Weight = Field(50, description=_("The mentor offers what the mentee wants to learn."))
    hours: Weight = Field(15, description=_("Working hours in common, up to a full day."))
    stage: Weight = Field(10, description=_("Distance in level."))
    unit: Weight = Field(15, description=_("The two come from different units."))
    region: Weight = Field(10, description=_("Geography, as preferred_region says."))
    preferred_region: Literal["across", "same"] = Field(
        "across", description=_('"across" (two regions) or "same" (one region).')
    )

    @model_validator(mode="after")
    def check_weights(self) -> Self:
        if not any((self.topics, self.hours, self.stage, self.unit, self.region)):
            raise PydanticCustomError("no_weight", "all 0")
        return self


class Capacity(Section):
    mentor: Places = Field(1, description=_("Mentees of one mentor, at most."))
    mentee: Places = Field(1, description=_("Mentors of one mentee, at most."))


class WorkingDay(Section):
    default: WorkingHours = Field("09:00-17:00", description=_("Local time, from-until."))


class Pairs(Section):
    pin: Couples = Field((), description=_('Pairs to be made: [["mentor", "mentee"], …].'))
    keep_apart: Couples = Field((), description=_("People who must not be paired, in either role."))
    former: Couples = Field((), description=_("Earlier pairs, which are not made again."))


class Quality(Section):
    strong: Percent = Field(70, description=_("Strong from here."))
    good: Percent = Field(45, description=_("Good from here."))

    @model_validator(mode="after")
    def check_order(self) -> Self:
        if self.good > self.strong:
            raise PydanticCustomError(
                "good_above_strong", "good above strong", {"key": "good", "value": self.good}
            )
        return self


class Privacy(Section):
    threshold: Annotated[StrictInt, Field(ge=6, le=1_000)] = Field(
        6, description=_("A figure covers at least this many people and this many pairs.")
    )


class Policy(Section):
    """The policy of a program: who may be paired with whom, and what makes a pair good."""

    objective: Literal["total"] = Field(
        "total", description=_('"total": make as many pairs as can be, then get the best total.')
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
        return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def example(translations: Translations = ENGLISH) -> str:
    """The policy that ships, as a commented file."""
    return Policy().to_toml(translations)
