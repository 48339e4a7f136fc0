import gc
import os
from pathlib import Path

import django.test
import pytest
from django.db import connection, connections
from django.utils import timezone, translation
from hypothesis import settings

from tests.databases import database_in_file, empty_log
from upwell.delivery import jobs
from upwell.delivery.models import Job
from upwell.people.sign_in import begin_session
from upwell.vault import ring
from upwell.vault.models import MasterKey

os.environ["LANGUAGE"] = "en"  # of the terminal, whatever the machine's is

settings.register_profile("upwell", settings(), deadline=None)  # nothing is timed in a test
settings.load_profile("upwell")

SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"


DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}

WITHOUT_DATABASE = ("matching", "policy", "sheets")
"""Folders of tests of what knows no database, so that once is enough, on whichever."""


def pytest_collection_modifyitems(config, items):
    """Whatever uses the database uses the key store as well."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker or DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            options = {**marker.kwargs} if marker else {}
            item.add_marker(
                pytest.mark.django_db(**options | {"databases": "__all__"}), append=False
            )
    if config.getoption("--db") == "postgres":
        run_once(config, items)


def run_once(config, items):
    """Leave out what runs on SQLite already and would do the same here."""
    folders = [Path(__file__).parent / name for name in WITHOUT_DATABASE]
    kept, same = [], []
    for item in items:
        is_apart = any(folder in item.path.parents for folder in folders)
        uses_database = bool(item.get_closest_marker("django_db"))
        (same if is_apart and not uses_database else kept).append(item)
    items[:] = kept
    config.hook.pytest_deselected(items=same)


def pytest_collection_finish():
    """What has been loaded stays: the collector of garbage need not look through it each time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def confirmed_key(request):
    """The tests' master key, confirmed as an operator would, wherever there is a database."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        (key,) = ring.master_keys()
        MasterKey.objects.create(
            name=key.name, fingerprint=key.fingerprint, confirmed_at=timezone.now()
        )


@pytest.fixture(autouse=True)
def emptied_log(request):
    """Lets a database that is emptied, not rolled back, be emptied of the audit log, too."""
    marker = request.node.get_closest_marker("django_db")
    is_emptied = {"transactional_db", "live_server"}.intersection(request.fixturenames)
    if is_emptied or (marker and marker.kwargs.get("transaction")):
        request.getfixturevalue("db")
        yield
        empty_log()
    else:
        yield


@pytest.fixture(autouse=True)
def own_umask():
    """A command makes files for its user alone, from then on and in the whole process."""
    kept = os.umask(0o022)
    os.umask(kept)
    yield
    os.umask(kept)


@pytest.fixture(autouse=True)
def english():
    """A request in another language leaves it behind in its thread."""
    yield
    translation.deactivate()


@pytest.fixture
def company_file():
    """The real company file, or a loud skip where it is absent."""
    path = SHARED_DATA / "the-company-data" / "CompanyData.txt"
    if not path.exists():
        pytest.skip("THE REAL COMPANY FILE IS ABSENT: this test did not run")
    return path


@pytest.fixture
def run_jobs(db):
    """Do all work that waits for the worker, in this process; what a job raises, this raises."""

    def run():
        while job := Job.objects.filter(state=Job.State.WAITING).order_by("created_at").first():
            Job.objects.filter(pk=job.pk).update(retry_at=None)
            jobs.perform(jobs.claim(job.pk))

    return run


@pytest.fixture
def own_database(transactional_db, tmp_path):
    """Databases that threads share: the server's, or files instead of memory.

    Tests with it are marked ``django_db(transaction=True)``.
    """
    if connection.vendor == "postgresql":
        yield
        return
    with (
        database_in_file(tmp_path / "own.sqlite3"),
        database_in_file(tmp_path / "keys.sqlite3", connections["keys"]),
    ):
        yield


class Client(django.test.Client):
    def request(self, **request):
        """The whole answer at once: one half read is closed whenever its memory is collected.

        In the middle of another request, that would let the other close the test's connection.
        """
        response = super().request(**request)
        if response.streaming:
            response.streaming_content = [b"".join(response.streaming_content)]
        return response

    def force_login(self, user, backend=None):
        """Signed in as people are: also with the second factor that a role asks for."""
        super().force_login(user, backend)
        session = self.session
        begin_session(session, user, second_factor=True)
        session.save()


@pytest.fixture
def client():
    return Client()
