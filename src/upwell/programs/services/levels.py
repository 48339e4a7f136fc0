"""Levels that policies name."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from upwell.people.models import Level
from upwell.policy.values import same_name
from upwell.programs.models import Program


def check_level_unused(level: Level) -> None:
    """Refuse to remove a level that a program's policy names."""
    key = same_name(level.name)
    for program in Program.objects.order_by("name"):
        policy = program.policy
        named = (*policy.levels.order, *policy.mentors.levels, *policy.mentees.levels)
        if key in map(same_name, named):
            raise ValidationError(
                _("The policy of %(program)s names the level %(level)s. Change that policy first.")
                % {"program": program, "level": level}
            )
