"""A run looked at again, from what was stored with it alone."""

import json
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from upwell.matching.certificate import Verdict
from upwell.matching.document import check
from upwell.pairs.models import MatchRun
from upwell.pairs.services.inputs import Inputs, unpack
from upwell.policy import Compiled, Policy, compile_problem
from upwell.policy.phrases import rule_names
from upwell.programs.models import Enrollment


def check_again(run: MatchRun) -> tuple[Verdict, list[str]]:
    """Prove a run again; no fault means that it is proven.

    Raises DocumentError or PolicyError where what was stored cannot even be read.
    """
    compiled, _inputs = compiled_again(run)
    return check(json.loads(run.certificate), compiled.problem, compiled.stated(run.read_on))


def why_not(run: MatchRun, mentor: Enrollment, mentee: Enrollment) -> list[str]:
    """What kept two people apart in a run, in words; none where they might have been paired.

    Raises ValidationError for somebody who was not among those to be matched, or on that side.
    """
    compiled, inputs = compiled_again(run)
    rows = (
        place(compiled.problem.mentors, inputs, mentor),
        place(compiled.problem.mentees, inputs, mentee),
    )
    return rule_names(compiled.problem.rules_between(*rows), translation)


def compiled_again(run: MatchRun) -> tuple[Compiled, Inputs]:
    if run.state != MatchRun.State.DONE:
        raise ValidationError(_("This run has no result."))
    inputs = unpack(bytes(run.inputs))
    return compile_problem(Policy.from_json(run.policy_json), inputs.people), inputs


def place(side: tuple[str, ...], inputs: Inputs, who: Enrollment) -> int:
    """Where somebody stands in the problem."""
    ids: dict[UUID, str] = {pk: person for person, pk in inputs.enrollments.items()}
    person = ids.get(who.pk)
    if person not in side:
        raise ValidationError(
            _("%(name)s was not among the people of this run.") % {"name": who.person.name}
        )
    return side.index(person)
