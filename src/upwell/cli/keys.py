"""`upwell keys`: the master keys that everything sealed depends on."""

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from upwell.cli.arguments import command_name
from upwell.cli.site import RefusedError, command_for, refusing, say, set_up_installation
from upwell.cli.words import _, ngettext, number

if TYPE_CHECKING:
    from upwell.vault.masters import MasterState


def parser() -> argparse.ArgumentParser:
    result = argparse.ArgumentParser(
        prog="upwell keys",
        allow_abbrev=False,
        description=_("Make, confirm, change and look at the master keys."),
    )
    steps = result.add_subparsers(dest="step", required=True, metavar="STEP")
    steps.add_parser("init", help=_("make the key files that are missing"))
    confirm = steps.add_parser("confirm", help=_("confirm that a copy is kept elsewhere"))
    how = confirm.add_mutually_exclusive_group()
    how.add_argument("--copy", type=Path, help=_("path of the copy, which is then compared"))
    how.add_argument("fingerprint", nargs="?", help=_("read from a copy that cannot be reached"))
    rotate = steps.add_parser("rotate", help=_("put a new master key in the place of the old one"))
    rotate.add_argument(
        "--drop", action="store_true", help=_("forget the old one, once all is wrapped anew")
    )
    steps.add_parser("status", help=_("what is where, in numbers"))
    return result


def run(words: list[str]) -> int:
    asked = parser().parse_args(words)
    return refusing("keys", lambda: act(asked))


def act(asked: argparse.Namespace) -> int:
    set_up_installation()
    from upwell.vault.errors import VaultError  # noqa: PLC0415 -- set up above

    try:
        STEPS[asked.step](asked)
    except VaultError as error:
        raise RefusedError(str(error)) from error
    return 0


def init(asked: argparse.Namespace) -> None:
    make_files()


def make_files(site: Path | None = None) -> None:
    """Make what is missing, and say what to do with it. For `upwell init`, too.

    ``site`` is the file of the installation, where another folder could be meant.
    """
    from upwell.vault import masters  # noqa: PLC0415 -- set up before

    for path in masters.make_files(today()):
        say(_("New keys are in %(path)s. Keep the file to yourself.") % {"path": path})
        note_made(path)
    unconfirmed = [state for state in masters.states() if state.is_there and not state.is_confirmed]
    for state in unconfirmed:
        named = {"name": state.name, "fingerprint": state.fingerprint}
        say(_("Master key %(name)s has the fingerprint %(fingerprint)s.") % named)
    if unconfirmed:
        say(_("Copy the key files to another place: what is sealed is lost without them. Then:"))
        say(f"  {command_for(site) if site else command_name()} keys confirm --copy PATH")


def note_made(path: Path) -> None:
    """In the log; the key of the log itself is none of the master keys."""
    from django.conf import settings  # noqa: PLC0415 -- set up before

    from upwell.vault import ring  # noqa: PLC0415 -- as above

    if path == Path(settings.MASTER_KEY_FILE):
        note("vault.key.made", *(key.name for key in ring.read_file(path)))


def note(event: str, *names: str, **facts: int) -> None:
    """Write down in the audit log what the operator did with master keys."""
    from django.db import transaction  # noqa: PLC0415 -- set up before

    from upwell.audit.services import Actor, record_all  # noqa: PLC0415 -- as above
    from upwell.vault.models import MasterKey  # noqa: PLC0415 -- as above

    with transaction.atomic():
        keys = [MasterKey(name=name) for name in names]
        record_all(event, by=Actor.OPERATOR, on=keys, facts=facts)


def confirm(asked: argparse.Namespace) -> None:
    from upwell.vault import masters  # noqa: PLC0415 -- set up before

    if asked.copy:
        done = masters.confirm_copy(asked.copy)
    else:
        done = masters.confirm_fingerprint(asked.fingerprint or ask_for_fingerprint())
        say(_("Upwell has not seen the copy: you say that you read this from it, not from here."))
    note("vault.key.confirmed", *(key.name for key in done), is_compared=bool(asked.copy))
    for key in done:
        say(_("Confirmed: a copy of master key %(name)s is kept elsewhere.") % {"name": key.name})


def ask_for_fingerprint() -> str:
    if not sys.stdin.isatty():
        raise RefusedError(_("Give the path of the copy (--copy PATH) or the fingerprint."))
    return input(_("Fingerprint of the key in the copy: "))


def rotate(asked: argparse.Namespace) -> None:
    """With one master key a second one is made; with two, the data keys go over to the newer."""
    from upwell.vault import masters, ring  # noqa: PLC0415 -- set up before

    if asked.drop:
        for name in masters.drop_old():
            note("vault.key.dropped", name)
            say(_("Master key %(name)s is forgotten.") % {"name": name})
        return
    if len(ring.master_keys()) == 1:
        begin()
        return
    count = masters.rewrap()
    note("vault.key.rotated", ring.master_keys()[0].name, data_keys=count)
    text = ngettext("%(count)s data key went over.", "%(count)s data keys went over.", count)
    say(text % {"count": number(count)})
    say(_("Back up the key store now. After that the old master key can go:"))
    say(f"  {command_name()} keys rotate --drop")


def begin() -> None:
    from upwell.vault import masters, ring  # noqa: PLC0415 -- set up before

    if not ring.is_in_file():
        raise RefusedError(
            _("Put a new key, NAME:KEY and a comma, before the one in UPWELL_MASTER_KEYS. Then:")
            + f" {command_name()} keys confirm, {command_name()} keys rotate"
        )
    new = masters.begin_rotation(today())
    note("vault.key.made", new.name)
    named = {"name": new.name, "fingerprint": new.fingerprint}
    say(_("New master key %(name)s with the fingerprint %(fingerprint)s.") % named)
    say(_("It is not in use yet. Copy the key file to the other place again, and then:"))
    say(f"  {command_name()} keys confirm --copy PATH")
    say(f"  {command_name()} keys rotate")


def status(asked: argparse.Namespace) -> None:
    from django.conf import settings  # noqa: PLC0415 -- set up before

    from upwell.vault import masters, ring  # noqa: PLC0415 -- as above

    found = masters.states()
    where = settings.MASTER_KEY_FILE if ring.is_in_file() else "UPWELL_MASTER_KEYS"
    say(_("Master keys, the newest first, from %(where)s:") % {"where": where})
    for state in found:
        say(f"  {state.name:20} {state.fingerprint:19}  {state_of(state)}")
    kinds, erased = masters.counts()
    say(_("Data keys in %(where)s:") % {"where": settings.DATABASES["keys"]["NAME"]})
    for kind, count in sorted(kinds.items()):
        say(f"  {kind:20} {number(count)}")
    say(f"  {_('erased'):20} {number(erased)}")
    if erased:
        say(_("What an erased key had sealed can be read by nobody, also not from old backups."))


def state_of(state: "MasterState") -> str:
    if not state.is_there:
        known = _("not there")
    else:
        known = _("confirmed") if state.is_confirmed else _("not confirmed")
    text = ngettext("%(count)s data key", "%(count)s data keys", state.data_keys)
    return f"{known}, {text % {'count': number(state.data_keys)}}"


def today() -> date:
    return date.today()  # noqa: DTZ011 -- the operator's own day names a key


STEPS: dict[str, Callable[[argparse.Namespace], None]] = {
    "init": init,
    "confirm": confirm,
    "rotate": rotate,
    "status": status,
}
