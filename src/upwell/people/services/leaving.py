"""Who stays though a file lacks them, since something depends on them."""

from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext, gettext_noop

from upwell.people.models import Person, Role

Reason = tuple[str, dict[str, str]]
"""A sentence to be translated, and its parameters."""


def reasons_to_stay(people: Collection[UUID]) -> list[Reason]:
    """What nobody else could do any more without these people, and what to do."""
    if not people:
        return []
    checks = (import_string(check) for check in settings.BEFORE_PEOPLE_LEAVE)
    return [*administered_by(people), *(reason for check in checks for reason in check(people))]


def administered_by(people: Collection[UUID]) -> list[Reason]:
    administrators = Person.objects.holding(Role.Kind.DIRECTORY_ADMINISTRATOR)
    if any(person.pk not in people and person.sign_in_email for person in administrators):
        return []
    said = gettext_noop(
        "Nobody but %(names)s administers the directory. Give the role to another person first."
    )
    names = ", ".join(person.name for person in administrators if person.pk in people)
    return [(said, {"names": names})] if names else []


def in_words(reasons: Collection[Reason]) -> list[str]:
    return [gettext(text) % named for text, named in reasons]
