"""A database that several threads write to at once, as in an installation."""

import sqlite3
from contextlib import contextmanager
from threading import Barrier, Thread

from django.db import connection, connections


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
