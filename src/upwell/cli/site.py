"""What the commands of an installation share: Django set up, or one sentence saying why not."""

import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import DatabaseError

from upwell import environment
from upwell.cli.arguments import command_name
from upwell.cli.words import _


class RefusedError(Exception):
    """What was asked cannot be done; the text says why and what to do."""


def refusing(word: str, command: Callable[[], int]) -> int:
    """Run a command; what it refuses becomes a sentence on standard error and exit status 1."""
    try:
        return command()
    except (RefusedError, ImproperlyConfigured) as error:
        sentence = str(error)
    except ValidationError as error:
        sentence = " ".join(error.messages)
    except DatabaseError as error:
        sentence = _("The database refused: %(reason)s") % {"reason": first_line(error)}
    except OSError as error:
        sentence = f"{error.filename}: {error.strerror}" if error.filename else str(error)
    except KeyboardInterrupt:
        sentence = _("Stopped.")
    sys.stderr.write(f"upwell {word}: {sentence}\n")
    return 1


def command_for(path: Path) -> str:
    """What a user types in this folder to reach the installation of a file."""
    found = environment.find({})
    if found and found.samefile(path):
        return command_name()
    return f"UPWELL_ENV_FILE={shlex.quote(str(path))} {command_name()}"


def first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def set_up_installation() -> None:
    """Load the settings of the installation in this folder; refuses where there is none."""
    given = {"UPWELL_ENV_FILE", "UPWELL_SECRET_KEY", "UPWELL_DEBUG"}
    if not given.intersection(os.environ) and environment.find() is None:
        raise RefusedError(_("no upwell.env in this folder: go there, or set UPWELL_ENV_FILE"))
    set_up()


def set_up() -> None:
    """Load the settings and the apps. What is made from now on is this user's alone."""
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upwell.settings")
    import django  # noqa: PLC0415 -- reads the variable above

    django.setup()


def say(text: str = "") -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
