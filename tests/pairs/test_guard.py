"""Published pairs held against the directory after it has changed."""

from datetime import date, timedelta

import pytest
from django.conf import settings as shipped
from django.db import connection
from django.utils import timezone

from tests.factories import make_enrollment, make_level, make_manager, make_person
from tests.pairs.organizations import manager_of
from tests.pairs.test_runs import computed, make_sides, set_policy, silent
from upwell.delivery.models import Job, OutboxMessage
from upwell.delivery.tend import tick
from upwell.pairs.models import Conflict, Couple, MatchRun, Pair
from upwell.pairs.services import guard_daily, guard_pairs, publish_run
from upwell.pairs.services.guard import ATTEMPTS, GUARD
from upwell.people.models import Directory, Person, ReportingLine
from upwell.people.services import bring_in
from upwell.programs.models import Cohort
from upwell.sheets import read_people

pytestmark = pytest.mark.django_db


def published(pairs=1, **policy):
    """The couples of a cohort under way, by the mentor's name."""
    cohort = make_sides(pairs, pairs, **policy)
    Cohort.objects.update(starts_on=timezone.localdate())
    run = computed(cohort)
    publish_run(run, reason="Everybody was asked in person.", by=manager_of(cohort))
    return list(Couple.objects.of_cohort(cohort).with_people())


def guard():
    guard_pairs("", report=silent)
    return [(one.couple, one.rule) for one in Conflict.objects.all()]


def report_to(person, manager, **fields):
    return ReportingLine.objects.create(person=person, manager=manager, **fields)


def test_pairs_that_keep_every_rule_are_left_alone():
    published(2)

    assert guard() == []


@pytest.mark.parametrize("kind", ["solid", "dotted"])
@pytest.mark.parametrize("is_mentor_above", [True, False])
def test_a_pair_that_now_stands_in_one_line_is_noted_at_any_depth(is_mentor_above, kind):
    couple, other = published(2)
    between = make_person()
    two = [couple.mentor, couple.mentee]
    below, above = reversed(two) if is_mentor_above else two
    report_to(below, between)
    report_to(between, above, kind=kind)

    assert guard() == [(couple, "reporting_line")]
    assert (Pair.objects.active().count(), other.is_active) == (2, True)


def test_a_pair_far_enough_up_the_line_is_allowed_where_the_policy_says_so():
    rules = {"level_gap": 0, "overlap_hours": 0.0, "shared_language": False, "team": "any"}
    [couple] = published(
        rules={**rules, "reporting_lines": "distance", "reporting_distance": 2},
    )
    between = make_person()
    report_to(couple.mentor, between)
    report_to(between, couple.mentee)

    assert guard() == []


def test_a_pair_too_close_in_level_is_noted():
    low, high = make_level("Associate", 1), make_level("Director", 2)
    [couple] = published()
    rules = {"level_gap": 1, "overlap_hours": 0.0, "shared_language": False, "team": "any"}
    set_policy(couple.pair.cohort, {"rules": rules})
    MatchRun.objects.update(policy_json=Cohort.objects.get().program.policy_json)
    Person.objects.filter(pk=couple.mentor_id).update(level=low)
    Person.objects.filter(pk=couple.mentee_id).update(level=high)
    before = guard()

    Person.objects.filter(pk=couple.mentor_id).update(level=high)

    assert (before, guard()) == ([], [(couple, "level_gap")])


def test_what_holds_no_longer_is_forgotten_and_what_stands_keeps_its_day():
    first, second = published(2)
    line = report_to(first.mentor, first.mentee)
    report_to(second.mentor, second.mentee)
    guard()
    since = Conflict.objects.get(couple=second).found_at
    line.delete()

    assert guard() == [(second, "reporting_line")]
    assert Conflict.objects.get().found_at == since


def test_pairs_that_are_over_are_not_held_against_anything():
    ended, left, late = published(3)
    for couple in (ended, left, late):
        report_to(couple.mentor, couple.mentee)
    Pair.objects.filter(pk=ended.pair_id).update(state=Pair.State.ENDED)
    Person.objects.filter(pk=left.mentee_id).update(is_active=False)
    first = guard()

    Cohort.objects.update(starts_on=date(2020, 1, 1))

    assert (first, guard()) == ([(late, "reporting_line")], [])


def test_a_change_of_the_directory_asks_for_it_in_its_own_transaction(tmp_path, run_jobs):
    [couple] = published()
    Person.objects.filter(pk=couple.mentor_id).update(employee_id="M")
    Person.objects.filter(pk=couple.mentee_id).update(employee_id="E")
    path = tmp_path / "people.csv"
    path.write_text(f"ID,Name,Manager ID\nM,{couple.mentor},E\nE,{couple.mentee},\n")

    bring_in(read_people(path), is_whole=False)
    asked = Job.objects.get(service=GUARD)
    run_jobs()

    assert asked.target == str(Directory.objects.get().revision)
    assert [(one.couple, one.rule) for one in Conflict.objects.all()] == [
        (couple, "reporting_line")
    ]


def while_checking(action):
    """Do something each time that the lines have been read, before anything is locked."""

    def wrapper(execute, sql, *rest):
        if sql.startswith('SELECT "people_level"."name"'):
            action()
        return execute(sql, *rest)

    return connection.execute_wrapper(wrapper)


def test_it_looks_again_where_the_directory_changes_meanwhile():
    [couple] = published()
    Directory.objects.update_or_create(pk=1, defaults={"revision": 1})
    changes = []

    def change_once():
        if not changes:
            changes.append(report_to(couple.mentor, couple.mentee))
            Directory.objects.update(revision=2)

    with while_checking(change_once):
        assert guard() == [(couple, "reporting_line")]


def test_it_gives_up_loudly_where_the_directory_never_rests():
    published()
    Directory.objects.update_or_create(pk=1, defaults={"revision": 1})
    seen = []

    def change():
        seen.append(Directory.objects.update(revision=len(seen) + 2))

    with while_checking(change), pytest.raises(RuntimeError, match="kept changing"):
        guard()

    assert len(seen) == ATTEMPTS


def test_it_is_asked_for_once_a_day_where_there_are_pairs():
    guard_daily()
    without_pairs = Job.objects.filter(service=GUARD).count()
    published()

    guard_daily()
    guard_daily()
    today = Job.objects.filter(service=GUARD).count()
    Job.objects.filter(service=GUARD).update(created_at=timezone.now() - timedelta(hours=25))
    guard_daily()

    assert (without_pairs, today, Job.objects.filter(service=GUARD).count()) == (0, 1, 2)


def test_the_worker_sees_to_it_on_its_own():
    published()
    assert GUARD in shipped.AFTER_DIRECTORY_CHANGE

    tick("here:1")

    assert Job.objects.filter(service=GUARD).exists()


def test_somebody_elses_level_does_not_matter():
    published()
    make_manager(level=make_level())

    assert guard() == []


def told():
    """What managers were told of conflicts."""
    return OutboxMessage.objects.filter(template="pairs/mail/conflict").order_by("created_at")


def with_address(manager):
    Person.objects.filter(pk=manager.pk).update(contact_email="manager@example.com")
    return manager


def test_each_manager_is_told_of_a_conflict_once_and_nobody_else():
    couple, _other = published(2)
    manager = with_address(manager_of(couple.pair.cohort))
    report_to(couple.mentor, couple.mentee)

    guard()
    guard()

    (message,) = told()
    assert message.person == manager
    assert "1 pair now stands in one reporting line." in message.text
    assert f"/pairs/{couple.pair_id}/conflict/" in message.text
    assert couple.mentor.name not in message.text


def test_several_conflicts_are_told_of_in_one_message():
    couples = published(2)
    with_address(manager_of(couples[0].pair.cohort))
    for couple in couples:
        report_to(couple.mentor, couple.mentee)

    guard()

    (message,) = told()
    assert "2 pairs now stand in one reporting line." in message.text
    assert f"/cohorts/{couples[0].pair.cohort_id}/pairs/" in message.text


def test_a_conflict_that_comes_back_is_told_of_again():
    [couple] = published()
    with_address(manager_of(couple.pair.cohort))
    line = report_to(couple.mentor, couple.mentee)
    guard()
    line.delete()
    guard()
    report_to(couple.mentor, couple.mentee)

    guard()

    assert told().count() == 2


def test_a_manager_who_takes_part_is_told_nothing():
    [couple] = published()
    manager = with_address(manager_of(couple.pair.cohort))
    make_enrollment(couple.pair.cohort, person=manager)
    report_to(couple.mentor, couple.mentee)

    assert guard()
    assert not told().exists()
