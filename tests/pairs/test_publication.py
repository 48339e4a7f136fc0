"""Publishing a run: everything for everybody, or nothing."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import F
from django.utils import timezone

from tests.factories import (
    make_cohort,
    make_enrollment,
    make_level,
    make_manager,
    make_person,
    make_topic,
)
from tests.pairs.organizations import manager_of
from tests.pairs.test_runs import NO_RULES, computed, make_sides
from upwell.delivery.models import OutboxMessage
from upwell.pairs.models import Couple, MatchRun, Member, Pair
from upwell.pairs.services import publication, publish_run, start_run
from upwell.pairs.services.current import some
from upwell.people.models import Directory, Person, ReportingLine
from upwell.programs.models import Enrollment, EnrollmentTopic, Place
from upwell.programs.services import step_out
from upwell.vault.services import unseal

pytestmark = pytest.mark.django_db

WHY = "Everybody was asked in person."


def make_run(mentors=2, mentees=2, **policy):
    """A computed run of people who have an address each."""
    cohort = make_sides(mentors, mentees, **policy)
    cohort.starts_on = timezone.localdate()
    cohort.save()
    for person in Person.objects.filter(enrollments__cohort=cohort):
        Person.objects.filter(pk=person.pk).update(contact_email=f"{person.pk}@example.com")
    return computed(cohort)


def publish(run, **options):
    publish_run(run, **{"reason": WHY, "by": manager_of(run.cohort)} | options)


def assert_nothing_is_published():
    assert not MatchRun.objects.published().exists()
    for model in (Pair, Member, Couple, OutboxMessage):
        assert not model.objects.exists()


def refused(run, match, **options):
    with pytest.raises(ValidationError, match=match):
        publish(run, **options)
    assert_nothing_is_published()


def test_publish_run_makes_pairs_places_and_messages():
    run = make_run()

    publish(run)

    proposals = {(row.mentor.person_id, row.mentee.person_id) for row in run.proposals.all()}
    assert {*Couple.objects.values_list("mentor", "mentee")} == proposals
    assert Pair.objects.filter(run=run, cohort=run.cohort, state="active").count() == 2
    seats = Member.objects.values_list("place__enrollment", "place__number")
    assert sorted(seats) == sorted((one.pk, 1) for one in Enrollment.objects.all())
    people = {person for couple in proposals for person in couple}
    assert {*OutboxMessage.objects.values_list("person", flat=True)} == people
    assert (run.published_by, unseal(run, "unchecked_reason")) == (manager_of(run.cohort), WHY)


def test_each_couple_belongs_to_the_pair_of_its_members():
    run = make_run()

    publish(run)

    for couple in Couple.objects.all():
        members = couple.pair.members.values_list("place__enrollment__person", flat=True)
        assert {*members} == {couple.mentor_id, couple.mentee_id}


def test_places_left_over_from_other_rules_go_with_publication():
    run = make_run(1, 1)
    mentor = Enrollment.objects.mentors().get()
    for number in (1, 2):
        Place.objects.create(enrollment=mentor, number=number)

    publish(run)

    assert mentor.places.count() == 1


def test_places_are_taken_in_order():
    run = make_run(1, 3, capacity={"mentor": 3})

    publish(run)

    numbers = Member.objects.filter(place__enrollment__role="mentor")
    assert sorted(numbers.values_list("place__number", flat=True)) == [1, 2, 3]


def test_people_without_an_address_are_paired_all_the_same():
    run = computed(make_sides(1, 1))

    publish(run)

    assert (Pair.objects.count(), OutboxMessage.objects.count()) == (1, 0)


def test_publish_run_twice_does_nothing_more():
    run = make_run()
    publish(run)

    with pytest.raises(ValidationError, match="already published"):
        publish(MatchRun.objects.get())

    assert (Pair.objects.count(), OutboxMessage.objects.count()) == (2, 4)


def test_publish_run_refuses_the_second_run_of_a_cohort():
    first = make_run()
    second = computed(first.cohort)
    publish(first)

    with pytest.raises(ValidationError, match="already published"):
        publish(second)

    assert MatchRun.objects.published().get() == first


def test_publish_run_refuses_a_run_without_a_result():
    cohort = make_sides()
    run = start_run(cohort, by=manager_of(cohort))

    refused(run, "no result")


def test_publish_run_refuses_a_run_without_a_pair():
    run = make_run(rules={"level_gap": 0, "team": "any"}, pairs={})
    MatchRun.objects.update(figures={**run.figures, "pairs": 0})

    refused(MatchRun.objects.get(), "nothing to publish")


def test_publish_run_refuses_whoever_takes_part():
    run = make_run()
    manager = manager_of(run.cohort)
    make_enrollment(run.cohort, person=manager)

    refused(run, "You take part", by=manager)


def test_publish_run_refuses_whoever_does_not_manage():
    refused(make_run(), "Only the program's managers", by=make_manager())


@pytest.mark.parametrize("reason", ["", "Too short", " " * 20])
def test_publish_run_wants_a_reason_for_what_was_not_checked(reason):
    refused(make_run(), "Say in a sentence", reason=reason)


def test_publish_run_wants_no_reason_where_everything_was_checked():
    run = make_run()
    checked = {"not_checked": [], "unknown": {}, "reporting_lines_unknown": 0}
    MatchRun.objects.update(figures={**run.figures, **checked})

    publish(MatchRun.objects.get(), reason="")

    assert Pair.objects.count() == 2


def test_publish_run_refuses_people_who_left_by_name():
    run = make_run()
    person = run.proposals.first().mentor.person
    Person.objects.filter(pk=person.pk).update(is_active=False)

    refused(run, f"^..{person.name} has left since this run")


def test_publish_run_refuses_where_somebody_withdrew():
    run = make_run()
    run.proposals.first().mentor.delete()

    refused(run, "has been taken out since this run")


def test_publish_run_refuses_people_who_have_said_no_by_name():
    run = make_run()
    enrollment = run.proposals.first().mentor
    step_out(enrollment, asks_next=False, by=enrollment.person)

    refused(run, f"^..{enrollment.person.name} has said since this run")


def test_publish_run_refuses_where_somebody_says_no_at_the_last_moment(monkeypatch):
    run = make_run()
    enrollment = run.proposals.first().mentee
    hold_still = publication.hold_still

    def say_no_before(run, **seen):
        step_out(enrollment, asks_next=False, by=enrollment.person)
        hold_still(run, **seen)

    monkeypatch.setattr(publication, "hold_still", say_no_before)

    with pytest.raises(ValidationError, match="has been taken out since this run"):
        publish(run)

    assert not Pair.objects.exists()


def test_whoever_has_said_no_since_the_run_gets_no_kind_words():
    run = make_run(1, 3)
    first, second = (row.enrollment for row in run.unplaced.order_by("enrollment__person__name"))
    step_out(first, asks_next=False, by=first.person)

    publish(run)

    told = OutboxMessage.objects.filter(template="programs/mail/not_placed")
    assert [message.person for message in told] == [second.person]


@pytest.mark.parametrize("is_mentor_above", [True, False])
def test_publish_run_refuses_a_pair_that_is_in_a_reporting_line_now(is_mentor_above):
    run = make_run()
    proposal, between = run.proposals.first(), make_person()
    couple = [proposal.mentor.person, proposal.mentee.person]
    below, above = reversed(couple) if is_mentor_above else couple
    ReportingLine.objects.create(person=below, manager=between)
    ReportingLine.objects.create(person=between, manager=above, kind="dotted")

    refused(run, f"kept apart .*: {couple[0].name} – {couple[1].name}. Start another run.")


def test_lines_through_somebody_who_left_count():
    run = make_run(1, 1)
    proposal, between = run.proposals.get(), make_person(is_active=False)
    ReportingLine.objects.create(person=proposal.mentor.person, manager=between)
    ReportingLine.objects.create(person=between, manager=proposal.mentee.person)

    refused(run, "must be kept apart")


def test_publish_run_refuses_two_who_are_a_pair_elsewhere():
    run = make_run(1, 1)
    proposal, elsewhere = run.proposals.get(), make_cohort()
    pair = Pair.objects.create(cohort=elsewhere, run=run)
    Couple.objects.create(pair=pair, mentor=proposal.mentor.person, mentee=proposal.mentee.person)

    with pytest.raises(ValidationError, match="must be kept apart"):
        publish(run)

    assert Pair.objects.get() == pair


def test_publish_run_refuses_more_pairs_than_somebody_takes_now():
    run = make_run(1, 3, capacity={"mentor": 3})
    mentor = run.cohort.enrollments.mentors().get()
    Enrollment.objects.filter(pk=mentor.pk).update(capacity=1)

    refused(run, f"{mentor.person.name} takes fewer counterparts")


def test_publish_run_refuses_a_pair_that_has_come_too_close_in_level():
    low, high = make_level("Associate", 1), make_level("Director", 2)
    cohort = make_sides(1, 1, rules={**NO_RULES["rules"], "level_gap": 1})
    Person.objects.filter(enrollments__role="mentor").update(level=low)
    Person.objects.filter(enrollments__role="mentee").update(level=high)
    run = computed(cohort)
    proposal = run.proposals.get()
    mentor, mentee = proposal.mentor.person, proposal.mentee.person
    Person.objects.filter(pk=mentee.pk).update(level=low)

    refused(run, f"too close in level: {mentor.name} – {mentee.name}. Start another run.")


def test_publish_run_refuses_a_run_that_somebody_of_the_cohort_is_not_in():
    run = make_run(3, 2)
    late = make_enrollment(run.cohort, "mentee")

    refused(run, f"^..{late.person.name} has joined since this run")


def test_publish_run_refuses_a_run_that_somebody_who_is_back_is_not_in():
    cohort = make_sides(2, 2)
    person = cohort.enrollments.mentees().first().person
    Person.objects.filter(pk=person.pk).update(is_active=False)
    run = computed(cohort)
    Person.objects.filter(pk=person.pk).update(is_active=True)

    refused(run, f"^..{person.name} has joined since this run")


def test_publish_run_passes_over_who_joined_and_has_left_again():
    run = make_run()
    make_enrollment(run.cohort, "mentee", person=make_person(is_active=False))

    publish(run)

    assert Pair.objects.count() == 2


def while_preparing(action):
    """Do something each time that the people have been looked at, before anything is locked."""

    def wrapper(execute, sql, *rest):
        if sql.startswith('SELECT "pairs_couple"'):
            action()
        return execute(sql, *rest)

    return connection.execute_wrapper(wrapper)


def test_publish_run_looks_again_where_the_directory_changes_meanwhile():
    run = make_run()
    Directory.objects.create(pk=1, revision=1)
    found = []

    def change_once():
        found.append(Directory.objects.filter(revision=1).update(revision=2))

    with while_preparing(change_once):
        publish(run)

    assert found == [1, 0]
    assert Pair.objects.count() == 2


def test_publish_run_refuses_whoever_stops_managing_meanwhile():
    run = make_run()
    manager = manager_of(run.cohort)

    with (
        while_preparing(lambda: manager.roles.all().delete()),
        pytest.raises(ValidationError, match="Only the program's managers"),
    ):
        publish(run, by=manager)

    assert_nothing_is_published()


def test_publish_run_gives_up_where_the_directory_never_rests():
    run = make_run()
    directory = Directory.objects.create(pk=1, revision=1)

    def change():
        Directory.objects.update(revision=F("revision") + 1)

    with while_preparing(change):
        refused(run, "has just changed")

    directory.refresh_from_db()
    assert directory.revision == 4


def test_names_are_counted_beyond_the_first_few():
    assert some(f"P{number}" for number in range(7)) == "P0, P1, P2, P3, P4 and 2 others"


def test_reasons_with_topics_reach_the_pair():
    cohort = make_sides(1, 1)
    for role, kind in (("mentor", "offered"), ("mentee", "wanted")):
        EnrollmentTopic.objects.create(
            enrollment=cohort.enrollments.get(role=role), topic=make_topic(), kind=kind
        )
    run = computed(cohort)

    publish(run)

    assert Pair.objects.get().reasons == [
        {"code": "topics", "params": {"names": ["Generative AI at work"], "more": 0}}
    ]
