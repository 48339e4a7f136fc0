"""The UPWELL_* variables as values; a wrong one stops the start and is named."""

from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.core.exceptions import ImproperlyConfigured

from upwell import environment, values
from upwell.values import LOCAL_HOSTS

try:
    VARIABLES = environment.variables()
except environment.EnvironmentFileError as error:
    raise ImproperlyConfigured(str(error)) from error

LONGEST_STOP = 120
WEAK_KEYS = ("django-insecure-", "development")


def env(name: str, default: str | None = None) -> str:
    """Return UPWELL_<name>; with no default, the variable must be set."""
    value = VARIABLES.get(f"UPWELL_{name}", default)
    if value is None:
        raise ImproperlyConfigured(f"Set UPWELL_{name}.")
    return value


def env_bool(name: str, default: bool) -> bool:
    """Return UPWELL_<name> as a bool; only the words 'true' and 'false' count."""
    value = env(name, str(default)).lower()
    if value not in {"true", "false"}:
        raise ImproperlyConfigured(f"UPWELL_{name} must be 'true' or 'false'.")
    return value == "true"


def env_count(name: str, default: int) -> int:
    value = env(name, str(default))
    if not (value.isascii() and value.isdigit() and len(value) < 6):
        raise ImproperlyConfigured(f"UPWELL_{name} must be a number such as 0 or 1.")
    return int(value)


def env_zone(name: str, default: str) -> str:
    """Return UPWELL_<name> as the name of a time zone."""
    value = env(name, default)
    if value not in available_timezones():
        raise ImproperlyConfigured(f"UPWELL_{name} must be a time zone such as Europe/Berlin.")
    return value


def env_language(name: str, default: str, *, known: Mapping[str, str]) -> str:
    """Return UPWELL_<name> as the code of a language that Upwell has been translated into."""
    value = env(name, default)
    if value not in known:
        raise ImproperlyConfigured(f"UPWELL_{name} must be one of: {', '.join(known)}.")
    return value


def env_secret_key(*, is_development: bool) -> str:
    """Return UPWELL_SECRET_KEY; a short or shipped one is good for development only."""
    if is_development:
        return env("SECRET_KEY", "development-only")
    key = env("SECRET_KEY")
    if is_weak(key):
        raise ImproperlyConfigured(
            "UPWELL_SECRET_KEY must be at least 50 random characters, for example from: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    return key


def is_weak(key: str) -> bool:
    return len(key) < 50 or len(set(key)) < 5 or key.startswith(WEAK_KEYS)


def env_old_keys() -> list[str]:
    """Return UPWELL_SECRET_KEYS_OLD, keys separated by commas that still open what they signed."""
    keys = [key.strip() for key in env("SECRET_KEYS_OLD", "").split(",") if key.strip()]
    if any(is_weak(key) for key in keys):
        raise ImproperlyConfigured("UPWELL_SECRET_KEYS_OLD holds a key that is too short.")
    return keys


def env_hosts(*, is_development: bool) -> list[str]:
    """Return UPWELL_ALLOWED_HOSTS, names separated by commas; '*' is refused.

    Where it is not set, the host of UPWELL_URL.
    """
    host = host_of(env("URL", "http://localhost" if is_development else ""))
    names = env("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if host in LOCAL_HOSTS else host)
    hosts = [name.strip() for name in names.split(",") if name.strip()]
    if not hosts or any("*" in host or "/" in host for host in hosts):
        raise ImproperlyConfigured(
            "Set UPWELL_URL to the address of the installation, such as "
            "https://mentoring.example.com, or UPWELL_ALLOWED_HOSTS to its host names."
        )
    return hosts


def host_of(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return f"[{host}]" if ":" in host else host


def env_url(hosts: list[str], *, is_development: bool) -> str:
    """Return UPWELL_URL without a slash at its end; plain HTTP never leaves this machine."""
    url = env("URL", "http://localhost:8000" if is_development else f"https://{hosts[0]}")
    try:
        return values.base_url(url)
    except ValueError as error:
        raise ImproperlyConfigured(
            "UPWELL_URL must look like https://mentoring.example.com; "
            "http:// works on localhost only."
        ) from error


def env_mail() -> dict[str, Any]:
    """Return Django's EMAIL_* of UPWELL_MAIL_URL; without one, messages wait in the outbox."""
    text = env("MAIL_URL", "")
    if not text:
        return {"EMAIL_HOST": ""}
    try:
        server = values.mail_server(text)
    except ValueError as error:
        raise ImproperlyConfigured(
            "UPWELL_MAIL_URL must look like smtp://user:password@host:587 (with STARTTLS), "
            "smtps://user:password@host:465 or smtp://host:25?tls=none."
        ) from error
    return {
        "EMAIL_HOST": server.host,
        "EMAIL_PORT": server.port,
        "EMAIL_HOST_USER": server.user,
        "EMAIL_HOST_PASSWORD": server.password,
        "EMAIL_USE_SSL": server.is_ssl,
        "EMAIL_USE_TLS": server.is_starttls,
    }


def env_mail_from(host: str) -> str:
    """Return UPWELL_MAIL_FROM, which must be set where a mail server is."""
    text = env("MAIL_FROM", None if host else "Upwell <upwell@localhost>")
    try:
        return values.sender(text)
    except ValueError as error:
        raise ImproperlyConfigured(
            "UPWELL_MAIL_FROM must look like 'Reverse mentoring <mentoring@example.com>'."
        ) from error


def env_quiet_hours() -> tuple[time, time] | None:
    """Return UPWELL_QUIET_HOURS as when the quiet begins and ends; None where it never does."""
    text = env("QUIET_HOURS", "20:00-07:30")
    try:
        return values.quiet_hours(text)
    except ValueError as error:
        raise ImproperlyConfigured(
            "UPWELL_QUIET_HOURS must look like 20:00-07:30; 'none' lets mail go at any hour."
        ) from error


def env_stop_minutes() -> int:
    """Return UPWELL_STOP_MINUTES: how long the messages of a publication can be stopped."""
    minutes = env_count("STOP_MINUTES", 15)
    if minutes > LONGEST_STOP:
        raise ImproperlyConfigured("UPWELL_STOP_MINUTES must be a number from 0 to 120.")
    return minutes


def env_data_folder(tree: Path) -> Path:
    """Return UPWELL_DATA_DIR; var/ of the tree, or of the folder one is in, if not set."""
    default = tree if (tree / "pyproject.toml").is_file() else Path.cwd()
    return Path(env("DATA_DIR", str(default / "var")))


def env_database(data: Path) -> dict[str, Any]:
    """Return the database of UPWELL_DATABASE_URL; an SQLite file in the data folder if not set."""
    try:
        found = values.database(env("DATABASE_URL", f"sqlite:///{data / 'upwell.sqlite3'}"))
    except ValueError as error:
        raise ImproperlyConfigured(
            "UPWELL_DATABASE_URL must look like sqlite:////srv/upwell/upwell.sqlite3 "
            "or postgresql://user:password@host:5432/name."
        ) from error
    make_folder_of(found, "UPWELL_DATABASE_URL")
    return found


def env_keys(database: dict[str, Any], data: Path) -> dict[str, Any]:
    """Return the key store of UPWELL_KEYS_URL; if not set, keys.sqlite3 beside the database."""
    try:
        found = values.key_store(env("KEYS_URL", values.beside(database, data)))
    except ValueError as error:
        raise ImproperlyConfigured(
            "UPWELL_KEYS_URL must look like sqlite:////srv/upwell/keys.sqlite3 "
            "or postgresql://user:password@host:5432/keys."
        ) from error
    parts = ("ENGINE", "NAME", "HOST", "PORT")
    is_same = all(found.get(part) == database.get(part) for part in parts)
    if is_same and found["NAME"] != ":memory:":
        raise ImproperlyConfigured("UPWELL_KEYS_URL must name a database of its own.")
    make_folder_of(found, "UPWELL_KEYS_URL")
    return found


def make_folder_of(database: dict[str, Any], variable: str) -> None:
    """The folder of an SQLite file."""
    path = Path(database["NAME"])
    if not database["ENGINE"].endswith("sqlite3") or database["NAME"] == ":memory:":
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{variable} names a folder that cannot be made: {path.parent}"
        ) from error
