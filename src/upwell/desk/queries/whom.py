"""Whom a program manager can turn to."""

from django.utils.translation import gettext as _

from upwell.people.models import Person, Role

MOST_NAMED = 2


def whom_to_ask() -> str:
    """Who can give sign-in addresses, by name. One query."""
    found = Person.objects.holding(Role.Kind.DIRECTORY_ADMINISTRATOR).order_by("name", "pk")
    names = [person.name for person in found[:MOST_NAMED]]
    if not names:
        return _("They have no sign-in address, which a directory administrator can give them.")
    named = {"names": _(" or ").join(names)}
    return _("They have no sign-in address. Ask %(names)s to give them one.") % named
