"""Whoever lost the role of a program manager sees and does nothing more, program or not."""

import pytest
from django.urls import reverse

from tests.factories import make_cohort, make_manager, make_run
from upwell.pairs.models import MatchRun
from upwell.people.models import Role

pytestmark = pytest.mark.django_db

OF_COHORT = {"run_list": "get", "run_start": "post", "pair_list": "get"}
OF_RUN = {
    "run_detail": "get",
    "run_check": "post",
    "run_certificate": "get",
    "run_unplaced": "get",
    "run_why_not": "get",
    "run_publish": "post",
    "run_stop": "post",
    "run_ask_first": "post",
    "run_take_back": "post",
}


@pytest.fixture
def run():
    return make_run(make_cohort(make_manager()))


@pytest.fixture
def former_manager(run, client):
    person = run.cohort.program.staff.get().person
    Role.objects.filter(person=person).delete()
    client.force_login(person)


@pytest.mark.parametrize(("name", "method"), OF_COHORT.items())
def test_pages_of_a_cohort_are_gone_with_the_role(client, run, former_manager, name, method):
    response = getattr(client, method)(reverse(f"pairs:{name}", args=[run.cohort_id]))

    assert response.status_code == 404
    assert MatchRun.objects.get() == run


@pytest.mark.parametrize(("name", "method"), OF_RUN.items())
def test_pages_of_a_run_are_gone_with_the_role(client, run, former_manager, name, method):
    response = getattr(client, method)(reverse(f"pairs:{name}", args=[run.pk]))

    assert response.status_code == 404
    assert not MatchRun.objects.get().is_published
