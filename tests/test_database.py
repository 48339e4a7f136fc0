import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_the_database_is_the_one_that_was_asked_for(pytestconfig):
    wanted = {"sqlite": "sqlite", "postgres": "postgresql"}[pytestconfig.getoption("db")]

    assert connection.vendor == wanted


def test_foreign_keys_are_enforced():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            enforced = cursor.execute("PRAGMA foreign_keys").fetchone()
            assert enforced == (1,)
        else:
            cursor.execute("SHOW session_replication_role")
            assert cursor.fetchone() == ("origin",)
