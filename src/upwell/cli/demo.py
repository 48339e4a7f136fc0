"""`upwell demo`: make up an organization, match it, and serve what came of it on this machine."""

import argparse
import json
import os
import secrets
import shutil
import socket
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from upwell.cli import match, serve
from upwell.cli.arguments import RefusalError, command_name, refusing
from upwell.cli.site import say, set_up
from upwell.cli.words import _, ngettext, number
from upwell.demo import database, generate, write_csv

FOLDER = Path("var/demo")
DATABASE = "demo.sqlite3"
KEYS = "keys.sqlite3"
HEAD = "audit-head.json"
HOST = "127.0.0.1"
FEWEST = 100


def parser() -> argparse.ArgumentParser:
    result = argparse.ArgumentParser(
        prog="upwell demo",
        allow_abbrev=False,
        description=_("See Upwell at work with an organization made up for it."),
    )
    add = result.add_argument
    add("--no-serve", action="store_true", help=_("prepare, print the summary and end"))
    add("--people", type=int, default=1_200, help=_("how many people (default: %(default)s)"))
    add("--seed", type=int, default=1, help=_("another number, another organization"))
    add("--port", type=int, default=8000, help=_("where to listen (default: %(default)s)"))
    return result


def run(words: list[str]) -> int:
    return refusing("demo", lambda: demo(parser().parse_args(words)))


def demo(asked: argparse.Namespace) -> int:
    """Prepare everything, then serve it unless asked not to."""
    if asked.people < FEWEST:
        raise RefusalError(_("--people must be %(fewest)s or more.") % {"fewest": FEWEST})
    if not asked.no_serve:
        check_port(asked.port)
    table = match_in_the_terminal(asked)
    start_over()
    from upwell.delivery import mailbox  # noqa: PLC0415 -- only the demo has a mail server

    with mailbox.serve(FOLDER / "mailbox") as mail_port:
        set_environment(asked.port, mail_port)
        set_up()
        prepare(table)
        say_who_can_sign_in(asked)
        if asked.no_serve:
            return 0
        return serve.run(["--host", HOST, "--port", str(asked.port), "--workers", "1"])


def demo_name() -> str:
    """What a user types to start the demo."""
    return f"{command_name()} demo".replace("run upwell", "run")


def check_port(port: int) -> None:
    """Refuse a port that is taken, before the work is done."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise RefusalError(
                _("Port %(port)s is taken. Choose another one: %(command)s --port %(other)s")
                % {"port": port, "command": demo_name(), "other": 8001}
            ) from error


def match_in_the_terminal(asked: argparse.Namespace) -> Path:
    """Write the organization as a spreadsheet, and match it as a user of the terminal would."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    table = FOLDER / "people.csv"
    write_csv(generate(asked.people, seed=asked.seed), table)
    command = ["match", str(table), "--objective", "fair"]
    for option, name in (
        ("--out", "pairs.xlsx"),
        ("--json", "summary.json"),
        ("--certificate", "certificate.json"),
    ):
        command += [option, str(FOLDER / name)]
    say(
        _("%(count)s people of a made-up organization are in %(path)s. Matching them:\n")
        % {"count": number(asked.people), "path": table}
    )
    say(f"  {command_name()} {' '.join(command)}")
    if match.run(command[1:]):
        raise RefusalError(_("The made-up organization could not be matched."))
    return table


def start_over() -> None:
    """Remove the databases, the head of the audit log and the mail of an earlier demo."""
    for name in (DATABASE, KEYS):
        database.remove(FOLDER.absolute() / name)
    (FOLDER / HEAD).unlink(missing_ok=True)
    shutil.rmtree(FOLDER / "mailbox", ignore_errors=True)


def set_environment(port: int, mail_port: int) -> None:
    """The demo's own variables, whatever installation there may be on this machine."""
    for name in [name for name in os.environ if name.startswith("UPWELL_")]:
        del os.environ[name]
    folder = FOLDER.absolute()
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "upwell.demo.settings",
        "UPWELL_ENV_FILE": "",
        "UPWELL_DATABASE_URL": f"sqlite:///{folder / DATABASE}",
        "UPWELL_DATA_DIR": str(folder),
        "UPWELL_AUDIT_HEAD_FILE": str(folder / HEAD),
        "UPWELL_KEYS_URL": f"sqlite:///{folder / KEYS}",
        "UPWELL_MAIL_FROM": "upwell@example.com",
        "UPWELL_MAIL_URL": f"smtp://{HOST}:{mail_port}?tls=none",
        "UPWELL_ORGANIZATION": _("A made-up organization"),
        "UPWELL_SECRET_KEY": secrets.token_urlsafe(50),
        "UPWELL_URL": f"http://{HOST}:{port}",
    }


def prepare(table: Path) -> None:
    """A new database with everything up to a published match."""
    from django.core.management import call_command  # noqa: PLC0415 -- set up by now

    from upwell.demo import loader  # noqa: PLC0415
    from upwell.programs.services import bring_in_catalog  # noqa: PLC0415

    say()
    say(_("Now the same in the browser: a directory, a program, a cohort and its match …"))
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    database.mark()
    confirm_keys()
    bring_in_catalog()
    run = loader.load(table, today=date.today())  # noqa: DTZ011 -- the user's own day
    said = {
        "pairs": run.proposals.count(),
        "digest": json.loads(run.certificate)["open_digest"][:12],
    }
    say(_("Published: %(pairs)s pairs. The problem has the same digest: %(digest)s…") % said)
    say(places_taken(Counter(run.proposals.values_list("mentor", flat=True))))


def places_taken(pairs_of: Counter[Any]) -> str:
    """How fewer mentors can lead so many pairs."""
    several = sum(count > 1 for count in pairs_of.values())
    if not several:
        return _("Each mentor has one mentee.")
    text = ngettext(
        "%(mentors)s mentors lead them: %(several)s has said to have time for more than one.",
        "%(mentors)s mentors lead them: %(several)s have said to have time for more than one.",
        several,
    )
    return text % {"mentors": len(pairs_of), "several": several}


def confirm_keys() -> None:
    """Keys of the demo's own, taken for copied: what it makes up can be lost."""
    from upwell.vault import masters, ring  # noqa: PLC0415 -- set up by now

    masters.make_files(date.today())  # noqa: DTZ011 -- as above
    masters.confirm(ring.master_keys())


def say_who_can_sign_in(asked: argparse.Namespace) -> None:
    from upwell.demo.guests import guests  # noqa: PLC0415 -- set up by now

    say()
    say(_("With one click you can sign in as:"))
    for guest in guests():
        say(f"  {_(str(guest.role)):24}{guest.person.name}, {guest.person.title}")
    say()
    if asked.no_serve:
        say(_("To see it in the browser: %(command)s") % {"command": demo_name()})
    else:
        say(_("Open http://%(host)s:%(port)s") % {"host": HOST, "port": asked.port})
