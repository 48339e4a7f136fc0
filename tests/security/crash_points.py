"""An attacker that kills a step at any statement or commit, and what the database holds then."""

import re
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.apps import apps
from django.db import connection, models, router, transaction

from tests.databases import without_guards

UUIDS = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
SECONDS = re.compile(r'"seconds": [0-9.]+')
CHANGING = {"queue_row", "payload", "key", "lock", "password"}
"""Columns of the queue, and passwords that nobody can use: they differ each time."""


class Crash(BaseException):
    """The process is gone: nothing in it may catch this."""


class Attack:
    """Kills at the n-th moment, counted from 0; before and after each statement and commit."""

    def __init__(self, moment, connection=connection):
        self.moment, self.passed, self.is_dead = moment, 0, False
        self.connection = connection

    def reach(self):
        if not self.is_dead and self.passed == self.moment:
            self.is_dead = True
            cut_line(self.connection)
        if self.is_dead:
            raise Crash
        self.passed += 1

    def execute(self, execute, *statement):
        self.reach()
        result = execute(*statement)
        self.reach()
        return result

    def commit(self, commit):
        self.reach()
        commit()
        self.reach()

    def rollback(self, rollback):
        """The dead ask for nothing; the database rolls back by itself."""
        if not self.is_dead:
            rollback()


@contextmanager
def under_attack(attack):
    """Let everything that this connection does pass by the attack; then cut the line."""
    connection = attack.connection
    connection.ensure_connection()
    commit, rollback = connection._commit, connection._rollback  # noqa: SLF001 -- where every commit passes
    connection._commit = lambda: attack.commit(commit)  # noqa: SLF001 -- as above
    connection._rollback = lambda: attack.rollback(rollback)  # noqa: SLF001 -- as above
    try:
        with connection.execute_wrapper(attack.execute):
            yield
    except BaseException:
        if not attack.is_dead:
            raise
    finally:
        del connection._commit, connection._rollback  # noqa: SLF001 -- as above
        connection.close()


def cut_line(connection):
    """Close the connection without a word, as the end of a process does."""
    raw = connection.connection
    raw.close()
    if pool := getattr(connection, "pool", None):
        pool.putconn(raw)
    if connection.in_atomic_block:
        connection.closed_in_transaction = connection.needs_rollback = True
    else:
        connection.connection = None


def snapshot():
    """Every row of every table, without the key store: a key that seals nothing does no harm."""
    return {
        model: list(model._base_manager.order_by("pk").values())  # noqa: SLF001 -- no filter in between
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and router.db_for_write(model) == connection.alias  # noqa: SLF001 -- as above
    }


def restore(rows):
    """Make the database what it was. Foreign keys are checked at the end."""
    with without_guards(), transaction.atomic():
        for model in rows:
            model._base_manager.all()._raw_delete(connection.alias)  # noqa: SLF001 -- no cascade
        for model, values in rows.items():
            model._base_manager.bulk_create([model(**row) for row in values])  # noqa: SLF001 -- as above


def comparable(rows, before):
    """The rows without what differs each time: times, new ids, numbers of rows."""
    known = set(UUIDS.findall(repr(before)))
    return {
        model._meta.label: sorted(repr(plain(model, row, known)) for row in values)  # noqa: SLF001 -- its name
        for model, values in rows.items()
    }


def plain(model, row, known):
    return {
        field.attname: plain_value(row[field.attname], known)
        for field in model._meta.concrete_fields  # noqa: SLF001 -- the fields of a row
        if field.name not in CHANGING and not is_numbered(field)
    }


def is_numbered(field):
    """Whether the database counts this up, here or where it points to."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return isinstance(target, models.AutoField)


def plain_value(value, known):
    match value:
        case datetime():
            return "time"
        case UUID():
            return value if str(value) in known else "new"
        case bytes():
            return value
        case _:
            text = UUIDS.sub(lambda found: found[0] if found[0] in known else "new", repr(value))
            return SECONDS.sub("", text.replace("'", '"'))
