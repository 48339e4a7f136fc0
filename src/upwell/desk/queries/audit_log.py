"""Entries of the audit log as one reads them: names of people are looked up, and kept nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.audit import services
from upwell.audit.events import text_of
from upwell.audit.head import HeadFileError, chain_key
from upwell.audit.models import AuditEntry
from upwell.people.models import Person
from upwell.vault.errors import VaultError

PERSON = "people.person"
LATE_SECONDS = 30


@dataclass(frozen=True)
class LogRow:
    """``who`` and ``about`` are names where the person is still there, else what is known.

    ``number`` is its place in the chain, None where it waits for its seal.
    """

    entry: AuditEntry
    number: int | None
    at: datetime
    who: str
    text: str
    about: str
    facts: str


@dataclass(frozen=True)
class LogState:
    """How far the log is sealed; ``trouble`` says why it goes no further, "" where it does."""

    sealed: int
    sealed_until: datetime | None
    waiting: int
    waiting_seconds: int
    verified_at: datetime | None
    was_good: bool
    trouble: str

    @property
    def is_late(self) -> bool:
        return self.waiting_seconds > LATE_SECONDS


def rows_of(entries: Sequence[AuditEntry]) -> list[LogRow]:
    """One query, for the names, however many entries."""
    names = names_of(entries)
    return [
        LogRow(
            entry=entry,
            number=entry.sequence,
            at=entry.at,
            who=who(entry.by, names),
            text=text_of(entry.event),
            about=about(entry, names),
            facts=facts(entry, names),
        )
        for entry in entries
    ]


def names_of(entries: Sequence[AuditEntry]) -> dict[str, str]:
    """Names of the people that the entries mention, by the text of their ids."""
    said = {text for entry in entries for text in mentioned(entry)}
    ids = {found for found in map(as_id, said) if found}
    people = Person.objects.filter(pk__in=ids).values_list("pk", "name")
    return {str(pk): name for pk, name in people}


def mentioned(entry: AuditEntry) -> list[str]:
    person = str(entry.facts.get("person", ""))
    return [entry.by, person, *([entry.object_id] if entry.object_kind == PERSON else [])]


def as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def who(by: str, names: dict[str, str]) -> str:
    if by == services.Actor.SYSTEM:
        return _("Upwell itself")
    if by == services.Actor.OPERATOR:
        return _("whoever runs Upwell")
    return names.get(by, by)


def about(entry: AuditEntry, names: dict[str, str]) -> str:
    if entry.object_kind == PERSON:
        return names.get(entry.object_id, entry.object_id) or _("nobody in the directory")
    return " ".join(filter(None, (kind_of(entry), entry.object_id[:13])))


def kind_of(entry: AuditEntry) -> str:
    """The kind of object in words; nothing where the entry is about the log itself."""
    if entry.object_kind == AuditEntry._meta.label_lower:  # noqa: SLF001 -- a public API of Django
        return ""
    try:
        return str(apps.get_model(entry.object_kind)._meta.verbose_name)  # noqa: SLF001 -- as above
    except (LookupError, ValueError):
        return entry.object_kind


def facts(entry: AuditEntry, names: dict[str, str]) -> str:
    return ", ".join(f"{name_of(key)}: {said(value, names)}" for key, value in entry.facts.items())


def name_of(fact: str) -> str:
    return fact.removeprefix("is_").replace("_", " ")


def said(value: object, names: dict[str, str]) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "–" if value is None else names.get(str(value), str(value))


def state_of_log() -> LogState:
    """Six queries at most; the whole chain is read by `upwell audit verify` alone."""
    waiting = AuditEntry.objects.unsealed()
    since = waiting.values_list("at", flat=True).first()
    last = AuditEntry.objects.sealed().last()
    verified = AuditEntry.objects.filter(event="audit.log.verified").newest().first()
    return LogState(
        sealed=(last.sequence or 0) if last else 0,
        sealed_until=last.at if last else None,
        waiting=waiting.count(),
        waiting_seconds=int((timezone.now() - since).total_seconds()) if since else 0,
        verified_at=verified.at if verified else None,
        was_good=bool(verified and verified.facts.get("is_good")),
        trouble=trouble_of_log(),
    )


def trouble_of_log() -> str:
    """Why nothing more is sealed; "" where all is well."""
    try:
        services.checked_end(chain_key())
    except (VaultError, HeadFileError, services.ChainBrokenError) as error:
        return str(error)
    return ""
