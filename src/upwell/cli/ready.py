"""Whether an installation can be started: its tables and its static files are there."""

import json
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from upwell.cli.site import RefusedError
from upwell.cli.words import _
from upwell.vault.errors import VaultError
from upwell.vault.ring import master_keys, read_file
from upwell.vault.router import APP, STORE


def require_ready(*, with_static: bool = True) -> None:
    """Refuse where something is missing, with the command that mends it."""
    count = missing_migrations()
    if count:
        raise RefusedError(
            _("The database is %(count)s steps behind this version. Run: upwell migrate")
            % {"count": count}
        )
    require_keys()
    if with_static and missing_static():
        raise RefusedError(_("Static files are not collected. Run: upwell collectstatic --noinput"))


def missing_migrations() -> int:
    """How many steps the database and the key store are behind."""
    everything, vault = MigrationExecutor(connection), MigrationExecutor(connections[STORE])
    return len(everything.migration_plan(everything.loader.graph.leaf_nodes())) + len(
        vault.migration_plan(vault.loader.graph.leaf_nodes(APP))
    )


def require_keys() -> None:
    try:
        master_keys()
        read_file(Path(settings.AUDIT_KEY_FILE))
    except VaultError as error:
        raise RefusedError(str(error)) from error


def missing_static() -> int:
    """How many static files of this version pages could not find."""
    if settings.DEBUG:
        return 0
    manifest = Path(settings.STATIC_ROOT, "staticfiles.json")
    collected = json.loads(manifest.read_text("utf-8"))["paths"] if manifest.is_file() else {}
    shipped = {
        name.replace("\\", "/") for finder in get_finders() for name, _storage in finder.list([])
    }
    return len(shipped - collected.keys())
