import os

import pytest

from tests.postgres import start_server


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
