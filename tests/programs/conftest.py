import pytest

from tests.factories import make_manager


@pytest.fixture
def manager(client):
    """A program manager who is signed in."""
    person = make_manager()
    client.force_login(person)
    return person
