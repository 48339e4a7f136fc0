from pathlib import Path

import django.test
import pytest
from django.db import connection

from tests.databases import database_in_file
from upwell.delivery import jobs
from upwell.delivery.models import Job
from upwell.people.sign_in import begin_session

SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"


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
    """A database that threads share: the server's, or a file instead of memory.

    Tests with it are marked ``django_db(transaction=True)``.
    """
    if connection.vendor == "postgresql":
        yield
        return
    with database_in_file(tmp_path / "own.sqlite3"):
        yield


class Client(django.test.Client):
    def force_login(self, user, backend=None):
        """Signed in as people are: also with the second factor that a role asks for."""
        super().force_login(user, backend)
        session = self.session
        begin_session(session, user, second_factor=True)
        session.save()


@pytest.fixture
def client():
    return Client()
