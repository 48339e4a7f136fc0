"""Opening the gates of a cohort."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests.desk.launching import (
    make_calendar,
    make_done,
    make_goal,
    make_learner,
    make_owner,
    make_published,
    make_wishing,
)
from tests.factories import make_cohort, make_enrollment, make_manager
from upwell.audit.models import AuditEntry
from upwell.desk.services import open_gate
from upwell.policy import Policy
from upwell.programs.models import Opening, Program
from upwell.vault.services import unseal

pytestmark = pytest.mark.django_db
Gate = Opening.Gate
WHY = "The guidelines are in the intranet."


@pytest.fixture
def manager():
    return make_manager()


@pytest.fixture
def cohort(manager):
    return make_cohort(manager, starts_on=date(2027, 1, 4), gates=())


def make_ready(cohort):
    """Everything for the first gate but the guidelines."""
    make_goal(cohort.program)
    make_owner(cohort.program)
    make_calendar(cohort)


@pytest.mark.parametrize(
    ("gate", "missing"),
    [
        (Gate.MENTEES, ["goal", "owner", "resources", "calendar"]),
        (Gate.MENTORS, ["wanted"]),
        (Gate.MATCH, ["training"]),
    ],
)
def test_what_is_missing_is_kept_with_the_reason(cohort, manager, gate, missing):
    open_gate(cohort, gate, reason=f"  {WHY} ", by=manager)

    opening = Opening.objects.get()
    assert (opening.gate, opening.missing, opening.opened_by) == (gate, missing, manager)
    assert unseal(opening, "reason") == WHY


@pytest.mark.parametrize("reason", ["", "because", " " * 40])
def test_without_a_reason_nothing_is_opened_that_misses_something(cohort, manager, reason):
    with pytest.raises(ValidationError, match="Say in a sentence why"):
        open_gate(cohort, Gate.MATCH, reason=reason, by=manager)

    assert not Opening.objects.exists()


def test_steps_that_are_done_are_not_missing(cohort, manager):
    make_ready(cohort)

    opening = open_gate(cohort, Gate.MENTEES, reason=WHY, by=manager)

    assert opening.missing == ["resources"]


def test_where_nothing_is_missing_no_reason_is_asked_or_kept(cohort, manager):
    make_wishing(cohort, "Games")

    opening = open_gate(cohort, Gate.MENTORS, reason=WHY, by=manager)

    assert (opening.missing, opening.reason) == ([], None)


def test_guidelines_and_lessons_open_gates_without_a_reason(cohort, manager):
    make_ready(cohort)
    make_published(cohort.program)
    make_done(make_learner(cohort, "mentee"))

    opened = [open_gate(cohort, gate, by=manager) for gate in (Gate.MENTEES, Gate.MATCH)]

    assert [one.missing for one in opened] == [[], []]


def test_the_match_waits_for_those_who_have_not_done_their_lessons(cohort, manager):
    make_published(cohort.program)
    make_done(make_learner(cohort, "mentee"))
    make_learner(cohort)

    with pytest.raises(ValidationError, match="Say in a sentence why"):
        open_gate(cohort, Gate.MATCH, by=manager)


def test_mentors_wait_for_the_wishes_of_all_mentees(cohort, manager):
    make_wishing(cohort, "Games")
    make_enrollment(cohort, "mentee")

    with pytest.raises(ValidationError):
        open_gate(cohort, Gate.MENTORS, by=manager)


def test_a_policy_makes_further_steps_a_gate(cohort, manager):
    make_wishing(cohort, "Games")
    policy = Policy.from_values({"gates": {"mentors": ["funding", "mass"]}})
    Program.objects.update(policy_json=policy.to_json())

    opening = open_gate(cohort, Gate.MENTORS, reason=WHY, by=manager)

    assert opening.missing == ["funding", "mass"]


def test_a_gate_is_opened_once(cohort, manager):
    open_gate(cohort, Gate.MATCH, reason=WHY, by=manager)

    with pytest.raises(ValidationError, match="Somebody has opened this already"):
        open_gate(cohort, Gate.MATCH, reason=WHY, by=manager)


def test_whoever_takes_part_cannot(cohort, manager):
    make_enrollment(cohort, "mentee", person=manager)

    with pytest.raises(ValidationError, match="You take part in this cohort"):
        open_gate(cohort, Gate.MATCH, reason=WHY, by=manager)


def test_whoever_manages_another_program_cannot(cohort):
    with pytest.raises(ValidationError, match="Only the program's managers"):
        open_gate(cohort, Gate.MATCH, reason=WHY, by=make_manager())


def test_a_draft_is_not_opened(manager):
    cohort = make_cohort(manager, gates=(), is_draft=True)

    with pytest.raises(ValidationError, match="This cohort is a draft"):
        open_gate(cohort, Gate.MATCH, reason=WHY, by=manager)


def test_the_log_says_what_was_missing_and_not_why(cohort, manager):
    open_gate(cohort, Gate.MATCH, reason=WHY, by=manager)

    entries = AuditEntry.objects.filter(event__startswith="programs.gate.")
    assert {one.event: one.facts for one in entries} == {
        "programs.gate.opened": {"gate": "match"},
        "programs.gate.overridden": {"gate": "match", "missing": ["training"]},
    }


def test_the_log_names_no_override_where_nothing_was_missing(cohort, manager):
    make_wishing(cohort, "Games")

    open_gate(cohort, Gate.MENTORS, by=manager)

    assert AuditEntry.objects.filter(event__startswith="programs.gate.").count() == 1
