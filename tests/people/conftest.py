import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import make_manager
from upwell.people import services


@pytest.fixture(autouse=True)
def imports_folder(settings, tmp_path):
    settings.IMPORTS_DIR = tmp_path / "imports"
    return settings.IMPORTS_DIR


@pytest.fixture
def manager(client):
    """A program manager who is signed in."""
    person = make_manager(name="Mia")
    client.force_login(person)
    return person


@pytest.fixture
def administrator(client):
    """A directory administrator who is signed in."""
    person = make_manager(name="Ada", roles=["directory_administrator"])
    client.force_login(person)
    return person


@pytest.fixture
def upload():
    """Makes an uploaded file of rows, the first of them the header, or of bytes."""

    def make(*rows, content=None, name="people.csv"):
        target = io.StringIO()
        csv.writer(target).writerows(rows)
        return SimpleUploadedFile(name, target.getvalue().encode() if content is None else content)

    return make


@pytest.fixture
def read(upload, run_jobs, manager):
    """An import by the manager whose file has been read."""

    def read_import(*rows, **options):
        found = services.start_import(upload(*rows, **options), kind="whole", by=manager)
        run_jobs()
        found.refresh_from_db()
        return found

    return read_import
