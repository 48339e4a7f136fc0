"""What `upwell doctor` looks at; each check returns what it found and what to do."""

import os
import shutil
import smtplib
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError, connection, transaction
from django.http.request import validate_host
from django.utils import timezone

from upwell import environment
from upwell.cli.checkup_keys import check_keys, check_log
from upwell.cli.finding import OK, WARN, WRONG, Finding
from upwell.cli.first import administrators
from upwell.cli.ready import missing_migrations, missing_static
from upwell.cli.site import first_line
from upwell.cli.words import _, number
from upwell.delivery.models import OutboxMessage, Worker
from upwell.delivery.worker import worker_seen_at

MIB = 2**20


def check_up() -> Iterator[Finding]:
    """Every finding, in the order in which one would mend things."""
    for check in CHECKS:
        yield from check()


def check_file() -> Iterator[Finding]:
    path = environment.find()
    if path is None:
        yield Finding("variables", OK, _("They come from the process; there is no file."))
    elif path.stat().st_mode & 0o077:
        named = {"path": path}
        yield Finding(
            "variables",
            WRONG,
            _("%(path)s holds secrets, and other users of this machine can read it.") % named,
            f"chmod 600 {path}",
        )
    else:
        yield Finding("variables", OK, _("They come from %(path)s.") % {"path": path})
    unknown = sorted(
        name for name in os.environ if name.startswith("UPWELL_") and name not in KNOWN
    )
    if unknown:
        text = _("Not variables of Upwell: %(names)s.") % {"names": ", ".join(unknown)}
        yield Finding("variables", WARN, text, _("Look for a slip of the pen."))


def check_secrets() -> Iterator[Finding]:
    if settings.DEBUG:
        yield Finding(
            "secrets",
            WRONG,
            _("UPWELL_DEBUG is true: errors are shown to everybody, and keys may be weak."),
            _("Take UPWELL_DEBUG away."),
        )
    else:
        yield Finding("secrets", OK, _("The key is long and random."))


def check_database() -> Iterator[Finding]:
    try:
        count = missing_migrations()
    except DatabaseError as error:
        yield Finding("database", WRONG, first_line(error), _("Look at UPWELL_DATABASE_URL."))
        return
    if count:
        text = _("It is %(count)s steps behind this version.") % {"count": count}
        yield Finding("database", WRONG, text, "upwell migrate")
        return
    try:
        with transaction.atomic():
            Worker.objects.create(name="doctor")
            transaction.set_rollback(True)
    except DatabaseError as error:
        yield Finding("database", WRONG, first_line(error), _("Let Upwell write to it."))
        return
    yield Finding(
        "database", OK, _("%(kind)s, up to date, writable.") % {"kind": connection.vendor}
    )
    yield from check_clock()


def check_clock() -> Iterator[Finding]:
    """On PostgreSQL only: an SQLite file has no clock of its own."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs((cursor.fetchone()[0] - timezone.now()).total_seconds())
    state = OK if apart < 2 else WARN if apart < 20 else WRONG
    text = _("This machine and the database are %(seconds)s seconds apart.") % {
        "seconds": number(apart, 1)
    }
    todo = "" if state == OK else _("Set both clocks by NTP: one-time codes depend on them.")
    yield Finding("clock", state, text, todo)


def check_people() -> Iterator[Finding]:
    """Whether anybody can let the others in."""
    try:
        count = administrators().count()
    except DatabaseError:
        return
    if count:
        yield Finding("people", OK, _("Somebody can let the others in."))
    else:
        text = _("No directory administrator can sign in, so nobody can let others in.")
        yield Finding("people", WRONG, text, "upwell init --admin-email you@example.com")


def check_static() -> Iterator[Finding]:
    count = missing_static()
    if count:
        text = _("%(count)s static files are not collected.") % {"count": count}
        yield Finding("static files", WRONG, text, "upwell collectstatic --noinput")
    else:
        yield Finding("static files", OK, _("They are collected."))


def check_address() -> Iterator[Finding]:
    parts = urlsplit(settings.BASE_URL)
    if not validate_host(parts.hostname or "", settings.ALLOWED_HOSTS):
        text = _("%(url)s is not among UPWELL_ALLOWED_HOSTS.") % {"url": settings.BASE_URL}
        yield Finding("address", WRONG, text, _("Let both name the same host."))
    elif parts.scheme == "https" and not settings.PROXY_COUNT:
        yield Finding(
            "address",
            WRONG,
            _("The address is https, but no web server in front is declared to encrypt."),
            _("Set UPWELL_PROXY_COUNT=1 and let that server set X-Forwarded-Proto."),
        )
    elif parts.scheme == "http":
        text = _("%(url)s works on this machine only.") % {"url": settings.BASE_URL}
        yield Finding("address", WARN, text, _("Set UPWELL_URL to an https address for others."))
    else:
        yield Finding("address", OK, settings.BASE_URL)


def check_worker() -> Iterator[Finding]:
    try:
        seen_at = worker_seen_at()
        late = OutboxMessage.objects.due(timezone.now() - timedelta(minutes=15)).count()
        failed = OutboxMessage.objects.filter(state=OutboxMessage.State.FAILED).count()
    except DatabaseError:
        return
    if seen_at is None or timezone.now() - seen_at > timedelta(minutes=2):
        text = _("None is at work: messages wait and matches are not computed.")
        yield Finding("worker", WRONG, text, "upwell serve (or: upwell worker)")
    else:
        yield Finding("worker", OK, _("It is at work."))
    if late:
        text = _("%(count)s have waited for more than 15 minutes.") % {"count": late}
        yield Finding("messages", WARN, text, _("Look at the worker and the mail server."))
    if failed:
        text = _("%(count)s could not be delivered.") % {"count": failed}
        yield Finding("messages", WARN, text, _("See the page System in Upwell."))


def check_mail() -> Iterator[Finding]:
    """Speak with the mail server up to the sender's address, and send nothing."""
    if not settings.IS_MAIL_SET:
        text = _("No mail server is set: nobody gets a code to sign in with.")
        yield Finding("mail", WARN, text, _("Set UPWELL_MAIL_URL and UPWELL_MAIL_FROM."))
        return
    named = {"host": settings.EMAIL_HOST, "port": settings.EMAIL_PORT}
    reason = mail_refusal()
    if reason:
        text = _("%(host)s:%(port)s refuses: %(reason)s") % (named | {"reason": reason})
        yield Finding("mail", WRONG, text, _("Look at UPWELL_MAIL_URL and UPWELL_MAIL_FROM."))
    else:
        yield Finding("mail", OK, _("%(host)s:%(port)s takes our messages.") % named)


def mail_refusal() -> str:
    """Why the mail server would not take a message of ours; "" where it would."""
    backend: Any = get_connection(settings.DELIVERY_BACKEND)
    try:
        backend.open()
        backend.connection.ehlo_or_helo_if_needed()
        code, answer = backend.connection.mail(settings.DEFAULT_FROM_EMAIL)
        backend.connection.rset()
        backend.close()
    except (smtplib.SMTPException, OSError) as error:
        return first_line(error)
    return "" if code == 250 else f"{code} {answer.decode(errors='replace')}"


def check_disk() -> Iterator[Finding]:
    folder = Path(settings.DATA_DIR)
    if not folder.is_dir():
        named = {"path": folder}
        yield Finding(
            "disk", WRONG, _("There is no folder %(path)s.") % named, f"mkdir -p {folder}"
        )
        return
    free = shutil.disk_usage(folder).free // MIB
    state = OK if free >= 1024 else WARN if free >= 200 else WRONG
    text = _("%(count)s MiB are free where the data are.") % {"count": number(free)}
    yield Finding("disk", state, text, "" if state == OK else _("Make room."))
    if folder.stat().st_mode & 0o007:
        text = _("Other users of this machine can look into %(path)s.") % {"path": folder}
        yield Finding("disk", WARN, text, f"chmod o= {folder}")
    if settings.LOGO and not (folder / settings.LOGO).is_file():
        text = _("There is no logo %(path)s.") % {"path": folder / settings.LOGO}
        yield Finding("disk", WARN, text, _("Lay it there, or take UPWELL_LOGO away."))


KNOWN = {*environment.NAMES, "UPWELL_ENV_FILE", "UPWELL_PYTHON"}
CHECKS: list[Callable[[], Iterator[Finding]]] = [
    check_file,
    check_secrets,
    check_database,
    check_keys,
    check_log,
    check_people,
    check_static,
    check_address,
    check_worker,
    check_mail,
    check_disk,
]
