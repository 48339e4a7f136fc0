"""Many rows in one statement each, for what the ORM would take too long to write.

Values are prepared beforehand, so that the transaction holds nothing but writing. SQLite takes
rows one by one as fast as any other way; PostgreSQL takes them by COPY, five times as fast.
"""
# ruff: noqa: S608, SLF001 -- nothing but names of the models' own tables and columns goes in

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Field, Model

Row = tuple[Any, ...]

CHANGES = "upwell_changes"


def prepared(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[Row]:
    """The values of the named fields as the database takes them."""
    prepare = [field.get_db_prep_save for field in fields_of(model, names)]
    return [
        tuple([one(value, connection) for one, value in zip(prepare, row, strict=True)])
        for row in rows
    ]


def insert(model: type[Model], names: Sequence[str], rows: Iterable[Row]) -> None:
    """Add prepared rows."""
    columns = ", ".join(columns_of(model, names))
    if connection.vendor == "postgresql":
        copy(table_of(model), columns, rows)
        return
    marks = ", ".join(["%s"] * len(names))
    run(f"INSERT INTO {table_of(model)} ({columns}) VALUES ({marks})", rows)


def change(model: type[Model], names: Sequence[str], rows: Iterable[Row]) -> None:
    """Set the fields of rows, each found by its key, which stands behind the prepared values."""
    *columns, key = columns_of(model, [*names, "id"])
    if connection.vendor == "postgresql":
        change_from_copy(table_of(model), columns, key, rows)
        return
    sets = ", ".join(f"{column} = %s" for column in columns)
    run(f"UPDATE {table_of(model)} SET {sets} WHERE {key} = %s", rows)


def delete(model: type[Model], name: str, rows: Iterable[Row]) -> None:
    """Remove the rows that have one of the prepared values in a field."""
    (column,) = columns_of(model, [name])
    if connection.vendor == "postgresql":
        run(
            f"DELETE FROM {table_of(model)} WHERE {column} = ANY(%s)", [([row[0] for row in rows],)]
        )
        return
    run(f"DELETE FROM {table_of(model)} WHERE {column} = %s", rows)


def run(statement: str, rows: Iterable[Row]) -> None:
    if found := list(rows):
        with connection.cursor() as cursor:
            cursor.executemany(statement, found)


def copy(table: str, columns: str, rows: Iterable[Row]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as target,
    ):
        for row in rows:
            target.write_row(row)


def change_from_copy(table: str, columns: list[str], key: str, rows: Iterable[Row]) -> None:
    """Copy the changes beside the table, then take them over in one statement."""
    named = ", ".join([*columns, key])
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {CHANGES} AS SELECT {named} FROM {table} LIMIT 0")
        copy(CHANGES, named, rows)
        sets = ", ".join(f"{column} = {CHANGES}.{column}" for column in columns)
        cursor.execute(
            f"UPDATE {table} SET {sets} FROM {CHANGES} WHERE {table}.{key} = {CHANGES}.{key}"
        )
        cursor.execute(f"DROP TABLE {CHANGES}")


def table_of(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def columns_of(model: type[Model], names: Sequence[str]) -> list[str]:
    return [connection.ops.quote_name(str(field.column)) for field in fields_of(model, names)]


def fields_of(model: type[Model], names: Sequence[str]) -> list["Field[Any, Any]"]:
    found = {field.name: field for field in model._meta.concrete_fields}
    return [found[name] for name in names]
