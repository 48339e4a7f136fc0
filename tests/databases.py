"""A database that several threads write to at once, as in an installation."""

import sqlite3
from contextlib import contextmanager
from importlib import import_module
from threading import Barrier, Thread

from django.db import connection, connections

GUARDS = import_module("upwell.audit.migrations.0003_no_deletion")
"""What keeps the database from deleting entries of the audit log."""


def drop_guards(connection=connection):
    with connection.cursor() as cursor:
        for statement in GUARDS.without(GUARDS.NAMES[connection.vendor], connection.vendor):
            cursor.execute(statement)


@contextmanager
def without_guards():
    """Lets the audit log be deleted, which the database refuses as long as its triggers stand."""
    drop_guards()
    yield
    with connection.cursor() as cursor:
        for statement in GUARDS.STATEMENTS[connection.vendor]():
            cursor.execute(statement)


def empty_log():
    with without_guards(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {GUARDS.TABLE}")


@contextmanager
def database_in_file(path, connection=connection):
    """Lend an SQLite database of the tests a file of its own, with the same tables."""
    connection.ensure_connection()
    kept, name = connection.connection, connection.settings_dict["NAME"]
    with sqlite3.connect(path) as target:
        kept.backup(target)
        target.execute("PRAGMA journal_mode=WAL")  # of several that begin it at once, some fail
    target.close()
    connection.connection = None
    connection.settings_dict["NAME"] = path
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
        connection.connection = kept


def at_once(*actions):
    """Do everything in threads that start together; return what each returned or raised."""
    gate, outcomes = Barrier(len(actions)), [None] * len(actions)

    def act(place, action):
        gate.wait()
        try:
            outcomes[place] = action()
        except Exception as error:
            outcomes[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=act, args=job) for job in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
