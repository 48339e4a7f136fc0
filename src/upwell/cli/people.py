"""`upwell import FILE`: bring a file of people into the directory, for example every night."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from upwell.cli.arguments import RefusalError, load_mapping, refusing
from upwell.cli.page import make_console, show_lines
from upwell.cli.preview import show_part, show_preview
from upwell.cli.words import _, ngettext, number
from upwell.sheets import Mapping, Reading, read_people

if TYPE_CHECKING:
    from rich.console import Console

    from upwell.people.models import SavedMapping
    from upwell.people.services.difference import Difference

STOPPED = 1


def parser() -> argparse.ArgumentParser:
    result = argparse.ArgumentParser(
        prog="upwell import",
        allow_abbrev=False,
        description=_("Bring a file of people into the directory."),
        epilog=_("Exit status: 0 done, 1 stopped because too many would leave, 2 refused."),
    )
    add = result.add_argument
    add("file", type=Path, help=_("a CSV, TSV, XLSX or ODS file"))
    add("--mapping", metavar="NAME", help=_("how the file is read: a saved mapping, or a file"))
    held = result.add_mutually_exclusive_group()
    held.add_argument("--part", action="store_true", help=_("nobody leaves by this file"))
    held.add_argument("--whole", action="store_true", help=_("whoever is not in it has left"))
    add("--leaving", type=int, metavar="N", help=_("go on though up to N people leave"))
    add("--preview", action="store_true", help=_("show how the file is read, and change nothing"))
    return result


def run(words: list[str]) -> int:
    return refusing("import", lambda: people(parser().parse_args(words)))


def people(asked: argparse.Namespace) -> int:
    console = make_console()
    mapping = chosen_mapping(asked)
    today = date.today()  # noqa: DTZ011 -- the day where the file was written
    reading = read_people(asked.file, mapping=mapping, today=today)
    show_preview(console, reading)
    if asked.preview:
        show_changes(console, reading, asked)
        return 0
    return bring_in(console, reading, asked)


def show_changes(console: "Console", reading: Reading, asked: argparse.Namespace) -> None:
    """What the file would change; nothing where there is no directory to hold it against."""
    try:
        set_up()
        with refusing_database():
            from upwell.cli.changes import change_lines  # noqa: PLC0415 -- needs the settings
            from upwell.people.services.difference import compare  # noqa: PLC0415 -- as above
            from upwell.people.services.snapshot import take_snapshot  # noqa: PLC0415 -- as above

            difference = compare(reading, take_snapshot(), is_whole=asked.whole)
            lines = change_lines(reading, difference)
    except RefusalError:
        return
    show_part(console, _("What would change in the directory"), lines or [_("Nothing.")])


def chosen_mapping(asked: argparse.Namespace) -> Mapping | None:
    """The mapping asked for; a saved one also says what the file holds, unless that is said."""
    path = Path(asked.mapping) if asked.mapping else None
    saved = saved_mapping(asked.mapping) if path and not path.is_file() else None
    if saved and not asked.part:
        asked.whole = asked.whole or saved.kind == "whole"
        asked.part = not asked.whole
    if not asked.part and not asked.whole:
        parser().error(_("Please say what the file holds: --part or --whole."))
    return Mapping.from_toml(saved.text) if saved else load_mapping(path)


def saved_mapping(name: str) -> "SavedMapping":
    """Raises RefusalError, with the names there are, for a name that is none of them."""
    set_up()
    from upwell.people.models import SavedMapping  # noqa: PLC0415 -- needs the settings
    from upwell.people.services import find_mapping  # noqa: PLC0415 -- as above

    with refusing_database():
        if found := find_mapping(name):
            return found
        names = ", ".join(SavedMapping.objects.values_list("name", flat=True))
    if not names:
        said = _(
            "There is no saved mapping and no file “%(name)s”. None is saved yet; the pages of an "
            "import offer to save one."
        )
        raise RefusalError(said % {"name": name})
    said = _("There is no saved mapping and no file “%(name)s”. Saved are: %(names)s.")
    raise RefusalError(said % {"name": name, "names": names})


@contextmanager
def refusing_database() -> Iterator[None]:
    """Turns what the database refuses into a sentence."""
    from django.db import DatabaseError  # noqa: PLC0415 -- needs the settings

    try:
        yield
    except DatabaseError as error:
        reason = (str(error).splitlines() or [""])[0]
        raise RefusalError(_("The database refused: %(reason)s") % {"reason": reason}) from error


def bring_in(console: "Console", reading: Reading, asked: argparse.Namespace) -> int:
    """Write the file into the directory that the settings name."""
    set_up()
    from django.core.exceptions import ValidationError  # noqa: PLC0415 -- needs the settings

    from upwell.people import services  # noqa: PLC0415 -- as above

    try:
        with refusing_database():
            done = services.bring_in(reading, is_whole=asked.whole, leaving_agreed=asked.leaving)
    except services.TooManyLeaveError as error:
        show_lines(console, ["", stopped(error.difference)], indent="")
        return STOPPED
    except ValidationError as error:
        raise RefusalError(" ".join(error.messages)) from error
    from upwell.cli.changes import change_lines  # noqa: PLC0415 -- needs the settings

    lines = [] if done.is_empty else change_lines(reading, done)
    show_part(console, _("What has changed in the directory"), lines)
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
