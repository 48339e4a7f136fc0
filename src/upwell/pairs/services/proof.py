"""A run looked at again, from what was stored with it alone."""

import json
from dataclasses import replace
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from upwell.matching.certificate import Verdict
from upwell.matching.document import check, untrue
from upwell.matching.reading import Document, DocumentError, read_pairs
from upwell.matching.said import kept, said
from upwell.pairs.models import MatchRun
from upwell.pairs.models.runs import PROOF_CLOSED, PROOF_ERASED
from upwell.pairs.services.current import UNREADABLE
from upwell.pairs.services.inputs import Inputs, unpack
from upwell.pairs.services.private import ErasedError, handed_out, private_part
from upwell.pairs.services.words import check_sentences
from upwell.policy import Policy, PolicyError, compile_problem
from upwell.policy.compile import Compiled
from upwell.policy.phrases import rule_names
from upwell.programs.models import Enrollment
from upwell.sheets import People
from upwell.vault.errors import VaultError


def recheck_run(run: MatchRun) -> list[str]:
    """Prove a run again, and keep when that was and what was wrong; nothing means it is proven.

    Returns the faults in words, as ``check_sentences`` does.
    """
    faults: list[str | Exception]
    if not run.has_inputs:
        return check_sentences(run)
    try:
        _verdict, found = check_again(run)
        faults = [*found]
    except DocumentError as error:
        faults = [said("What was stored cannot be read."), error]
    except PolicyError as error:
        faults = [said("What was stored cannot be read."), *error.sentences(translation)]
    except VaultError:
        faults = [said(UNREADABLE)]
    except ErasedError:
        faults = [said(PROOF_ERASED if run.private_part else PROOF_CLOSED)]
    run.checked_at, run.check_faults = timezone.now(), [kept(fault) for fault in faults]
    MatchRun.objects.filter(pk=run.pk).update(
        checked_at=run.checked_at, check_faults=run.check_faults
    )
    return check_sentences(run)


def check_again(run: MatchRun) -> tuple[Verdict, list[str]]:
    """Prove a run again, and hold against it what is shown and handed out; no fault means proven.

    Raises DocumentError, PolicyError or VaultError where what was stored cannot even be read,
    ErasedError where it is gone with the data of somebody.
    """
    policy, inputs, part = Policy.from_json(run.policy_json), inputs_of(run), private_part(run)
    compiled = compile_problem(policy, inputs.people, part.requests)
    stated = compiled.stated(run.read_on)
    verdict, faults = check(part.certificate, compiled.problem, stated, objective=policy.objective)
    told = handed_out(part.certificate, open_value(compiled, part.certificate))
    shown = [
        *certificate_faults(run, told),
        *figure_faults(run, told),
        *pair_faults(run, told, inputs),
    ]
    return verdict, [*faults, *shown]


def open_value(compiled: Compiled, whole: Document) -> int:
    """The points of the certificate's pairs without those that are told to nobody."""
    pairs = read_pairs(whole, compiled.problem)
    value: int = whole["value"]
    return value - int(compiled.untold_points(pairs).sum())


def certificate_faults(run: MatchRun, told: Document) -> list[str]:
    """Where the certificate that is handed out says something else than it is to."""
    try:
        stored = json.loads(run.certificate)
    except ValueError:
        stored = None
    if not isinstance(stored, dict):
        return [said("the certificate that is handed out cannot be read")]
    expected = {key: entry for key, entry in told.items() if key != "certificate_digest"}
    return untrue(stored, expected, set())


def figure_faults(run: MatchRun, told: Document) -> list[str]:
    """Where the page of the run says something else than the certificate."""
    shown = {"pairs": "K", "value": "value", "bound": "bound"}
    figures = {name: (run.figures.get(name), told.get(key)) for name, key in shown.items()}
    figures["problem_digest"] = run.problem_digest, told["problem_digest"]
    return [
        said(
            "the page says %(stated)s for %(key)s, but it is %(found)s", key=key, stated=a, found=b
        )
        for key, (a, b) in figures.items()
        if a != b
    ]


def pair_faults(run: MatchRun, told: Document, inputs: Inputs) -> list[str]:
    """Pairs of the certificate that are not shown, and others that are."""
    ids = {pk: person for person, pk in inputs.enrollments.items()}
    rows = run.proposals.order_by("pk").values_list("mentor", "mentee", "score")
    shown = {(ids.get(a, str(a)), ids.get(b, str(b))): score for a, b, score in rows}
    proven = {(mentor, mentee) for mentor, mentee in told["pairs"]}
    missing, added = sorted(proven - shown.keys()), sorted(shown.keys() - proven)
    faults: list[str] = [
        said("the pair %(mentor)s – %(mentee)s is not shown", mentor=a, mentee=b)
        for a, b in missing
    ]
    faults += [
        said("the pair %(mentor)s – %(mentee)s is shown and not proven", mentor=a, mentee=b)
        for a, b in added
    ]
    if not faults and sum(shown.values()) != told["value"]:
        faults.append(said("the points of the pairs that are shown do not make the total"))
    return faults


def inputs_of(run: MatchRun) -> Inputs:
    if run.state != MatchRun.State.DONE:
        raise ValidationError(_("This run has no result."))
    return unpack(bytes(run.inputs))


def why_not(
    run: MatchRun, mentor: Enrollment, mentee: Enrollment, *, policy: Policy | None = None
) -> list[str]:
    """What kept two people apart in a run, in words; none where they might have been paired.

    With another ``policy`` than the run's own, what would have. Raises ValidationError for somebody
    who was not among those to be matched, or on that side.

    Compiles these two alone, among everybody who stands above them, and without what keeps them
    apart in private: then the answer is the one for two whom others suit better.
    """
    inputs = inputs_of(run)
    ids: dict[UUID, str] = {pk: person for person, pk in inputs.enrollments.items()}
    sides = {"mentor": mentor, "mentee": mentee}
    for role, enrollment in sides.items():
        if not has_role(inputs.people, ids.get(enrollment.pk), role):
            raise not_among(enrollment)
    people = with_two(inputs.people, ids[mentor.pk], ids[mentee.pk])
    try:
        asked = without_pins(policy or Policy.from_json(run.policy_json))
        problem = compile_problem(asked, people).problem
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
