"""Variables of an installation: those of the process, and under them those of a file.

The file is the one that UPWELL_ENV_FILE names (empty: none), else upwell.env in the folder one is
in, else /etc/upwell/upwell.env. Its lines are NAME=value, as systemd reads them.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path

PLACES = (Path("upwell.env"), Path("/etc/upwell/upwell.env"))
NAMES = (
    "UPWELL_ALLOWED_HOSTS",
    "UPWELL_AUDIT_HEAD_FILE",
    "UPWELL_CONTACT",
    "UPWELL_DATABASE_URL",
    "UPWELL_DATA_DIR",
    "UPWELL_DEBUG",
    "UPWELL_KEYS_URL",
    "UPWELL_LANGUAGE",
    "UPWELL_LOGO",
    "UPWELL_MAIL_FROM",
    "UPWELL_MAIL_URL",
    "UPWELL_MASTER_KEYS",
    "UPWELL_MASTER_KEY_FILE",
    "UPWELL_ORGANIZATION",
    "UPWELL_PROXY_COUNT",
    "UPWELL_QUIET_HOURS",
    "UPWELL_SECRET_KEY",
    "UPWELL_SECRET_KEYS_OLD",
    "UPWELL_STOP_MINUTES",
    "UPWELL_TIME_ZONE",
    "UPWELL_URL",
)
LINE = re.compile(r"([A-Z][A-Z0-9_]*)=(.*)")


class EnvironmentFileError(Exception):
    """The file cannot be used; the text names it, the line and the reason."""


def find(process: Mapping[str, str] = os.environ) -> Path | None:
    """The file in use, or None."""
    named = process.get("UPWELL_ENV_FILE")
    if named == "":
        return None
    if named is not None:
        return Path(named)
    return next((place for place in PLACES if place.is_file()), None)


def variables(process: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Every variable of Upwell; what the process has wins over the file."""
    path = find(process)
    given = {name: value for name, value in process.items() if name.startswith("UPWELL_")}
    return (read(path) if path else {}) | given


def read(path: Path) -> dict[str, str]:
    """The variables of a file; one wrong line refuses it."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not a text in UTF-8"
        raise EnvironmentFileError(f"{path} cannot be read: {reason}") from error
    found: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            name, value = parse(line)
            if name in found:
                raise ValueError(f"{name} is given twice")
        except ValueError as error:
            raise EnvironmentFileError(f"{path}, line {number}: {error}") from error
        found[name] = value
    return found


def parse(line: str) -> tuple[str, str]:
    """Take NAME=value apart; a value may stand in quotes, which belong to none of it."""
    matched = LINE.fullmatch(line.strip())
    if matched is None:
        raise ValueError("a line must be NAME=value, a comment after #, or blank")
    name, value = matched.groups()
    if name not in NAMES:
        raise ValueError(f"{name} is not a variable of Upwell")
    quote = value[:1]
    if quote in {'"', "'"}:
        if len(value) < 2 or value[-1] != quote or quote in value[1:-1] or "\\" in value:
            raise ValueError(f"{name} has quotes that do not fit")
        value = value[1:-1]
    return name, value


def write_line(name: str, value: str) -> str:
    """The line that ``parse``, a shell and systemd all read as this value."""
    quote = '"' if "'" in value else "'"
    if not value.isprintable() or "\\" in value or (quote == '"' and set(value) & set('"$`')):
        raise ValueError(f"{name} cannot hold a backslash, a line break or both kinds of quotes")
    if re.search(r"[^A-Za-z0-9_.,:/@%+=-]", value):
        value = f"{quote}{value}{quote}"
    return f"{name}={value}"
