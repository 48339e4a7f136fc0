"""The launch page: ten steps, three gates, and the one thing to do next."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.desk.queries.launch.facts import Facts, facts_of
from upwell.desk.queries.launch.gates import GateState, gates_of
from upwell.desk.queries.launch.steps import LaunchStep, steps_of
from upwell.desk.queries.step import Step
from upwell.people.models import Person
from upwell.programs.models import Cohort, Opening, Program
from upwell.vault.errors import VaultError
from upwell.vault.services import unseal_all

log = logging.getLogger(__name__)
FIRST = ("goal", "support", "funding", "owner", "calendar")
"""What comes before the first gate, in the order in which it is proposed; then step by step."""


@dataclass(frozen=True)
class Launch:
    """A launch as somebody sees it; only whoever ``can_act`` is offered anything to do."""

    facts: Facts
    steps: Sequence[LaunchStep]
    gates: Sequence[GateState]
    cohorts: Sequence[Cohort]
    can_act: bool

    @property
    def headline(self) -> str:
        return headline_of(self.facts.program, self.steps)

    @cached_property
    def next_step(self) -> Step | None:
        return next_of(self.facts, self.steps, self.gates) if self.can_act else None


def headline_of(program: Program, steps: Sequence[LaunchStep]) -> str:
    done = sum(step.reading.is_done for step in steps)
    named = {"program": program, "done": done, "total": len(steps)}
    if done == len(steps):
        return _("%(program)s: all %(total)s steps are done") % named
    said = ngettext(
        "%(program)s: %(done)s of %(total)s steps is done",
        "%(program)s: %(done)s of %(total)s steps are done",
        done,
    )
    return said % named


def next_of(facts: Facts, steps: Iterable[LaunchStep], gates: Iterable[GateState]) -> Step | None:
    """The first step that is open and has a place, or gate that is closed; at last the match.

    A step that somebody else has to take, such as a yes that was asked for, is not waited for. The
    gate to mentors is opened as soon as nothing is missing: none of them can say yes before.
    """
    todo = {one.code: one.link for one in steps if is_for_managers(facts, one) and one.link}
    closed = {one.gate: one.step for one in gates if one.step}
    ready = {one.gate: one.step for one in gates if one.step and not one.missing}
    way = [
        *(todo.get(code) for code in FIRST),
        todo.get("resources") if Opening.Gate.MENTEES in closed else None,
        closed.get(Opening.Gate.MENTEES),
        ready.get(Opening.Gate.MENTORS),
        todo.get("people"),
        closed.get(Opening.Gate.MENTORS),
        todo.get("training") if Opening.Gate.MATCH in closed else None,
        closed.get(Opening.Gate.MATCH),
    ]
    found = next((step for step in way if step), None)
    if found or facts.cohort is None or facts.cohort.is_draft:
        return found
    return Step(_("Go to the matching"), "pairs:run_list", facts.cohort.pk)


def is_for_managers(facts: Facts, step: LaunchStep) -> bool:
    return not step.reading.is_done and not {*facts.managers}.isdisjoint(step.reading.who)


def launch_of(
    program: Program, *, by: Person, cohort: str = "", today: date | None = None
) -> Launch:
    """The launch with the cohort of this id, also an ended one, or else the latest that has not.

    Eleven queries, and one of the key store where a gate was opened with a reason.
    """
    day = today or timezone.localdate()
    cohorts = list(program.cohorts.order_by("-starts_on", "-created_at"))
    own = set(program.cohorts.filter(enrollments__person=by).values_list("pk", flat=True))
    ahead = [one for one in cohorts if one.ends_on > day]
    shown = [one for one in ahead if one.pk not in own]
    asked = (one for one in cohorts if str(one.pk) == cohort and one.pk not in own)
    chosen = next(asked, shown[0] if shown else None)
    facts = facts_of([program], [chosen] if chosen else [])[
        program.pk, chosen.pk if chosen else None
    ]
    facts = replace(facts, is_hidden=chosen is None and bool(ahead))
    can_act = any(one == by for one in facts.managers)
    steps = steps_of(facts)
    if not can_act:
        steps = [replace(one, link=None) for one in steps]
    return Launch(facts, steps, gates_of(facts, reasons_of(facts)), shown, can_act)


def reasons_of(facts: Facts) -> dict[str, str]:
    """Why gates were opened although something was missing; for whoever watches the cohort.

    One query of the key store where there are any.
    """
    opened = [one for one in facts.openings.values() if one.reason]
    try:
        texts = unseal_all(opened, "reason") if opened else {}
    except VaultError as error:
        log.warning("The reasons of gates cannot be read: %s", error)
        unreadable = _("This cannot be read at present. Your administrator can find out why.")
        return {one.gate: unreadable for one in opened}
    return {one.gate: str(texts[one.pk]) for one in opened}
