import os

import pytest

from tests.postgres import start_server
from tests.security.world import make_world

LONGEST = {
    "test_s7_people_files",
    "test_s11_run_killed",
    "test_s11_worker_killed",
    "test_s17_lifecycle",
    "test_s19_scripts",
}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """The longest proofs first, so that no worker is left with one when the other is done."""
    items.sort(key=lambda item: item.path.stem not in LONGEST)


@pytest.fixture(scope="session")
def postgres_url(request):
    """A server of its own, whatever database the other tests use."""

    class Config:
        add_cleanup = staticmethod(request.addfinalizer)

    return start_server(Config)


@pytest.fixture(params=["sqlite", "postgres"])
def url(request, tmp_path):
    """An empty database that the workers of a proof can reach; each proof runs on both kinds."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/proof.sqlite3"
    server = request.getfixturevalue("postgres_url")
    name = f"proof_{os.getpid()}_{request.node.originalname[-9:]}"
    import psycopg  # noqa: PLC0415 -- only here

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture
def folders(settings, tmp_path):
    settings.IMPORTS_DIR = tmp_path / "imports"
    settings.DATA_DIR = tmp_path
    settings.LOGO = "logo.png"
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")


@pytest.fixture
def world(folders, run_jobs):
    """A small organization at work; see ``tests/security/world.py``."""
    return make_world(run_jobs)
