"""Whether two who are to become a pair by a repair still may, right before they do."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from upwell.pairs.models import Proposal
from upwell.pairs.queries.naming import some
from upwell.pairs.services.blocks import blocked_couples
from upwell.pairs.services.current import in_line, named, paired_before, unreadable
from upwell.pairs.services.levels import too_close
from upwell.policy import Policy
from upwell.programs.models import Cohort
from upwell.vault.errors import VaultError


def check_mendable(cohort: Cohort, policy: Policy, begins: Sequence[Proposal]) -> None:
    """Raises ValidationError for pairs that must be kept apart by now, with one word for all."""
    couples = {(one.mentor.person_id, one.mentee.person_id): one for one in begins}
    if not couples:
        return
    try:
        asked = blocked_couples(cohort)
    except VaultError:
        raise unreadable() from None
    apart = {
        *in_line(policy, couples),
        *paired_before(couples),
        *asked,
        *((meant, who) for who, meant in asked),
    }
    names = [named(one) for two, one in couples.items() if two in apart]
    if names:
        raise ValidationError(
            _(
                "Since this was computed, these must be kept apart (reporting line, earlier pair or"
                " private request): %(names)s. Look for new counterparts again."
            )
            % {"names": some(names)}
        )
    close = set(too_close(policy, ((one.mentor.person, one.mentee.person) for one in begins)))
    names = [named(one) for two, one in couples.items() if two in close]
    if names:
        raise ValidationError(
            _(
                "Since this was computed, these have come too close in level: %(names)s. Look for"
                " new counterparts again."
            )
            % {"names": some(names)}
        )
