"""The rules of one run, made those of its program."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from upwell.pairs.models import MatchRun
from upwell.pairs.queries import rules_of
from upwell.people.models import Person
from upwell.programs.models import Program
from upwell.programs.services import policy_digest, save_policy


def adopt_rules(run: MatchRun, *, by: Person) -> None:
    """Give the program the rules and preferences that a run can have for itself, nothing else.

    Raises ValidationError as saving a policy does, and where the program has these rules already.
    """
    program = Program.objects.get(pk=run.cohort.program_id)
    policy = rules_of(run, program.policy)
    if policy == program.policy:
        raise ValidationError(_("These are the program's rules already."))
    save_policy(program, policy, by=by, since=policy_digest(program))
