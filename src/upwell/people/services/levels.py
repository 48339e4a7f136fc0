"""Levels that are not needed any more."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import ngettext

from upwell.audit.services import record
from upwell.people.models import Level, Person
from upwell.people.services.directory import raise_revision


@transaction.atomic
def remove_level(level: Level, *, by: Person) -> None:
    """Remove a level; those who have left and had it have none any more.

    Raises ValidationError where anybody who is here has it, or a policy names it.
    """
    raise_revision()  # an import compared before may give it to somebody
    count = level.people.filter(is_active=True).count()
    if count:
        said = ngettext(
            "%(count)s person has the level %(level)s. Bring in a file that gives them another "
            "one first.",
            "%(count)s people have the level %(level)s. Bring in a file that gives them another "
            "one first.",
            count,
        )
        raise ValidationError(said % {"count": count, "level": level})
    for check in settings.BEFORE_LEVEL_REMOVED:
        import_string(check)(level)
    record("people.level.removed", by=by, on=level)
    level.people.update(level=None)
    Level.objects.filter(pk=level.pk).delete()
