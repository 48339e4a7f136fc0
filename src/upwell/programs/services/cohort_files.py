"""What jobs of files on their way into a cohort have in common."""

from functools import partial
from typing import Any

from django.db.models import QuerySet

from upwell.people.models import Person
from upwell.people.services.steps import asker
from upwell.programs.models import Cohort


def living(imports: QuerySet[Any], target: str, state: str) -> tuple[Any, Person] | None:
    """That of these imports in this state, and who asked for it to go on.

    None where it has moved on, or they may not any more.
    """
    rows = imports.select_related("cohort__program", "asked_by")
    found = rows.filter(pk=target, state=state).first()
    if found is None:
        return None
    by = asker(found, partial(manages, found))
    return (found, by) if by else None


def manages(found: Any, person: Person) -> bool:
    return Cohort.objects.managed_by(person).filter(pk=found.cohort_id).exists()
