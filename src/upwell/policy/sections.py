"""The sections of a policy, each key with what it is for."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from upwell.policy.values import Couples, Hours, Names, Percent, Places, Weight, WorkingHours
from upwell.sheets.texts import gettext_noop as _


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
    ranking: Weight = Field(
        3,
        description=_(
            "Whom people ranked themselves. Each side gives half: all of it for a first choice, 7/8"
            " for a second, … 1/8 for an eighth."
        ),
    )
    background: Weight = Field(
        0,
        description=_(
            "Different backgrounds, by what people have told about themselves. Counts only inside"
            " Upwell, between two who have both agreed, and is told to nobody."
        ),
    )

    @model_validator(mode="after")
    def check_weights(self) -> Self:
        if not any(self.model_dump(exclude={"preferred_region", "background"}).values()):
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
    mutual_first: StrictBool = Field(
        False,
        description=_("Two who both rank each other first are paired, where the rules allow."),
    )


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
    breakdown: Literal["level", "region", "unit"] = Field(
        "level",
        description=_(
            'By what figures of a cohort are broken down: "level", "region" or "unit". By one of'
            " them alone, so that nobody can be picked out by holding one against another."
        ),
    )
