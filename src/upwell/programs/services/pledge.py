"""The pledge: signing it, and a program's own text of it."""

from collections.abc import Mapping

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.people.models import Person
from upwell.programs.models import Pledge, Program, Signature
from upwell.programs.pledges import shipped_pledge
from upwell.programs.queries.pledge import current_pledge, pledge_row
from upwell.programs.services.rows import locked


@transaction.atomic
def sign(program: Program, person: Person, *, code: str, language: str) -> None:
    """Sign the text that was read; signing it again changes nothing.

    Raises ValidationError where the text is another one by now.
    """
    pledge = current_pledge(program, language)
    if code != pledge.code:
        raise ValidationError(_("The pledge has changed meanwhile. Please read it once more."))
    _signature, is_new = Signature.objects.get_or_create(
        program=program, person=person, pledge=pledge_row(program, pledge)
    )
    if is_new:
        record("programs.pledge.signed", by=person, on=program)


@transaction.atomic
def change_pledge(program: Program, texts: Mapping[str, str], *, by: Person) -> bool:
    """Give a program its own text, by language; tell whether anything changed.

    Everybody is asked to sign anew. Raises ValidationError where there is no text at all.
    """
    locked(program.pk)
    said = {language: text.strip() for language, text in texts.items() if text.strip()}
    if not said:
        raise ValidationError(_("A pledge needs a text in at least one language."))
    if said == {language: current_pledge(program, language).text for language in texts}:
        return False
    last = program.pledges.aggregate(last=Max("version"))["last"] or 0
    Pledge.objects.bulk_create(
        Pledge(program=program, version=last + 1, language=language, text=text)
        for language, text in said.items()
    )
    record("programs.pledge.changed", by=by, on=program, facts={"version": last + 1})
    return True


def ship_pledge(program: Program, *, by: Person) -> bool:
    """Go back to the words that ship, in a version of their own; tell whether anything changed."""
    codes = [code for code, _name in settings.LANGUAGES]
    return change_pledge(program, {code: shipped_pledge(code) for code in codes}, by=by)
