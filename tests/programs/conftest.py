from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_cohort, make_enrollment, make_manager, make_person, make_topic


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


@pytest.fixture
def ann():
    return make_person(name="Ann Reed", sign_in_email="ann@example.com")


@pytest.fixture
def asked(ann):
    """A mentor who is asked, in a cohort that is open."""
    cohort = make_cohort(make_manager(), starts_on=timezone.localdate() + timedelta(days=60))
    return make_enrollment(cohort, person=ann, state="asked")


@pytest.fixture
def topic():
    return make_topic("Podcasts", group="digital_and_social")
