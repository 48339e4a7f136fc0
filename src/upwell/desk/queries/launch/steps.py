"""The ten steps of a launch in their order, each read from what there is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from upwell.core.access import table
from upwell.desk.queries.launch.backing import funding, owner, support
from upwell.desk.queries.launch.calendar import calendar
from upwell.desk.queries.launch.channels import channels
from upwell.desk.queries.launch.facts import Facts
from upwell.desk.queries.launch.goal import goal
from upwell.desk.queries.launch.mass import mass
from upwell.desk.queries.launch.people import people
from upwell.desk.queries.launch.reading import Reading, State, named
from upwell.desk.queries.launch.resources import resources
from upwell.desk.queries.launch.training import training
from upwell.desk.queries.step import Step
from upwell.policy.gates import WANTED
from upwell.programs.models import Opening
from upwell.programs.step_words import NAMES

READ: dict[str, Callable[[Facts], Reading]] = {
    "goal": goal,
    "support": support,
    "funding": funding,
    "owner": owner,
    "people": people,
    "resources": resources,
    "training": training,
    "channels": channels,
    "calendar": calendar,
    "mass": mass,
}
GATES: tuple[Opening.Gate, ...] = tuple(Opening.Gate)
BEFORE: dict[str, str | Promise] = {
    Opening.Gate.MENTEES: _("before mentees"),
    Opening.Gate.MENTORS: _("before mentors"),
    Opening.Gate.MATCH: _("before the match"),
}

STATES: dict[State, str | Promise] = {
    State.DONE: _("done"),
    State.UNDER_WAY: _("under way"),
    State.OPEN: _("open"),
    State.HIDDEN: _("not shown to you"),
}


@dataclass(frozen=True)
class Place:
    """Where a step is done; ``is_of_cohort`` where the page is one of the cohort's.

    ``rest`` says what is left to do once the step is under way, where that is something else.
    """

    route: str
    label: str | Promise
    is_of_cohort: bool = False
    rest: str | Promise = ""
    query: str = ""


PLACES: dict[str, Place] = {
    "goal": Place(
        "programs:goal_detail",
        _("Write down the goal"),
        rest=_("Complete the goal and its measures"),
    ),
    "support": Place(
        "programs:sponsor_list", _("Find sponsors"), rest=_("Win a sponsor who commits")
    ),
    "funding": Place("programs:funding_detail", _("Write down the funding")),
    "owner": Place("programs:program_owner", _("Name the executive owner")),
    "people": Place(
        "programs:cohort_detail",
        _("Choose who takes part"),
        is_of_cohort=True,
        rest=_("Complete both sides and their topics"),
    ),
    "channels": Place(
        "programs:participant_list",
        _("See who cannot be reached in two ways"),
        is_of_cohort=True,
        query="role=mentee&access=unreachable",
    ),
    "resources": Place("learning:text_list", _("Read and publish the guidelines")),
    "training": Place(
        "learning:text_list",
        _("Read and publish the lessons"),
        rest=_("See who has done how much"),
    ),
    "calendar": Place("programs:cohort_days", _("Set the dates"), is_of_cohort=True),
    "mass": Place(
        "programs:mass_detail",
        _("Work out how many are enough"),
        is_of_cohort=True,
        rest=_("See whom to invite"),
    ),
}
"""A place whose route is not in the access table is not there, and so not shown."""
NO_COHORT = Place("programs:cohort_create", _("Open a cohort"))
OF_COHORT = ("people", "channels", "calendar", "mass")


@dataclass(frozen=True)
class LaunchStep:
    """One step as the page shows it; ``before`` are the gates that wait for it, "" for none."""

    number: int
    code: str
    reading: Reading
    before: str
    link: Step | None = None

    @property
    def title(self) -> str | Promise:
        return NAMES[self.code]

    @property
    def state(self) -> str:
        return self.reading.state.value

    @property
    def state_words(self) -> str | Promise:
        return STATES[self.reading.state]

    @property
    def who(self) -> str:
        return named(self.reading.who)


def steps_of(facts: Facts) -> list[LaunchStep]:
    """No query."""
    return [
        LaunchStep(number, code, read(facts), gates_before(facts, code), link_of(facts, code))
        for number, (code, read) in enumerate(READ.items(), start=1)
    ]


def gates_before(facts: Facts, code: str) -> str:
    gates = facts.program.policy.gates
    waiting = [gate for gate in GATES if needs(gates.needed(gate), code)]
    return ", ".join(str(BEFORE[gate]) for gate in waiting)


def needs(codes: Sequence[str], code: str) -> bool:
    return code in codes or (code == "people" and WANTED in codes)


def link_of(facts: Facts, code: str) -> Step | None:
    """Where the step is done, as far as there is such a place."""
    if facts.is_hidden and code in OF_COHORT:
        return None
    if facts.cohort is None and code in OF_COHORT:
        return Step(str(NO_COHORT.label), NO_COHORT.route, facts.program.pk)
    place = PLACES.get(code)
    if place is None or place.route not in table():
        return None
    of = facts.cohort if place.is_of_cohort else facts.program
    is_begun = READ[code](facts).state == State.UNDER_WAY
    label = place.rest if is_begun and place.rest else place.label
    return Step(str(label), place.route, of.pk if of else None, place.query)


def is_done(facts: Facts, code: str) -> bool:
    """Whether a step, or the mentees' part of step 5, is done."""
    if code == WANTED:
        return facts.sides.has_wishes
    return READ[code](facts).is_done
