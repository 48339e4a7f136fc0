import pytest

from tests.factories import make_cohort, make_enrollment, make_manager
from upwell.learning.models import TextKind
from upwell.learning.services import publish_texts


@pytest.fixture
def manager():
    return make_manager()


@pytest.fixture
def cohort(manager):
    """One that has begun, with guidelines and lessons published."""
    cohort = make_cohort(manager, name="Spring", starts_on="2099-01-01")
    cohort.refresh_from_db()
    for kind in TextKind:
        publish_texts(cohort.program, kind, by=manager)
    return cohort


@pytest.fixture
def mentor(cohort, client):
    """Somebody signed in who takes part as a mentor."""
    person = make_enrollment(cohort).person
    client.force_login(person)
    return person


@pytest.fixture
def mentee(cohort, client):
    person = make_enrollment(cohort, "mentee").person
    client.force_login(person)
    return person
