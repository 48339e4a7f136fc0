"""`upwell people FILE`: bring a file of people into the directory, for example every night."""

import argparse
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from upwell.cli.arguments import RefusalError, load_mapping, refusing
from upwell.cli.page import make_console, show_lines
from upwell.cli.preview import show_preview
from upwell.cli.words import _, ngettext, number
from upwell.sheets import Reading, read_people

if TYPE_CHECKING:
    from rich.console import Console

    from upwell.people.services.difference import Difference

STOPPED = 1


def parser() -> argparse.ArgumentParser:
    result = argparse.ArgumentParser(
        prog="upwell people",
        allow_abbrev=False,
        description=_("Bring a file of people into the directory."),
        epilog=_("Exit status: 0 done, 1 stopped because too many would leave, 2 refused."),
    )
    add = result.add_argument
    add("file", type=Path, help=_("a CSV, TSV, XLSX or ODS file"))
    add("--mapping", type=Path, help=_("how the file is read (a file that a preview gave)"))
    held = result.add_mutually_exclusive_group(required=True)
    held.add_argument("--part", action="store_true", help=_("nobody leaves by this file"))
    held.add_argument("--whole", action="store_true", help=_("whoever is not in it has left"))
    add("--leaving", type=int, metavar="N", help=_("go on though up to N people leave"))
    add("--preview", action="store_true", help=_("show how the file is read, and change nothing"))
    return result


def run(words: list[str]) -> int:
    return refusing("people", lambda: people(parser().parse_args(words)))


def people(asked: argparse.Namespace) -> int:
    console = make_console()
    today = date.today()  # noqa: DTZ011 -- the day where the file was written
    reading = read_people(asked.file, mapping=load_mapping(asked.mapping), today=today)
    show_preview(console, reading)
    return 0 if asked.preview else bring_in(console, reading, asked)


def bring_in(console: "Console", reading: Reading, asked: argparse.Namespace) -> int:
    """Write the file into the directory that the settings name."""
    set_up()
    from django.core.exceptions import ValidationError  # noqa: PLC0415 -- needs the settings
    from django.db import DatabaseError  # noqa: PLC0415 -- as above

    from upwell.people import services  # noqa: PLC0415 -- as above

    try:
        done = services.bring_in(reading, is_whole=asked.whole, leaving_agreed=asked.leaving)
    except services.TooManyLeaveError as error:
        show_lines(console, ["", stopped(error.difference)], indent="")
        return STOPPED
    except ValidationError as error:
        raise RefusalError(" ".join(error.messages)) from error
    except DatabaseError as error:
        reason = (str(error).splitlines() or [""])[0]
        raise RefusalError(_("The database refused: %(reason)s") % {"reason": reason}) from error
    show_lines(console, ["", *summary(done)], indent="")
    return 0


def set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upwell.settings")
    import django  # noqa: PLC0415 -- a preview goes without
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 -- as above

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise RefusalError(str(error)) from error


def summary(done: "Difference") -> list[str]:
    """What has changed, then what was left alone."""
    counts = done.counts
    if done.is_empty:
        return [_("Nothing has changed.")]
    texts = {
        "added": _("New: %(count)s"),
        "changed": _("Changed: %(count)s"),
        "returning": _("Back again: %(count)s"),
        "leaving": _("Left: %(count)s"),
        "unchanged": _("Unchanged: %(count)s"),
        "spared": _("Not in the file, and kept because of a role: %(count)s"),
        "left_out": _("Left out, because the ID is longer than 200 characters: %(count)s"),
    }
    return [text % {"count": number(counts[name])} for name, text in texts.items() if counts[name]]


def stopped(difference: "Difference") -> str:
    count = len(difference.leaving)
    text = ngettext(
        "Stopped, and nothing has changed: %(shown)s person of %(active)s would leave. "
        "If that is right, add --leaving %(count)s.",
        "Stopped, and nothing has changed: %(shown)s people of %(active)s would leave. "
        "If that is right, add --leaving %(count)s.",
        count,
    )
    return text % {"shown": number(count), "active": number(difference.active), "count": count}
