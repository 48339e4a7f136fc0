"""What is said of a concern contact who stands in the lines of those they serve."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

NAMED = 3


def line_words(found: Mapping[UUID, Any]) -> dict[UUID, str]:
    """A warning for each person; "" where there is nothing to warn of."""
    return {person: sentences(line) for person, line in found.items()}


def sentences(line: Any) -> str:
    parts = []
    if line.takes_part:
        parts.append(_("Takes part in this program."))
    if line.below:
        parts.append(_("Above %(names)s in the reporting lines.") % {"names": names(line.below)})
    if line.above:
        parts.append(_("Reports up to %(names)s.") % {"names": names(line.above)})
    if line.hidden:
        said = ngettext(
            "In one line with %(count)s person of a cohort that you take part in.",
            "In one line with %(count)s people of cohorts that you take part in.",
            line.hidden,
        )
        parts.append(said % {"count": line.hidden})
    return " ".join(parts)


def names(people: Any) -> str:
    """The first of them by name, and how many more there are."""
    shown = ", ".join(person.name for person in people[:NAMED])
    more = len(people) - NAMED
    if more <= 0:
        return shown
    said = ngettext("%(names)s and %(count)s more", "%(names)s and %(count)s more", more)
    return said % {"names": shown, "count": more}
