"""Opening the texts of a program to its people, and taking them back."""

from django.db import transaction

from upwell.audit.services import record
from upwell.learning.models import Publication, TextKind
from upwell.people.models import Person
from upwell.programs.models import Program
from upwell.programs.services.rows import insert, locked


@transaction.atomic
def publish_texts(program: Program, kind: TextKind, *, by: Person) -> Publication:
    """Open all guidelines, or all lessons, to those who take part.

    Raises ValidationError where somebody has already.
    """
    locked(program.pk)
    publication = Publication(program=program, kind=kind, published_by=by)
    insert(publication)
    record("learning.texts.published", by=by, on=program, facts={"kind": kind.value})
    return publication


@transaction.atomic
def retract_texts(program: Program, kind: TextKind, *, by: Person) -> None:
    """Close them again; what people have done stays done. Nothing happens where they are closed."""
    locked(program.pk)
    gone, _rows = program.publications.filter(kind=kind).delete()
    if gone:
        record("learning.texts.retracted", by=by, on=program, facts={"kind": kind.value})
