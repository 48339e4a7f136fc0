"""Somebody of the directory in words that lead back to them."""

import re

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from upwell.people.models import Person, PersonQuerySet

IN_BRACKETS = re.compile(r".*\(([^()]+)\)")
SHOWN = 5


def person_by(text: str, *, by: Person) -> Person:
    """The one of the directory by name, e-mail address or employee ID.

    Raises ValidationError for nobody and for several, and names those.
    """
    everybody: PersonQuerySet = Person.objects.active().order_by("name", "employee_id", "pk")
    in_brackets = IN_BRACKETS.fullmatch(text)
    keys = [text, in_brackets[1].strip()] if in_brackets else [text]
    known = Q(employee_id__in=keys) | Q(contact_email__in=keys) | Q(name__iexact=text)
    exact = list(everybody.filter(known)[: SHOWN + 1])
    found = exact or list(everybody.searched(text, by=by)[: SHOWN + 1])
    if not found:
        raise ValidationError(_("Nobody in the directory goes by this."))
    if len(found) > 1:
        names = ", ".join(map(named, found[:SHOWN]))
        raise ValidationError(_("Who of these is meant? %(names)s"), params={"names": names})
    return found[0]


def named(person: Person) -> str:
    known = person.employee_id or person.contact_email
    return f"{person.name} ({known})" if known else person.name
