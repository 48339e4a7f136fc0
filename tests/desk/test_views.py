from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    make_cohort,
    make_enrollment,
    make_manager,
    make_pair,
    make_person,
    make_program,
    make_run,
)
from upwell.delivery.models import Job
from upwell.pairs.models import MatchRun
from upwell.programs.models import Estimate

pytestmark = pytest.mark.django_db

HOME = reverse("desk:home")


def test_home_asks_to_sign_in(client):
    response = client.get(HOME)

    assert response.headers["Location"].startswith(reverse("account_login"))


def test_home_takes_no_posts(client):
    client.force_login(make_person())

    assert client.post(HOME).status_code == 405


def test_home_says_the_news_as_its_heading(client):
    lena = make_person()
    make_pair(lena, make_person(name="Thomas <b>Reid"))
    client.force_login(lena)

    html = client.get(HOME).content.decode()

    assert "<h1>Write to Thomas &lt;b&gt;Reid to find your first hour</h1>" in html


def make_stages(manager):
    """A program of the manager's at each stage."""
    make_program(manager)
    make_cohort(manager)
    cohort = make_cohort(manager)
    make_enrollment(cohort, "mentor")
    make_enrollment(cohort, "mentee")
    for state in (MatchRun.State.WAITING, MatchRun.State.FAILED):
        make_run(make_cohort(manager), state=state)
    make_run(make_cohort(manager), published_at=timezone.now())
    make_enrollment(make_cohort(manager), person=manager)


def test_every_step_of_a_manager_leads_to_a_page(client):
    manager = make_manager()
    client.force_login(manager)
    hrefs = [task.step.href for task in client.get(HOME).context["home"].tasks]
    make_person()
    hrefs += [task.step.href for task in client.get(HOME).context["home"].tasks]
    make_stages(manager)
    hrefs += [task.step.href for task in client.get(HOME).context["home"].tasks]

    assert len(hrefs) == 9
    assert {client.get(href).status_code for href in hrefs} == {200}


def test_every_step_of_an_administrator_leads_to_a_page(client):
    client.force_login(make_person(roles=["directory_administrator"]))
    matters = client.get(HOME).context["home"].matters
    make_pair()
    Job.objects.create(service="x", target="y", state=Job.State.FAILED)
    matters += client.get(HOME).context["home"].matters

    hrefs = {matter.step.href for matter in matters}

    assert len(hrefs) == 4
    assert {client.get(href).status_code for href in hrefs} == {200}


@pytest.mark.parametrize("count", [1, 3])
def test_home_of_a_manager_makes_the_same_queries_for_any_number_of_programs(
    client, count, django_assert_num_queries
):
    manager = make_manager()
    for _ in range(count):
        make_enrollment(make_run(make_cohort(manager)).cohort)
    client.force_login(manager)

    with django_assert_num_queries(24):
        response = client.get(HOME)

    assert len(response.context["home"].tasks) == count


@pytest.mark.parametrize("count", [1, 3])
def test_home_makes_the_same_queries_for_any_number_of_launches(
    client, count, django_assert_num_queries
):
    manager = make_manager()
    for _ in range(count):
        cohort = make_cohort(manager, gates=(), starts_on=date(2090, 1, 1))
        make_enrollment(cohort)
        Estimate.objects.create(cohort=cohort, state="enough")
        make_program(manager)
    client.force_login(manager)

    with django_assert_num_queries(38):
        response = client.get(HOME)

    assert len(response.context["home"].tasks) == 2 * count


@pytest.mark.parametrize("count", [1, 3])
def test_home_of_a_mentee_makes_the_same_queries_for_any_number_of_pairs(
    client, count, django_assert_num_queries
):
    thomas = make_person()
    for _ in range(count):
        make_pair(mentee=thomas)
    client.force_login(thomas)

    with django_assert_num_queries(13):
        response = client.get(HOME)

    assert len(response.context["home"].parts) == count


@pytest.mark.parametrize("count", [1, 3])
def test_home_of_an_administrator_makes_the_same_queries_for_any_number_of_matters(
    client, count, django_assert_num_queries
):
    administrator = make_person(roles=["directory_administrator"])
    run = make_run(make_cohort(make_manager()))
    for _ in range(count):
        make_pair(mentee=make_person(sign_in_email=f"{uuid4()}@example.com"), run=run)
    client.force_login(administrator)

    with django_assert_num_queries(18):
        response = client.get(HOME)

    assert len(response.context["home"].matters[0].people) == count


def test_an_administrator_goes_from_home_to_the_addresses_of_those_who_cannot_sign_in(client):
    lena = make_person(contact_email="lena@example.com")
    run = make_run(make_cohort(make_manager()))
    make_pair(lena, make_person(sign_in_email="a@example.com"), run=run)
    client.force_login(make_person(roles=["directory_administrator"]))
    matter = client.get(HOME).context["home"].matters[0]

    response = client.post(matter.step.href, {"people": matter.ids})

    assert [one.person for one in response.context["choice"].ready] == [lena]
