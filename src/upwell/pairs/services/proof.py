"""A run looked at again, from what was stored with it alone."""

import json
from dataclasses import replace
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from upwell.matching.certificate import Verdict
from upwell.matching.document import DocumentError, check
from upwell.matching.said import kept, said
from upwell.pairs.models import MatchRun
from upwell.pairs.services.current import UNREADABLE, unreadable
from upwell.pairs.services.inputs import Inputs, unpack
from upwell.pairs.services.private import private_part
from upwell.pairs.services.words import check_sentences
from upwell.policy import Policy, PolicyError, compile_problem
from upwell.policy.phrases import rule_names
from upwell.programs.models import Enrollment
from upwell.sheets import People
from upwell.vault.errors import VaultError


def recheck_run(run: MatchRun) -> list[str]:
    """Prove a run again, and keep when that was and what was wrong; nothing means it is proven.

    Returns the faults in words, as ``check_sentences`` does.
    """
    faults: list[str | Exception]
    try:
        _verdict, found = check_again(run)
        faults = [*found]
    except DocumentError as error:
        faults = [said("What was stored cannot be read."), error]
    except PolicyError as error:
        faults = [said("What was stored cannot be read."), *error.sentences(translation)]
    except VaultError:
        faults = [said(UNREADABLE)]
    run.checked_at, run.check_faults = timezone.now(), [kept(fault) for fault in faults]
    MatchRun.objects.filter(pk=run.pk).update(
        checked_at=run.checked_at, check_faults=run.check_faults
    )
    return check_sentences(run)


def check_again(run: MatchRun) -> tuple[Verdict, list[str]]:
    """Prove a run again; no fault means that it is proven.

    Raises DocumentError, PolicyError or VaultError where what was stored cannot even be read.
    """
    policy, people, part = (
        Policy.from_json(run.policy_json),
        inputs_of(run).people,
        private_part(run),
    )
    body = part.certificate if part else json.loads(run.certificate)
    compiled = compile_problem(policy, people, part.requests if part else None)
    return check(body, compiled.problem, compiled.stated(run.read_on))


def inputs_of(run: MatchRun) -> Inputs:
    if run.state != MatchRun.State.DONE:
        raise ValidationError(_("This run has no result."))
    return unpack(bytes(run.inputs))


def why_not(run: MatchRun, mentor: Enrollment, mentee: Enrollment) -> list[str]:
    """What kept two people apart in a run, in words; none where they might have been paired.

    Raises ValidationError for somebody who was not among those to be matched, or on that side, and
    where private requests cannot be read.
    Compiles these two alone, among everybody who stands above them.
    """
    inputs = inputs_of(run)
    try:
        part = private_part(run)
    except VaultError:
        raise unreadable() from None
    ids: dict[UUID, str] = {pk: person for person, pk in inputs.enrollments.items()}
    sides = {"mentor": mentor, "mentee": mentee}
    for role, enrollment in sides.items():
        if not has_role(inputs.people, ids.get(enrollment.pk), role):
            raise not_among(enrollment)
    people = with_two(inputs.people, ids[mentor.pk], ids[mentee.pk])
    try:
        policy = without_pins(Policy.from_json(run.policy_json))
        problem = compile_problem(policy, people, part.requests if part else None).problem
    except PolicyError as error:
        empty = {fault.key.partition(".")[0] for fault in error.faults}
        raise not_among(mentor if "mentors" in empty else mentee) from None
    return rule_names(problem.rules_between(0, 0), translation)


def has_role(people: People, person: str | None, role: str) -> bool:
    at = people.row_of.get(person) if person else None
    return at is not None and people.roles is not None and people.roles[at] == role


def with_two(people: People, mentor: str, mentee: str) -> People:
    """The table in which nobody takes part but these two."""
    role = {mentor: "mentor", mentee: "mentee"}
    return replace(people, roles=tuple(role.get(person, "none") for person in people.ids))


def without_pins(policy: Policy) -> Policy:
    """Pins are of other people, and forbid nothing."""
    return policy.model_copy(update={"pairs": policy.pairs.model_copy(update={"pin": ()})})


def not_among(who: Enrollment) -> ValidationError:
    return ValidationError(
        _("%(name)s was not among the people of this run.") % {"name": who.person.name}
    )
