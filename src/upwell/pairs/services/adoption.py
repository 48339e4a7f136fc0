"""The rules of one run, made those of its program."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from upwell.pairs.models import MatchRun
from upwell.pairs.queries import own_policy
from upwell.people.models import Person
from upwell.programs.models import Program
from upwell.programs.services import policy_digest, save_policy


def adopt_rules(run: MatchRun, *, by: Person) -> None:
    """Give the program the policy of a run, but for gates and what protects people in figures.

    Raises ValidationError as saving a policy does, and where the program has these rules already.
    """
    program = Program.objects.get(pk=run.cohort.program_id)
    now, asked = program.policy, own_policy(run)
    kept = {name: getattr(now, name) for name in ("gates", "privacy")}
    policy = asked.model_copy(update=kept)
    if policy == now:
        raise ValidationError(_("These are the program's rules already."))
    save_policy(program, policy, by=by, since=policy_digest(program))
