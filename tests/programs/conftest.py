import pytest

from tests.factories import make_manager


@pytest.fixture(autouse=True)
def imports_folder(settings, tmp_path):
    settings.IMPORTS_DIR = tmp_path / "imports"
    return settings.IMPORTS_DIR


@pytest.fixture
def manager(client):
    """A program manager who is signed in."""
    person = make_manager()
    client.force_login(person)
    return person
