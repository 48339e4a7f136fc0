"""`upwell init`: from nothing to an installation that somebody can sign in to."""

import argparse
import os
from pathlib import Path

from upwell import environment
from upwell.cli import answers, keys
from upwell.cli.site import RefusedError, command_for, refusing, say, set_up
from upwell.cli.words import _


def parser() -> argparse.ArgumentParser:
    result = argparse.ArgumentParser(
        prog="upwell init",
        allow_abbrev=False,
        description=_("Set up an installation: answer a few questions, or give options."),
        epilog=_("Run again, it finishes what was begun and changes no answer."),
    )
    add = result.add_argument
    add("--name", help=_("name of the organization"))
    add("--contact", help=_("name or address of whom to ask who cannot sign in"))
    add("--url", help=_("address of the installation, such as https://mentoring.example.com"))
    add("--mail", help=_("mail server, such as smtp://user:password@mail.example.com:587"))
    add("--from", dest="sender", help=_("sender of its mail: Mentoring <mentoring@example.com>"))
    add("--database", help=_("postgresql://…; without it, an SQLite file in the data folder"))
    add("--logo", type=Path, help=_("logo for pages: a PNG, JPEG or WebP file of 512 KiB at most"))
    add("--admin-name", help=_("name of the first person"))
    add("--admin-email", help=_("sign-in address of the first person"))
    add("--data", type=Path, help=_("data folder (default: var beside the file)"))
    add("--file", type=Path, default=Path("upwell.env"), help=_("default: %(default)s"))
    add("--proxies", type=int, help=_("web servers in front (default: 1 where the URL is https)"))
    add("--yes", action="store_true", help=_("ask nothing; what is not given has its default"))
    add("--force", action="store_true", help=_("replace the file; its key is kept"))
    add("--link", action="store_true", help=_("print a new sign-in link for --admin-email"))
    add(
        "--reset-second-factor",
        action="store_true",
        help=_("with --link: forget a lost authenticator, too"),
    )
    add("--no-mail-test", action="store_true", help=_("do not speak with the mail server"))
    return result


def run(words: list[str]) -> int:
    asked = parser().parse_args(words)
    return refusing("init", lambda: init(asked))


def init(asked: argparse.Namespace) -> int:
    path = place(asked)
    if path.exists() and not asked.force:
        say(_("There is an installation already: %(path)s") % {"path": path})
        load(path)
        build(path)
    else:
        kept = environment.read(path) if path.exists() else {}
        lines = answers.gather(asked, kept)
        with answers.private_file(path, lines) as unfinished:
            load(unfinished)
            answers.try_mail(asked)
            build(path)
        say(_("Your answers are in %(path)s. Keep it to yourself.") % {"path": path})
    admit(asked)
    say(_("Start it with: %(command)s") % {"command": f"{command_for(path)} serve"})
    return 0


def place(asked: argparse.Namespace) -> Path:
    """The file of the installation; a new link is for one that is there."""
    path: Path = asked.file.absolute()
    if not asked.link or path.exists():
        return path
    known = environment.find()
    if known is None:
        raise RefusedError(
            _("There is no installation at %(path)s. Go to its folder, or name it with --file.")
            % {"path": path}
        )
    return known.absolute()


def load(path: Path) -> None:
    """Take the settings from the file."""
    os.environ["UPWELL_ENV_FILE"] = str(path)
    set_up()


def build(path: Path) -> None:
    """Make tables, topics and keys, collect the static files; what is there already stays."""
    from django.core.management import call_command  # noqa: PLC0415 -- set up before

    call_command("migrate", verbosity=0, interactive=False)
    bring_in_topics()
    keys.make_files(path)
    call_command("collectstatic", verbosity=0, interactive=False)


def bring_in_topics() -> None:
    """The topics that ship; what somebody edited stays."""
    from upwell.programs.services import bring_in_catalog  # noqa: PLC0415 -- set up before

    bring_in_catalog()


def admit(asked: argparse.Namespace) -> None:
    """Make the first person where there is no administrator yet, and print a link when due."""
    from upwell.cli import first  # noqa: PLC0415 -- models want the set-up

    if not first.administrators():
        name, address = answers.first_person(asked)
        person = first.make(name, address)
    elif asked.link:
        person = first.find((asked.admin_email or "").strip().lower())
        if asked.reset_second_factor:
            first.forget_authenticator(person)
    else:
        return
    say(_("%(name)s signs in for the first time within 14 days here:") % {"name": person.name})
    say(f"\n  {first.link(person)}\n")
