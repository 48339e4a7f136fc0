"""What the commands share: words of the command line, files given, and refusals."""

import argparse
import csv
import json
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from upwell.cli.scores import ScoresError
from upwell.cli.words import _, translations
from upwell.matching.reading import DocumentError
from upwell.matching.said import say
from upwell.policy.faults import PolicyError
from upwell.policy.policy import Policy
from upwell.sheets import Mapping, SheetError, describe
from upwell.sheets.files import replacing

LARGEST_TEXT = 64 * 2**20


class RefusalError(Exception):
    """What was asked cannot be done; the text says why and what to do."""


def refusing(word: str, command: Callable[[], int]) -> int:
    """Run a command; turn what it refuses into sentences on standard error and exit status 2."""
    try:
        return command()
    except SheetError as error:
        sentences = [describe(error, translations.gettext)]
    except PolicyError as error:
        sentences = error.sentences(translations)
    except (RefusalError, ScoresError, DocumentError, ValueError) as error:
        sentences = [say(error, translations.gettext)]
    except OSError as error:
        sentences = [f"{error.filename}: {error.strerror}" if error.filename else str(error)]
    except KeyboardInterrupt:
        sentences = [_("Stopped.")]
    for sentence in sentences:
        sys.stderr.write(f"upwell {word}: {sentence}\n")
    return 2


def command_name() -> str:
    """What a user types in this folder to reach this command, in a checkout or installed."""
    if Path(sys.argv[0]).name != "__main__.py":
        return "upwell"
    checkout = Path(__file__).resolve().parents[3]
    is_here = Path.cwd() == checkout
    return "./run upwell" if is_here else f"{shlex.quote(str(checkout / 'run'))} upwell"


def level_order(text: str) -> tuple[str, ...]:
    """``"A<B<C"``, lowest first."""
    return tuple(level.strip() for level in text.split("<") if level.strip())


def level_list(text: str) -> tuple[str, ...]:
    """``"Director,VP"``; a name with a comma in it stands in quotes."""
    cells = next(csv.reader([text], skipinitialspace=True), [])
    return tuple(level.strip() for level in cells if level.strip())


def add_people_options(result: argparse.ArgumentParser) -> None:
    """How people of a file are read, and who of them is to be paired how."""
    add = result.add_argument
    add("--levels", metavar="A<B<C", type=level_order, help=_("every level, lowest first"))
    add("--mentors", metavar="LEVELS", type=level_list, help=_("levels of the mentors"))
    add("--mentees", metavar="LEVELS", type=level_list, help=_("levels of the mentees"))
    add("--policy", metavar="P.toml", type=Path, help=_("rules and preferences"))
    add("--mapping", metavar="M.toml", type=Path, help=_("which column is what"))


def load_policy(
    path: Path | None,
    order: tuple[str, ...] | None,
    mentors: tuple[str, ...] | None,
    mentees: tuple[str, ...] | None,
) -> Policy:
    """The policy of a file, or the shipped one, with what the command line says over it."""
    policy = Policy.from_toml(read_text(path)) if path else Policy()
    values = policy.model_dump(mode="json")
    if order:
        values["levels"]["order"] = order
    if mentors:
        values["mentors"]["levels"] = mentors
    if mentees:
        values["mentees"]["levels"] = mentees
    return Policy.from_values(values)


def load_mapping(path: Path | None) -> Mapping | None:
    return Mapping.from_toml(read_text(path)) if path else None


def load_certificate(path: Path) -> dict[str, Any]:
    """The certificate as it stands in its file."""
    try:
        body = json.loads(read_text(path), object_pairs_hook=each_key_once)
        json.dumps(body, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise RefusalError(
            _("%(path)s is not a certificate: it is no JSON, or names an entry twice.")
            % {"path": path}
        ) from error
    if not isinstance(body, dict) or "certificate_digest" not in body:
        raise RefusalError(
            _("%(path)s is not a certificate: it has no certificate_digest.") % {"path": path}
        )
    return body


def each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse an entry given twice: of two values, readers would see different ones."""
    result = dict(pairs)
    if len(result) < len(pairs):
        raise ValueError("an entry is given twice")
    return result


def read_text(path: Path) -> str:
    if not path.is_file():
        raise RefusalError(_("There is no file %(path)s.") % {"path": path})
    if path.stat().st_size > LARGEST_TEXT:
        raise RefusalError(_("%(path)s is larger than 64 MiB.") % {"path": path})
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusalError(_("%(path)s is not a text file in UTF-8.") % {"path": path}) from error


def write_json(path: Path, value: dict[str, Any]) -> None:
    """Write a file that a reader and a program can both read; replaced only when it is whole."""
    with replacing(path) as unfinished:
        unfinished.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", "utf-8")
