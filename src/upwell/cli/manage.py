"""Every word that is not Upwell's own goes to Django's management commands."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def run(words: list[str]) -> int:
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upwell.settings")
    try:
        execute_from_command_line(["upwell", *words])
    except ImproperlyConfigured as error:
        sys.stderr.write(f"upwell: {error}\n")
        return 1
    return 0
