"""What the commands of an installation share: Django set up, or one sentence saying why not."""

import os
import sys
from collections.abc import Callable

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import DatabaseError

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


def first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def set_up() -> None:
    """Load the settings and the apps."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upwell.settings")
    import django  # noqa: PLC0415 -- reads the variable above

    django.setup()


def say(text: str = "") -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
