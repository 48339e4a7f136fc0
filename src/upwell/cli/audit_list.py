"""`upwell audit list`: entries as one reads them; names are looked up for the print alone."""

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from upwell.cli.site import RefusedError, say
from upwell.cli.words import _, number

if TYPE_CHECKING:
    from upwell.audit.models import AuditEntryQuerySet
    from upwell.desk.queries.audit_log import LogRow


def add_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--last", type=int, default=50, help=_("how many (default: %(default)s)"))
    add("--since", type=date.fromisoformat, metavar="DATE", help=_("from this day on: 2027-03-01"))
    add("--event", metavar="PREFIX", help=_("events of one kind: people, people.sign_in"))
    add("--person", metavar="WHO", help=_("by or about somebody: their address, employee ID or ID"))
    add("--object", metavar="ID", help=_("about one object"))
    add("--json", action="store_true", help=_("one entry a line, for programs"))


def show(asked: argparse.Namespace) -> int:
    """The newest of those asked for, in the order in which they happened."""
    from upwell.desk.queries.audit_log import rows_of  # noqa: PLC0415 -- set up before

    newest = list(wanted(asked).newest()[: max(asked.last, 0)])
    rows = rows_of(newest[::-1])
    if asked.json:
        sys.stdout.writelines(as_json(row) for row in rows)
    elif rows:
        say_rows(rows)
    else:
        say(_("No entry is like that."))
    return 0


def wanted(asked: argparse.Namespace) -> "AuditEntryQuerySet":
    from upwell.audit.models import AuditEntry  # noqa: PLC0415 -- set up before

    found: AuditEntryQuerySet = AuditEntry.objects.all().between(asked.since)
    if asked.event:
        found = found.of_kind(asked.event)
    if asked.object:
        found = found.filter(object_id=asked.object)
    if asked.person:
        found = found.concerning(ids_of(asked.person))
    return found


def ids_of(text: str) -> list[str]:
    """Who is meant. An ID may be of somebody who is gone; an address or employee ID may not."""
    from django.db.models import Q  # noqa: PLC0415 -- set up before

    from upwell.people.models import Person  # noqa: PLC0415 -- as above

    try:
        return [str(UUID(text))]
    except ValueError:
        address = Q(sign_in_email__iexact=text) | Q(contact_email__iexact=text)
    people = Person.objects.filter(address | Q(employee_id=text))
    found = [str(pk) for pk in people.values_list("pk", flat=True)]
    if not found:
        raise RefusedError(
            _("Nobody in the directory has the address or ID %(text)s.") % {"text": text}
        )
    return found


def say_rows(rows: "Iterable[LogRow]") -> None:
    for row in rows:
        place = number(row.number) if row.number else "–"
        what = ": ".join(filter(None, (row.text, row.about)))
        facts = f" ({row.facts})" if row.facts else ""
        say(f"{place:>8}  {local(row)}  {what}{facts} – {row.who}")


def local(row: "LogRow") -> str:
    from django.utils import timezone  # noqa: PLC0415 -- set up before

    return f"{timezone.localtime(row.at):%Y-%m-%d %H:%M:%S}"


def as_json(row: "LogRow") -> str:
    entry = row.entry
    said = {
        "number": entry.sequence,
        "at": entry.at.isoformat(),
        "by": entry.by,
        "by_name": row.who,
        "event": entry.event,
        "text": row.text,
        "object_kind": entry.object_kind,
        "object_id": entry.object_id,
        "about": row.about,
        "facts": entry.facts,
        "entry": str(entry.pk),
    }
    return json.dumps(said, ensure_ascii=False) + "\n"
