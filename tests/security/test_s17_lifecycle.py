"""Proof S17: whatever happens to a program, and in whatever order, its promises hold.

Hypothesis makes up lives of a small program, step by step; after each step the rows are compared
with a model in plain Python.
"""

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.security.lifecycle import Lifecycle
from tests.security.lifecycle_faults import FAULTS
from tests.security.lifecycle_people import Organization

pytestmark = pytest.mark.django_db

STEPS = 50
PARTS = 4
LIVES = 200
LIVES_OF_A_CONTROL = 200
MUST_HAPPEN = (
    *("refusals", "matches", "publications", "sealed words read by their owners"),
    "links followed",
)
"""In each part; that line managers are told where they may be is told by proof S5."""


def live(organization, number, lives, *, phases=(Phase.generate, Phase.shrink)):
    """Let so many lives happen, the same ones for the same number."""
    machine = seed(number)(type("Life", (Lifecycle,), {"organization": organization}))
    how = settings(
        max_examples=lives,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=phases,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=how, _min_steps=STEPS)


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_happens_the_promises_of_a_program_hold(part, tell):
    organization = Organization()
    live(organization, part, LIVES // PARTS)

    counts = organization.counts
    said = ", ".join(f"{name} {many:,}" for name, many in counts.items())
    tell(f"S17 {connection.vendor}, lives {part + 1} of {PARTS}: {said}")
    assert counts["lives"] >= LIVES // PARTS
    assert counts["steps"] >= STEPS * counts["lives"]
    for name in MUST_HAPPEN:
        assert counts[name] > 0, name


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_it_is_found_where_a_defence_is_missing(fault, monkeypatch, tell):
    organization = Organization()
    fault(monkeypatch)

    with pytest.raises(AssertionError, match=FAULTS[fault]):
        live(organization, 0, LIVES_OF_A_CONTROL, phases=[Phase.generate])

    steps = organization.counts["steps"]
    tell(f"S17 {connection.vendor}, without a defence: {fault.__name__} found by step {steps:,}")
