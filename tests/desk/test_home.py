"""What the home page says to whom. The links themselves: test_views.py."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    make_cohort,
    make_enrollment,
    make_manager,
    make_pair,
    make_person,
    make_run,
)
from upwell.delivery.models import Job, OutboxMessage
from upwell.desk.queries import home_of
from upwell.pairs.models import Pair

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2026, 1, 1)
OLD = datetime(2026, 1, 1, tzinfo=UTC)


def make_administrator():
    return make_person(roles=["directory_administrator"])


def test_administrator_of_an_empty_directory_imports_people():
    home = home_of(make_administrator())

    assert home.headline == "The directory is empty"
    assert home.matters[0].step.to == "people:import_start"


def test_administrator_sees_who_has_a_counterpart_and_cannot_sign_in():
    lena, run = make_person(), make_run(make_cohort(make_manager()))
    make_pair(lena, make_person(sign_in_email="a@example.com"), run=run)
    make_pair(make_person(is_active=False), make_person(sign_in_email="b@example.com"), run=run)
    make_pair(state=Pair.State.ENDED, run=run)
    make_enrollment(run.cohort)

    home = home_of(make_administrator())

    assert home.headline == "1 person with a counterpart cannot sign in"
    assert (home.matters[0].people, home.matters[0].ids) == ((lena,), str(lena.pk))
    assert home.matters[0].step.to == "people:sign_in_addresses"


def test_administrator_sees_some_of_many_and_how_many_more():
    run = make_run(make_cohort(make_manager()))
    for _ in range(3):
        make_pair(run=run)

    matter = home_of(make_administrator()).matters[0]

    assert (len(matter.people), matter.more, len(matter.ids.split(","))) == (5, 1, 6)


def test_administrator_sees_first_what_is_wrong_with_the_installation(settings):
    settings.SYSTEM_CHECKS = ["upwell.cli.checkup.check_worker"]
    make_pair()

    home = home_of(make_administrator())

    assert home.headline == "No worker is running"
    assert home.main_step.to == "desk:system"


def test_administrator_sees_first_that_nobody_can_run_a_program():
    make_pair()
    make_enrollment(make_cohort(manager := make_manager()), person=manager)

    home = home_of(make_administrator())

    assert home.headline == "2 programs have nobody who can run them"
    assert home.main_step == home.matters[0].step
    assert home.main_step.to == "programs:program_unmanaged"


def test_administrator_sees_what_failed():
    make_person()
    Job.objects.create(service="x", target="y", state=Job.State.FAILED)
    OutboxMessage.objects.create(
        address="a@example.com", template="x", message_id="1", subject="s", state="failed"
    )

    titles = [matter.title for matter in home_of(make_administrator()).matters]

    assert titles == ["1 job has failed", "1 message could not be sent"]


@pytest.mark.parametrize("fields", [{"error": "left"}, {"created_at": OLD}])
def test_messages_that_nobody_can_do_anything_about_are_no_matter(fields):
    make_person()
    OutboxMessage.objects.create(
        address="a@example.com",
        template="x",
        message_id="1",
        subject="s",
        state="failed",
        **fields,
    )

    assert home_of(make_administrator()).matters == []


def test_administrator_is_told_when_all_is_well():
    make_person()

    assert home_of(make_administrator()).headline == "Everything runs"


def test_mentor_and_mentee_see_each_other():
    lena, thomas = make_person(name="Lena"), make_person(name="Thomas")
    pair = make_pair(lena, thomas)

    assert home_of(lena).headline == "Write to Thomas to find your first hour"
    assert home_of(thomas).headline == "Lena writes to you to find your first hour"
    assert (home_of(lena).main_step.to, home_of(lena).main_step.pk) == ("desk:pair_detail", pair.pk)
    assert [part.pair for part in home_of(lena).parts] == [pair]


def test_a_pair_says_the_first_reason_why():
    reasons = [{"code": "topics", "params": {"names": ["Generative AI"], "more": 0}}]
    make_pair(lena := make_person(), run=make_run(), reasons=[])
    without = home_of(lena).parts[0].reason
    Pair.objects.update(reasons=reasons)

    assert (without, "Generative AI" in home_of(lena).parts[0].reason) == ("", True)


def test_ended_pairs_are_left_out():
    lena = make_person()
    make_pair(lena, state=Pair.State.ENDED)

    assert home_of(lena).parts == []


def test_several_pairs_are_counted():
    thomas = make_person()
    make_pair(mentee=thomas)
    make_pair(mentee=thomas)

    assert home_of(thomas).headline == "You are in 2 pairs"


def test_somebody_enrolled_waits_and_sees_no_proposal():
    cohort = make_cohort(starts_on=NEW_YEAR)
    lena = make_enrollment(cohort).person
    make_run(cohort)

    home = home_of(lena, NEW_YEAR)

    assert home.headline == "Your counterpart is being found"
    assert [(part.cohort, part.counterpart) for part in home.parts] == [(cohort, None)]


def test_somebody_left_without_a_counterpart_reads_that_the_pairs_are_made():
    cohort = make_cohort(starts_on=NEW_YEAR)
    lena = make_enrollment(cohort).person
    make_run(cohort, published_at=timezone.now())

    home = home_of(lena, NEW_YEAR)

    assert home.headline == "You have no counterpart at present"
    assert [part.is_published for part in home.parts] == [True]


def test_a_cohort_that_is_over_promises_nothing():
    cohort = make_cohort(starts_on=NEW_YEAR)
    lena = make_enrollment(cohort).person

    assert home_of(lena, cohort.ends_on).parts == []


def test_somebody_without_any_part_gets_an_explanation():
    home = home_of(make_person())

    assert (home.headline, home.is_bare) == ("You are not in a cohort yet", True)


def test_whoever_had_a_counterpart_reads_that_a_new_one_is_looked_for(client):
    run = make_run(make_cohort(starts_on=date(2090, 1, 1)))
    mentor, mentee = (make_enrollment(run.cohort, role).person for role in ("mentor", "mentee"))
    pair = make_pair(mentor, mentee, run=run, state=Pair.State.ENDED, ended_at=timezone.now())
    pair.couples.update(is_active=False)
    client.force_login(mentor)

    home = client.get(reverse("desk:home"))

    assert home.context["home"].headline == "A new counterpart is being looked for"
    assert "It says nothing about you or about the other." in home.content.decode()
