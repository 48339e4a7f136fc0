"""Ending a pair: places are free again, and both read of it without blame."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories import make_enrollment, make_manager
from tests.pairs.organizations import manager_of
from tests.pairs.test_publication import WHY, make_run
from upwell.audit.models import AuditEntry
from upwell.delivery.models import OutboxMessage
from upwell.pairs.models import Couple, Member, Pair
from upwell.pairs.services import end_pair, publish_run
from upwell.pairs.services.farewells import LINES
from upwell.pairs.services.private import private_requests
from upwell.people.models import Person

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
