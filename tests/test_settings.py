import os
import subprocess
import sys

import pytest

from upwell.cli.serve import THREADS
from upwell.values import POOL

GOOD = {
    "UPWELL_SECRET_KEY": "k3yWithEnoughRandomCharacters-0123456789-abcdefghijklmnop",
    "UPWELL_ALLOWED_HOSTS": "mentoring.example.com",
    "UPWELL_DATABASE_URL": "sqlite:///:memory:",
}


def start(database="DEFAULT", **variables):
    """Import the settings in a new process and print a database; None takes a variable away."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("UPWELL_")}
    changed = {name: value for name, value in (GOOD | variables).items() if value is not None}
    return subprocess.run(
        [
            sys.executable,
            "-c",
            f"import upwell.settings as s; print(s.DATABASES['{database.lower()}'])",
        ],
        env=kept | changed,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_with_its_three_variables():
    result = start()

    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("UPWELL_SECRET_KEY", None),
        ("UPWELL_SECRET_KEY", "short"),
        ("UPWELL_SECRET_KEY", "a" * 60),
        ("UPWELL_SECRET_KEY", "development-only"),
        ("UPWELL_ALLOWED_HOSTS", None),
        ("UPWELL_ALLOWED_HOSTS", "*"),
        ("UPWELL_ALLOWED_HOSTS", " , "),
        ("UPWELL_DEBUG", "yes"),
        ("UPWELL_LANGUAGE", "fi"),
        ("UPWELL_QUIET_HOURS", "at night"),
        ("UPWELL_STOP_MINUTES", "soon"),
        ("UPWELL_STOP_MINUTES", "121"),
        ("UPWELL_DATABASE_URL", "mysql://localhost/upwell"),
        ("UPWELL_DATABASE_URL", "postgresql://localhost:port/upwell"),
        ("UPWELL_DATABASE_URL", "sqlite://"),
        ("UPWELL_DATABASE_URL", ""),
        ("UPWELL_DATABASE_URL", "sqlite:////proc/none/upwell.sqlite3"),
        ("UPWELL_KEYS_URL", "mysql://localhost/keys"),
        ("UPWELL_KEYS_URL", "sqlite:////proc/none/keys.sqlite3"),
    ],
)
def test_a_missing_or_wrong_value_stops_the_start_and_names_the_variable(name, value):
    result = start(**{name: value})

    assert result.returncode != 0
    assert name in result.stderr.splitlines()[-1]


def test_a_postgresql_address_is_taken_apart():
    result = start(UPWELL_DATABASE_URL="postgresql://ann:p%40ss@db.example.com:5433/upwell")

    database = eval(result.stdout)
    assert database["ENGINE"] == "django.db.backends.postgresql"
    parts = [database[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")]
    assert parts == ["ann", "p@ss", "db.example.com", "5433", "upwell"]


def test_a_postgresql_address_may_name_a_socket_and_options():
    result = start(UPWELL_DATABASE_URL="postgresql://ann@/upwell?host=/run/db&sslmode=require")

    database = eval(result.stdout)
    assert database["HOST"] == "/run/db"
    assert database["OPTIONS"] == {"pool": POOL, "sslmode": "require"}


def test_no_thread_of_a_web_process_waits_for_a_connection_that_another_one_holds():
    assert POOL["max_size"] > THREADS


def test_the_key_store_is_beside_the_database_and_never_in_it(tmp_path):
    file = tmp_path / "a b.sqlite3"
    beside = start("KEYS", UPWELL_DATABASE_URL=f"sqlite:///{file}")
    postgres = "postgresql://upwell@db.example.com/upwell"
    in_data = start("KEYS", UPWELL_DATABASE_URL=postgres, UPWELL_DATA_DIR=str(tmp_path / "data"))
    same = start("KEYS", UPWELL_DATABASE_URL=postgres, UPWELL_KEYS_URL=postgres)

    assert eval(beside.stdout)["NAME"] == str(tmp_path / "keys.sqlite3")
    assert "secure_delete=ON" in beside.stdout
    assert eval(in_data.stdout)["NAME"] == str(tmp_path / "data" / "keys.sqlite3")
    assert "a database of its own" in same.stderr
