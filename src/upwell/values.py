"""What the text of an address means. Raises ValueError where it means nothing; no Django here."""

import re
from dataclasses import dataclass
from datetime import time
from email.utils import formataddr, parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1", "[::1]"}
HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")
HOURS = re.compile(r"(\d\d:\d\d)\s*[-–]\s*(\d\d:\d\d)", re.ASCII)
MAIL_SCHEMES = {"smtp": 587, "smtps": 465}
POOL = {"min_size": 1, "max_size": 16}
"""Connections of a process: more than it has threads, since whoever holds one of the database, with
a lock that all others wait for, needs one of the key store."""


@dataclass(frozen=True)
class MailServer:
    host: str
    port: int
    user: str
    password: str
    is_ssl: bool
    is_starttls: bool


def base_url(text: str) -> str:
    """The address of an installation without a slash at its end.

    Plain HTTP never leaves this machine.
    """
    url = urlsplit(text)
    is_local = url.hostname in LOCAL_HOSTS
    if not is_host(url.hostname or "") or url.path.strip("/") or url.query or url.username:
        raise ValueError(text)
    if url.port == 0 or not (url.scheme == "https" or (url.scheme == "http" and is_local)):
        raise ValueError(text)
    return f"{url.scheme}://{url.netloc}"


def host_of(url: str) -> str:
    """The host of an address; "localhost" where it names none."""
    try:
        return urlsplit(url).hostname or "localhost"
    except ValueError:
        return "localhost"


def is_host(name: str) -> bool:
    """Whether this could name a host; a name in other letters is written in its ASCII form."""
    return HOST.fullmatch(name) is not None


def mail_server(text: str) -> MailServer:
    """Of smtp://user:password@host:587 (STARTTLS), smtps://… or smtp://host:25?tls=none."""
    url = urlsplit(text)
    tls = dict(parse_qsl(url.query)).get("tls", "starttls")
    host = (url.hostname or "").replace("_", "-")  # names in a network of containers have it
    if url.scheme not in MAIL_SCHEMES or not is_host(host) or url.port == 0:
        raise ValueError(text)
    if tls not in {"starttls", "none"} or url.path.strip("/"):
        raise ValueError(text)
    return MailServer(
        host=url.hostname or "",
        port=url.port or MAIL_SCHEMES[url.scheme],
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        is_ssl=url.scheme == "smtps",
        is_starttls=url.scheme == "smtp" and tls == "starttls",
    )


def sender(text: str) -> str:
    """An address, with a name before it or not, as it stands in the From of a message."""
    name, address = parseaddr(text)
    if "\n" in text or not (address.count("@") == 1 and all(address.split("@"))):
        raise ValueError(text)
    return formataddr((name, address)) if name else address


def quiet_hours(text: str) -> tuple[time, time] | None:
    """When the quiet of 20:00-07:30 begins and ends; None of "none" and of nothing at all."""
    if text.strip().lower() in {"", "none"}:
        return None
    hours = HOURS.fullmatch(text.strip())
    if hours is None:
        raise ValueError(text)
    begins, ends = map(time.fromisoformat, hours.groups())
    if begins == ends:
        raise ValueError(text)
    return begins, ends


def database(text: str) -> dict[str, Any]:
    """Django's parameters of sqlite:///file or postgresql://user:password@host:5432/name."""
    url = urlsplit(text)
    name = unquote(url.path.removeprefix("/"))
    if url.scheme == "sqlite" and name and not url.netloc:
        return sqlite(name)
    if url.scheme in {"postgres", "postgresql"} and name:
        return postgres(url, name=name)
    raise ValueError(text)


def sqlite(path: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def key_store(text: str) -> dict[str, Any]:
    """The same for the key store: it outlives a loss of power, and overwrites what it deletes."""
    found = database(text)
    if found["ENGINE"].endswith("sqlite3"):
        found["OPTIONS"]["init_command"] = (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
        )
    return found


def beside(database: dict[str, Any], data: Path) -> str:
    """Where the key store is by default: a file beside that of the database."""
    if database["NAME"] == ":memory:":
        return "sqlite:///:memory:"
    is_file = database["ENGINE"].endswith("sqlite3")
    folder = Path(database["NAME"]).parent if is_file else data
    return f"sqlite:///{quote(str(folder / 'keys.sqlite3'))}"


def postgres(url: SplitResult, *, name: str) -> dict[str, Any]:
    """Parameters behind '?' go to the driver; 'host' there may name the folder of a socket."""
    parameters: dict[str, Any] = dict(parse_qsl(url.query))
    host = parameters.pop("host", url.hostname)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(host or ""),
        "PORT": str(url.port or ""),
        "OPTIONS": {"pool": {**POOL}} | parameters,
    }
