"""The three gates of a cohort: open, or with what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from upwell.desk.queries.launch.facts import Facts
from upwell.desk.queries.launch.steps import is_done, steps_of
from upwell.desk.queries.step import Step
from upwell.policy.gates import WANTED
from upwell.programs.models import Opening
from upwell.programs.step_words import GATE_ROUTES, GATES, NAMES, listed

Gate = Opening.Gate
EFFECTS: Mapping[str, str | Promise] = {
    Gate.MENTEES: _("Mentees can be invited to sign in."),
    Gate.MENTORS: _("Mentors can be invited to sign in."),
    Gate.MATCH: _("Match runs can be started."),
}


@dataclass(frozen=True)
class GateState:
    """``missing`` are the steps that are not done; those of an opening, when it was made.

    ``reason`` says why it was opened all the same, for those who may read it.
    """

    gate: Opening.Gate
    needed: int
    missing: Sequence[str]
    opening: Opening | None = None
    step: Step | None = None
    reason: str = ""

    @property
    def title(self) -> str | Promise:
        return GATES[self.gate]

    @property
    def effect(self) -> str | Promise:
        return EFFECTS[self.gate]

    @property
    def done(self) -> int:
        return self.needed - len(self.missing)

    @property
    def missing_words(self) -> str:
        return words_of(self.missing)


def words_of(codes: Sequence[str]) -> str:
    return listed([str(NAMES[code]) for code in codes if code in NAMES])


def missing_steps(facts: Facts, gate: Opening.Gate) -> list[str]:
    """The codes of what a gate needs and is not done. No query."""
    needed = facts.program.policy.gates.needed(gate)
    return [code for code in needed if not is_done(facts, code)]


@dataclass(frozen=True)
class Lack:
    """Something that a gate needs and is not done: what it is, how it stands, where it is done."""

    title: str | Promise
    evidence: str
    link: Step | None


def lacks_of(facts: Facts, gate: Opening.Gate) -> list[Lack]:
    """No query. Of the step "people", a gate may need only what the mentees want."""
    steps = {one.code: one for one in steps_of(facts)}
    found = []
    for code in missing_steps(facts, gate):
        step = steps["people" if code == WANTED else code]
        found.append(Lack(NAMES[code], step.reading.evidence, step.link))
    return found


def gates_of(facts: Facts, reasons: Mapping[str, str]) -> list[GateState]:
    """The gates of the cohort that is looked at; none where there is no cohort. No query."""
    return [gate_of(facts, gate, reasons.get(gate, "")) for gate in Gate] if facts.cohort else []


def gate_of(facts: Facts, gate: Opening.Gate, reason: str = "") -> GateState:
    needed = facts.program.policy.gates.needed(gate)
    opening = facts.openings.get(gate)
    if opening:
        return GateState(gate, len(needed), opening.missing, opening, reason=reason)
    step = None
    if facts.cohort and not facts.cohort.is_draft:
        step = Step(str(GATES[gate]), GATE_ROUTES[gate], facts.cohort.pk)
    return GateState(gate, len(needed), missing_steps(facts, gate), step=step)
