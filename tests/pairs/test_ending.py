"""Ending a pair: places are free again, and both read of it without blame."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories import make_enrollment, make_manager
from tests.pairs.organizations import manager_of
from tests.pairs.test_publication import WHY, make_run
from tests.pairs.test_runs import silent
from upwell.audit.models import AuditEntry
from upwell.delivery.models import OutboxMessage
from upwell.pairs.models import Couple, Member, Pair
from upwell.pairs.services import compute_repair, end_pair, publish_run, start_repair
from upwell.pairs.services.farewells import LINES
from upwell.pairs.services.private import private_requests
from upwell.pairs.services.publication import free_places
from upwell.people.models import Person
from upwell.programs.models import Enrollment
from upwell.programs.services import set_capacity, step_out

pytestmark = pytest.mark.django_db


def published(mentors=2, mentees=2, **policy):
    """The couples of a published cohort, of whose mail nothing is left."""
    run = make_run(mentors, mentees, **policy)
    publish_run(run, reason=WHY, by=manager_of(run.cohort))
    OutboxMessage.objects.all().delete()
    return list(Couple.objects.of_cohort(run.cohort).with_people())


def end(couple, **options):
    end_pair(couple.pair, **{"by": manager_of(couple.pair.cohort)} | options)


def test_a_pair_that_ends_frees_its_places_and_no_others():
    couple, other = published()

    end(couple)

    assert Pair.objects.get(state="ended") == couple.pair
    assert list(Couple.objects.active()) == [other]
    assert {*Member.objects.filter(is_active=True).values_list("pair", flat=True)} == {
        other.pair_id
    }


def test_both_are_told_once_and_nobody_else():
    couple, _other = published()

    end(couple)

    told = list(OutboxMessage.objects.all())
    assert {one.person_id for one in told} == {couple.mentor_id, couple.mentee_id}
    assert len(told) == 2
    assert all("This says nothing about either of you" not in one.text for one in told)
    assert all("this says nothing about either of you" in one.text for one in told)
    assert all("You keep your place" in one.text for one in told)


def test_what_still_waits_to_tell_of_a_pair_goes_with_it():
    run = make_run()
    publish_run(run, reason=WHY, by=manager_of(run.cohort))
    couple = Couple.objects.of_cohort(run.cohort).with_people().first()

    end(couple)

    late = OutboxMessage.objects.filter(template="pairs/mail/published", useful_until=None)
    told = {one.person_id for one in late}
    assert told.isdisjoint({couple.mentor_id, couple.mentee_id})
    assert len(told) == 2


def test_where_the_lines_have_changed_the_two_read_it_and_nothing_about_either():
    couple, _other = published()

    end(couple, why=LINES)

    for message in OutboxMessage.objects.all():
        assert "The reporting lines have changed" in message.text
        assert "The reporting lines have changed" in message.html


def test_whoever_has_left_is_told_nothing():
    couple, _other = published()
    Person.objects.filter(pk=couple.mentor_id).update(is_active=False)

    end(couple)

    assert OutboxMessage.objects.get().person_id == couple.mentee_id


def test_the_two_are_kept_apart_from_then_on():
    couple, _other = published()

    end(couple)

    cohort = couple.pair.cohort
    couples = private_requests(cohort, cohort.program.policy).requests.couples
    ids = sorted((couple.mentor.employee_id, couple.mentee.employee_id))
    assert tuple(ids) in couples


def test_a_pair_ends_once():
    couple, _other = published()
    end(couple)

    with pytest.raises(ValidationError, match="has ended already"):
        end(couple)

    assert OutboxMessage.objects.count() == 2


@pytest.mark.parametrize("is_enrolled", [True, False])
def test_nobody_else_ends_a_pair(is_enrolled):
    couple, _other = published()
    by = manager_of(couple.pair.cohort) if is_enrolled else make_manager()
    if is_enrolled:
        make_enrollment(couple.pair.cohort, person=by)

    with pytest.raises(ValidationError):
        end(couple, by=by)

    assert Pair.objects.active().count() == 2


def test_the_audit_log_says_who_ended_it_and_nothing_of_why():
    couple, _other = published()

    end(couple, why=LINES)

    entry = AuditEntry.objects.get(event="pairs.pair.ended")
    assert entry.facts == {}


def test_whoever_was_in_a_pair_that_has_ended_can_leave_and_is_placed_by_no_repair():
    couple, _other = published()
    cohort = couple.pair.cohort
    end(couple)
    left = Enrollment.objects.get(person=couple.mentor)

    step_out(left, asks_next=False, by=couple.mentor)

    assert left.state == "out"
    make_enrollment(cohort, "mentee")
    repair = start_repair(cohort, by=manager_of(cohort))
    compute_repair(repair.pk, report=silent)
    repair.refresh_from_db()
    assert str(left.pk) not in {one["mentor"] for way in repair.options for one in way["begins"]}


def test_fewer_places_than_pairs_that_have_ended_are_not_filled_again():
    couple, _other = published(1, 2, capacity={"mentor": 2, "mentee": 1})
    cohort = couple.pair.cohort
    end(couple)
    mentor = Enrollment.objects.get(person=couple.mentor)

    set_capacity(mentor, 1, by=manager_of(cohort))

    assert not free_places(cohort, cohort.program.policy)[mentor.pk]
    assert mentor.places.count() == 2
