"""The gates of a cohort, and the steps of the launch that have to be done before each."""

from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field

from upwell.policy.sections import Section
from upwell.policy.values import Percent
from upwell.sheets.texts import gettext_noop as _

Step = Literal[
    "goal",
    "support",
    "funding",
    "owner",
    "people",
    "resources",
    "training",
    "channels",
    "calendar",
    "mass",
]
STEPS: tuple[Step, ...] = get_args(Step)
WANTED = "wanted"
"""The part of the step "people" that the mentees do: their wanted topics are in."""

ALWAYS: dict[str, tuple[str, ...]] = {
    "mentees": ("goal", "owner", "resources", "calendar"),
    "mentors": (WANTED,),
    "match": ("training",),
}


def in_their_order(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    return tuple(step for step in STEPS if step in steps)


Steps = Annotated[tuple[Step, ...], AfterValidator(in_their_order)]


class Gates(Section):
    """For each gate the further steps that a policy asks for."""

    mentees: Steps = Field(
        (),
        description=_("Before it is open to mentees. Always: goal, owner, resources and calendar."),
    )
    mentors: Steps = Field(
        (),
        description=_("Before it is open to mentors. Always: the topics that its mentees want."),
    )
    match: Steps = Field((), description=_("Before its first match run. Always: training."))
    trained_percent: Percent = Field(
        80,
        description=_(
            "Training is done once this many percent of those who take part did their lessons."
        ),
    )

    def needed(self, gate: str) -> tuple[str, ...]:
        """The steps to be done before a gate, those that always have to first, each once."""
        return tuple(dict.fromkeys((*ALWAYS[gate], *getattr(self, gate))))
