"""The answers that `upwell init` needs: from options, from questions, or by default."""

import argparse
import os
import secrets
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from upwell import environment, values
from upwell.cli.site import RefusedError, say
from upwell.cli.words import _, gettext_noop

LARGEST_LOGO = 512 * 1024
LOCAL = "http://localhost:8000"
LIKE_URL = gettext_noop(
    "It looks like https://mentoring.example.com; http:// works on localhost only."
)
LIKE_MAIL = gettext_noop(
    "It looks like smtp://user:password@host:587 (with STARTTLS), smtps://user:password@host:465 "
    "or smtp://host:25?tls=none."
)
LIKE_SENDER = gettext_noop("It looks like Mentoring <mentoring@example.com>.")
LIKE_DATABASE = gettext_noop("It looks like postgresql://user:password@host:5432/name.")
LIKE_ADDRESS = gettext_noop("It looks like you@example.com.")
HEADING = "# Settings of Upwell; docs/operating.md says what each means. Holds secrets.\n"


@dataclass(frozen=True)
class Check:
    """What an answer must be: something that refuses it, and words for what it looks like."""

    refuse: Callable[[str], Any]
    hint: str

    def takes(self, answer: str) -> bool:
        try:
            self.refuse(answer)
        except (ValueError, ValidationError):
            return False
        return True


ANYTHING = Check(str, "")


def gather(asked: argparse.Namespace, kept: Mapping[str, str]) -> dict[str, str]:
    """The variables of the new file; of the old one only its keys are kept."""
    name = ask(asked, asked.name, _("Name of the organization"))
    url = ask(
        asked, asked.url, _("Address of the installation"), LOCAL, Check(values.base_url, LIKE_URL)
    )
    mail = mail_settings(asked, url)
    contact = ask(asked, asked.contact, _("Whom to ask who cannot sign in, a name or an address"))
    database = ask(
        asked,
        asked.database,
        _("Database, postgresql://… (blank: SQLite)"),
        check=Check(values.database, LIKE_DATABASE),
    )
    proxies = asked.proxies if asked.proxies is not None else int(url.startswith("https:"))
    given = {
        "UPWELL_ORGANIZATION": name,
        "UPWELL_URL": url,
        "UPWELL_CONTACT": contact,
        "UPWELL_PROXY_COUNT": str(proxies),
        "UPWELL_DATABASE_URL": database,
        **mail,
        **kept_settings(asked, kept),
    }
    return {name: value for name, value in given.items() if value}


def mail_settings(asked: argparse.Namespace, url: str) -> dict[str, str]:
    """The mail server, and the sender of its mail where there is one."""
    mail = ask(
        asked,
        asked.mail,
        _("Mail server, smtp://user:password@host:587 (blank: later)"),
        check=Check(values.mail_server, LIKE_MAIL),
    )
    sender = asked.sender or (f"Upwell <upwell@{values.host_of(url)}>" if mail else "")
    if mail:
        check = Check(values.sender, LIKE_SENDER)
        sender = ask(asked, asked.sender, _("Sender of its mail"), sender, check)
    return {"UPWELL_MAIL_URL": mail, "UPWELL_MAIL_FROM": sender}


def kept_settings(asked: argparse.Namespace, kept: Mapping[str, str]) -> dict[str, str]:
    """The folder of data, which is made, and what stays as it was: keys, and a logo if none is
    given.
    """
    data = (asked.data or asked.file.absolute().parent / "var").absolute()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    master = str(asked.file.absolute().with_name("master.keys"))
    logo = take_logo(asked.logo, data) if asked.logo else kept.get("UPWELL_LOGO", "")
    return {
        "UPWELL_DATA_DIR": str(data),
        "UPWELL_MASTER_KEY_FILE": kept.get("UPWELL_MASTER_KEY_FILE") or master,
        "UPWELL_LOGO": logo,
        "UPWELL_SECRET_KEY": kept.get("UPWELL_SECRET_KEY") or secrets.token_urlsafe(50),
    }


def ask(
    asked: argparse.Namespace,
    given: str | None,
    question: str,
    default: str = "",
    check: Check = ANYTHING,
) -> str:
    """The option if there is one, else what a person answers, else the default.

    A person is asked again until the answer can be used; options are checked as a whole, later.
    """
    if given is not None:
        return given.strip()
    if asked.yes or not sys.stdin.isatty():
        return default
    while True:
        said = input(f"{question} [{default}]: " if default else f"{question}: ")
        answer = said.strip() or default
        if not answer or check.takes(answer):
            return answer
        say(f"  {_(check.hint)}")


def first_person(asked: argparse.Namespace) -> tuple[str, str]:
    """Name and address of the first person."""
    address = ask(
        asked,
        asked.admin_email,
        _("Your e-mail address, to sign in with"),
        check=Check(validate_email, LIKE_ADDRESS),
    ).lower()
    if not address:
        raise RefusedError(_("Say with --admin-email who signs in first, and run this again."))
    name = ask(asked, asked.admin_name, _("Your name"), address.partition("@")[0])
    return name, address


def take_logo(path: Path, data: Path) -> str:
    """Copy a logo into the data folder if it is one; its name there."""
    if not path.is_file() or path.stat().st_size > LARGEST_LOGO:
        raise RefusedError(_("%(path)s is no file of 512 KiB at most.") % {"path": path})
    content = path.read_bytes()
    kind = kind_of(content)
    if not kind:
        raise RefusedError(_("%(path)s is no PNG, JPEG or WebP picture.") % {"path": path})
    name = f"logo.{kind}"
    (data / name).write_bytes(content)
    return name


def kind_of(content: bytes) -> str:
    """What a picture is by its first bytes, whatever its name says."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    return "webp" if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else ""


@contextmanager
def private_file(path: Path, variables: Mapping[str, str]) -> Iterator[Path]:
    """A file that only its owner can read; it takes its place if all goes well."""
    try:
        lines = [environment.write_line(name, value) for name, value in variables.items()]
    except ValueError as error:
        raise RefusedError(str(error)) from error
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(HEADING + "\n".join(lines) + "\n")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def try_mail(asked: argparse.Namespace) -> None:
    """Speak with the mail server; what it refuses, a person may overrule."""
    from django.conf import settings  # noqa: PLC0415 -- set up before

    from upwell.cli.checkup import mail_refusal  # noqa: PLC0415

    reason = mail_refusal() if settings.IS_MAIL_SET and not asked.no_mail_test else ""
    if not reason:
        return
    text = _("The mail server refuses: %(reason)s") % {"reason": reason}
    if asked.yes or not sys.stdin.isatty():
        raise RefusedError(f"{text} {_('To go on all the same, add --no-mail-test.')}")
    say(text)
    if input(_("Go on all the same? [y/N]: ")).strip().lower() not in {"y", "yes"}:
        raise RefusedError(_("Nothing was written."))
