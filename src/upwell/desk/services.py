"""What composes several rooms and changes something: the opening of gates."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.desk.queries.launch import facts_of, missing_steps
from upwell.pairs.services.acting import check_acting
from upwell.people.models import Person
from upwell.programs.models import Cohort, Opening
from upwell.programs.services.rows import insert, locked
from upwell.vault.services import seal

SHORTEST_REASON = 10


@transaction.atomic
def open_gate(cohort: Cohort, gate: Opening.Gate, *, reason: str = "", by: Person) -> Opening:
    """Open a gate, once. Where steps are missing, these are kept with the reason, which is sealed.

    Raises ValidationError where who acts may not, the cohort is a draft, the gate is open already,
    or something is missing and no ``reason`` of ten characters is given.
    """
    program = locked(cohort.program_id)
    cohort = Cohort.objects.get(pk=cohort.pk)
    check_acting(cohort, by)
    if cohort.is_draft:
        raise ValidationError(_("This cohort is a draft. Confirm it first."))
    missing = missing_steps(facts_of([program], [cohort])[program.pk, cohort.pk], gate)
    said = reason.strip()
    if missing and len(said) < SHORTEST_REASON:
        raise ValidationError(_("Something is missing. Say in a sentence why it is opened now."))
    opening = Opening(cohort=cohort, gate=gate, opened_by=by, missing=missing)
    seal(opening, reason=said if missing else None)
    insert(opening)
    record("programs.gate.opened", by=by, on=cohort, facts={"gate": gate.value})
    if missing:
        facts = {"gate": gate.value, "missing": missing}
        record("programs.gate.overridden", by=by, on=cohort, facts=facts)
    return opening
