"""What `upwell doctor` looks at in the key store, the key files and the audit log."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from upwell.audit import guards, head, services
from upwell.audit.models import AuditEntry
from upwell.cli.finding import OK, WARN, WRONG, Finding
from upwell.cli.site import first_line
from upwell.cli.words import _, ngettext, number
from upwell.vault import masters, ring
from upwell.vault.errors import VaultError

LATE_SECONDS = 30


def check_keys() -> Iterator[Finding]:
    """Whether what is sealed can be read, also tomorrow."""
    try:
        states = masters.states()
    except VaultError as error:
        yield Finding("keys", WRONG, str(error), _("Put the file back from its copy."))
        return
    except DatabaseError as error:
        yield Finding("keys", WRONG, first_line(error), "upwell migrate")
        return
    missing = [state for state in states if not state.is_there and state.data_keys]
    for state in missing:
        named = {"name": state.name, "count": state.data_keys}
        text = _("%(count)s data keys want the master key %(name)s, which is not there.") % named
        yield Finding("keys", WRONG, text, _("Put the key file back from its copy."))
    unconfirmed = [state.name for state in states if state.is_there and not state.is_confirmed]
    if unconfirmed:
        text = _("Nobody confirmed a copy of: %(names)s.") % {"names": ", ".join(unconfirmed)}
        grade = WARN if any(state.is_confirmed for state in states) else WRONG
        yield Finding("keys", grade, text, "upwell keys confirm --copy PATH")
    if not missing and not unconfirmed:
        yield Finding("keys", OK, _("They are there, and a copy is kept elsewhere."))
    yield from check_modes()


def check_modes() -> Iterator[Finding]:
    """Of key files and databases."""
    files = [Path(settings.AUDIT_KEY_FILE)]
    if ring.is_in_file():
        files.append(Path(settings.MASTER_KEY_FILE))
    for database in settings.DATABASES.values():
        if database["ENGINE"].endswith("sqlite3"):
            files += [Path(f"{database['NAME']}{ending}") for ending in ("", "-wal", "-shm")]
    for path in files:
        if path.exists() and path.stat().st_mode & 0o077:
            text = _("Other users of this machine can read %(path)s.") % {"path": path}
            yield Finding("keys", WRONG, text, f"chmod 600 {path}")


def check_log() -> Iterator[Finding]:
    """The end of the audit log and what waits for its seal; `upwell audit verify` reads all."""
    try:
        services.checked_end(head.chain_key())
        waiting = AuditEntry.objects.unsealed()
        count, since = waiting.count(), waiting.values_list("at", flat=True).first()
        missing = guards.missing()
    except (VaultError, head.HeadFileError, services.ChainBrokenError) as error:
        text = _("The audit log is not sealed: %(reason)s") % {"reason": error}
        yield Finding("audit log", WRONG, text, "upwell audit verify")
        return
    except DatabaseError:
        return
    if missing:
        text = _("The database no longer refuses to change entries: %(names)s is not there.")
        todo = "upwell migrate audit 0002, upwell migrate, upwell audit verify"
        yield Finding("audit log", WRONG, text % {"names": ", ".join(missing)}, todo)
    age = int((timezone.now() - since).total_seconds()) if since else 0
    if age > LATE_SECONDS:
        text = ngettext(
            "%(count)s entry has waited for its seal, the oldest for %(seconds)s seconds.",
            "%(count)s entries have waited for their seal, the oldest for %(seconds)s seconds.",
            count,
        ) % {"count": number(count), "seconds": number(age)}
        yield Finding("audit log", WARN, text, _("Look at the worker."))
    else:
        yield Finding("audit log", OK, _("Its end is what its head file says."))
