"""Rounds in which people choose: opened, given their lists, told of, and closed."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from tests.factories import make_enrollment, make_manager
from tests.pairs.choosing import entry_of, in_days, make_choosing, opened, rank, sheet_of, sides_of
from tests.pairs.organizations import load_demo, manager_of
from tests.pairs.test_publication import WHY
from tests.pairs.test_runs import computed, make_sides, silent
from upwell.audit.models import AuditEntry
from upwell.delivery.models import Job, OutboxMessage
from upwell.pairs.models import ChoiceRound, ChoiceSheet, ListEntry
from upwell.pairs.queries import choosing_of
from upwell.pairs.queries.choosing import fault_sentences
from upwell.pairs.services import (
    add_block,
    close_choosing,
    close_due_rounds,
    make_lists,
    open_choosing,
    publish_run,
    rank_higher,
    say_yes,
    start_run,
)
from upwell.pairs.services.choices import forget_choices, read_orders, was_ranked
from upwell.pairs.services.removal import check_removable
from upwell.people.models import Person
from upwell.policy import Policy
from upwell.programs.models import Opening, Program
from upwell.vault.models import MasterKey

pytestmark = pytest.mark.django_db


def test_a_round_asks_the_worker_for_its_lists():
    cohort = make_sides(choosing="ranked", choosing_names=True)

    found = open_choosing(cohort, closes_on=in_days(7), by=manager_of(cohort))

    assert (found.way, found.state, found.is_named) == ("ranked", "preparing", True)
    job = Job.objects.get()
    assert (job.service, job.target) == ("upwell.pairs.services.make_lists", str(found.pk))
    entry = AuditEntry.objects.get(event="pairs.choosing.opened")
    assert entry.object_id == str(found.pk)


def test_everybody_gets_a_list_a_sheet_and_a_message():
    cohort = make_sides(3, 3, choosing="chosen")
    for number, one in enumerate(Person.objects.filter(enrollments__cohort=cohort)):
        Person.objects.filter(pk=one.pk).update(sign_in_email=f"p{number}@example.com")

    found = opened(cohort)

    assert found.state == "open"
    assert ListEntry.objects.filter(round=found).count() == 9
    mentors, _mentees = sides_of(found)
    assert [one.mentor_place for one in found.entries.of_side(mentors[0])] == [1, 2, 3]
    sheets = {*found.sheets.values_list("enrollment", flat=True)}
    assert sheets == {*cohort.enrollments.values_list("pk", flat=True)}
    messages = OutboxMessage.objects.filter(template="pairs/mail/choosing")
    assert messages.count() == 6
    sheet = sheet_of(found, mentors[0])
    text = messages.get(person=mentors[0].person).text
    assert sheet.get_absolute_url() in text and "Two who choose each other" in text


def test_nothing_in_the_table_tells_who_has_chosen():
    found = make_choosing(2, 2, way="ranked")
    mentors, mentees = sides_of(found)

    rank(found, mentors[0], *mentees)

    assert found.sheets.count() == 4
    assert len({len(one.kept.content) for one in found.sheets.all()}) == 1


def test_lists_keep_apart_whom_rules_and_private_requests_keep_apart():
    cohort = make_sides(2, 2, choosing="ranked")
    mentor, mentee = cohort.enrollments.mentors()[0], cohort.enrollments.mentees()[0]
    add_block(mentee.person, mentor.person)

    found = opened(cohort)

    assert not found.entries.filter(mentor=mentor, mentee=mentee).exists()
    assert found.entries.count() == 3


def test_a_request_that_leaves_nobody_on_a_list_changes_nothing_of_who_is_told():
    cohort = make_sides(2, 2, choosing="ranked")
    for number, one in enumerate(Person.objects.filter(enrollments__cohort=cohort)):
        Person.objects.filter(pk=one.pk).update(sign_in_email=f"p{number}@example.com")
    alone, mentees = cohort.enrollments.mentors()[0], cohort.enrollments.mentees()
    for mentee in mentees:
        add_block(alone.person, mentee.person)

    found = opened(cohort)

    told = OutboxMessage.objects.filter(template="pairs/mail/choosing")
    assert not found.entries.of_side(alone).exists()
    assert {one.person_id for one in told} == {one.person_id for one in found.sheets.all()}


def test_lists_of_a_larger_cohort_are_short_and_give_topics_hours_and_languages_alone():
    cohort, _people = load_demo(60)

    found = opened(cohort)

    for side in ("mentor", "mentee"):
        counts = found.entries.order_by().values(side).annotate(n=Count("pk"))
        assert max(row["n"] for row in counts) <= 8
    codes = {one["code"] for row in found.entries.all() for one in row.reasons}
    assert codes == {"topics", "hours", "languages"}


def test_lists_are_ordered_by_what_both_are_told():
    cohort, _people = load_demo(60)
    found = opened(cohort)

    for mentee in cohort.enrollments.mentees():
        topics = [
            len(one["params"]["names"]) + one["params"]["more"]
            for row in found.entries.of_side(mentee)
            for one in row.reasons
            if one["code"] == "topics"
        ]
        assert topics == sorted(topics, reverse=True)


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"choosing": "assigned"}, "a run finds the counterparts, and nobody is asked"),
        ({"preferences": {"ranking": 0}}, "gives no weight to rankings"),
    ],
)
def test_a_policy_that_asks_nobody_opens_no_round(values, refusal):
    cohort = make_sides(**values)

    with pytest.raises(ValidationError, match=refusal):
        open_choosing(cohort, closes_on=in_days(7), by=manager_of(cohort))


@pytest.mark.parametrize("days", [-1, 61])
def test_the_day_is_neither_past_nor_far(days):
    cohort = make_sides()

    with pytest.raises(ValidationError, match="from today on"):
        open_choosing(cohort, closes_on=in_days(days), by=manager_of(cohort))


def test_only_the_managers_open_and_close_it():
    found, other = make_choosing(), make_manager()

    for act in (
        lambda: open_choosing(found.cohort, closes_on=in_days(7), by=other),
        lambda: close_choosing(found, by=other),
    ):
        with pytest.raises(ValidationError, match="Only the program's managers"):
            act()


def test_it_waits_for_the_gate_and_for_both_sides():
    closed, empty = make_sides(), make_sides(2, 0)
    closed.openings.filter(gate=Opening.Gate.MATCH).delete()

    for cohort, refusal in ((closed, "not open for matching"), (empty, "No mentee has said")):
        with pytest.raises(ValidationError, match=refusal):
            open_choosing(cohort, closes_on=in_days(7), by=manager_of(cohort))


def test_one_round_at_a_time_and_no_run_meanwhile():
    found = make_choosing()
    cohort, by = found.cohort, manager_of(found.cohort)

    for act in (
        lambda: open_choosing(cohort, closes_on=in_days(7), by=by),
        lambda: start_run(cohort, by=by),
    ):
        with pytest.raises(ValidationError, match="still choosing"):
            act()


def test_no_run_is_published_while_people_choose():
    cohort = make_sides()
    run = computed(cohort)
    opened(cohort)

    with pytest.raises(ValidationError, match="still choosing"):
        publish_run(run, reason=WHY, by=manager_of(cohort))


def test_a_round_closes_once_and_lets_runs_start():
    found = make_choosing()
    by = manager_of(found.cohort)

    close_choosing(found, by=by)

    with pytest.raises(ValidationError, match="Nobody is choosing any more"):
        close_choosing(found, by=by)
    assert computed(found.cohort).figures["pairs"] == 3
    assert AuditEntry.objects.filter(event="pairs.choosing.closed").count() == 1


def test_a_round_closes_by_itself_after_its_day():
    found, later = make_choosing(), make_choosing()
    ChoiceRound.objects.filter(pk=found.pk).update(closes_on=in_days(-1))

    close_due_rounds()
    close_due_rounds()

    assert ChoiceRound.objects.get(pk=found.pk).state == "closed"
    assert ChoiceRound.objects.get(pk=later.pk).state == "open"
    assert AuditEntry.objects.filter(event="pairs.choosing.closed").count() == 1


def test_a_run_can_start_after_the_day_although_no_worker_came_by():
    found = make_choosing()
    ChoiceRound.objects.filter(pk=found.pk).update(closes_on=in_days(-1))

    run = computed(found.cohort)

    assert run.figures["pairs"] == 3


def test_with_a_new_round_all_of_the_old_one_is_forgotten():
    found = make_choosing()
    close_choosing(found, by=manager_of(found.cohort))

    again = opened(found.cohort)

    assert not found.entries.exists()
    assert {one.kept for one in found.sheets.all()} == {None}
    assert again.entries.count() == 9


def test_rules_that_allow_nobody_fail_it():
    cohort = make_sides(1, 1)
    one, other = cohort.enrollments.mentors()[0], cohort.enrollments.mentees()[0]
    add_block(one.person, other.person)

    found = opened(cohort)

    assert found.state == "failed"
    assert fault_sentences(found) == [
        "No two of these can be paired (rules, earlier pair or private request), so there is"
        " nobody to choose."
    ]
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize("is_lost", [True, False])
def test_while_nothing_can_be_sealed_or_read_it_fails(is_lost, settings):
    cohort = make_sides()
    add_block(cohort.enrollments.mentors()[0].person, make_manager())
    if is_lost:
        settings.MASTER_KEYS = settings.MASTER_KEYS.replace("tests:", "other:")
    else:
        MasterKey.objects.update(confirmed_at=None)

    found = opened(cohort)

    assert found.state == "failed"
    assert "Tell your IT" in fault_sentences(found)[0]


def test_a_policy_that_does_not_fit_fails_it():
    cohort = make_sides()
    found = open_choosing(cohort, closes_on=in_days(7), by=manager_of(cohort))
    wrong = Policy.from_values({"mentors": {"levels": ["Nobody"]}}).to_json()
    ChoiceRound.objects.filter(pk=found.pk).update(policy_json=wrong)

    make_lists(found.pk, report=silent)

    found.refresh_from_db()
    assert found.state == "failed"
    assert "no levels" in fault_sentences(found)[0]


def test_lists_made_twice_are_made_once():
    found = make_choosing()

    make_lists(found.pk, report=silent)
    make_lists("0b2f0e34-9a8b-4d7c-9a55-4b1f0a2c3d4e", report=silent)

    assert found.entries.count() == 9


def test_a_round_whose_job_was_given_up_makes_way():
    cohort = make_sides()
    open_choosing(cohort, closes_on=in_days(7), by=manager_of(cohort))
    Job.objects.update(state=Job.State.FAILED)

    opened(cohort)

    assert sorted(ChoiceRound.objects.values_list("state", flat=True)) == ["failed", "open"]


@pytest.mark.parametrize("is_asked", [True, False])
def test_a_round_whose_job_was_given_up_lets_runs_start(is_asked):
    cohort = make_sides(choosing="ranked")
    run = computed(cohort)
    open_choosing(cohort, closes_on=in_days(7), by=manager_of(cohort))
    if not is_asked:
        program = Program.objects.get(pk=cohort.program_id)
        policy = program.policy.model_copy(update={"choosing": "assigned"})
        Program.objects.filter(pk=program.pk).update(policy_json=policy.to_json())
    Job.objects.update(state=Job.State.FAILED)

    assert computed(cohort).state == "done"
    publish_run(run, reason=WHY, by=manager_of(cohort))

    assert ChoiceRound.objects.get().state == "failed"


def test_a_new_round_that_fails_leaves_what_was_put_in_order():
    found = make_choosing(1, 1, way="ranked")
    (mentor,), (mentee,) = sides_of(found)
    rank(found, mentor, mentee)
    close_choosing(found, by=manager_of(found.cohort))
    add_block(mentor.person, mentee.person)

    again = opened(found.cohort)

    assert again.state == "failed"
    assert found.entries.exists() and was_ranked(found.cohort)
    assert read_orders(found.cohort)[mentor.person_id] == [mentee.person_id]


def test_what_was_put_in_order_does_not_count_once_people_were_asked_for_a_yes():
    found = make_choosing(way="ranked")
    close_choosing(found, by=manager_of(found.cohort))
    assert was_ranked(found.cohort)
    program = Program.objects.get(pk=found.cohort.program_id)
    policy = program.policy.model_copy(update={"choosing": "chosen"})
    Program.objects.filter(pk=program.pk).update(policy_json=policy.to_json())

    close_choosing(opened(found.cohort), by=manager_of(found.cohort))

    assert not was_ranked(found.cohort)
    assert not computed(found.cohort).is_ranked


def test_nothing_was_put_in_order_that_counts_once_it_is_forgotten():
    found = make_choosing(way="ranked")
    close_choosing(found, by=manager_of(found.cohort))

    forget_choices(found.cohort)

    assert not was_ranked(found.cohort)


def test_whoever_was_not_told_while_it_was_open_is_not_told():
    Person.objects.update(sign_in_email=None)
    cohort = make_sides(choosing="chosen")
    for number, one in enumerate(Person.objects.filter(enrollments__cohort=cohort)):
        Person.objects.filter(pk=one.pk).update(sign_in_email=f"p{number}@example.com")
    found = opened(cohort)
    told = OutboxMessage.objects.filter(template="pairs/mail/choosing")
    assert all(one.useful_until > timezone.now() for one in told)

    close_choosing(found, by=manager_of(cohort))

    assert told.exists()
    assert all(one.useful_until <= timezone.now() for one in told.all())


@pytest.mark.parametrize("way", ["ranked", "chosen"])
def test_nothing_is_kept_of_whoever_chooses_while_it_closes(way):
    found = make_choosing(way=way)
    (mentor, *_), (mentee, *_) = sides_of(found)
    sheet, entry = sheet_of(found, mentor), entry_of(found, mentor, mentee)
    before = ChoiceSheet.objects.get(pk=sheet.pk).kept

    def wrapper(execute, sql, *rest):
        if sql.startswith('SELECT "pairs_choicesheet"') and not is_over:
            is_over.append(True)
            ChoiceRound.objects.filter(pk=found.pk).update(state="closed")
        return execute(sql, *rest)

    is_over = []
    act = rank_higher if way == "ranked" else say_yes
    with connection.execute_wrapper(wrapper), pytest.raises(ValidationError, match="is over"):
        act(sheet, entry.pk)

    assert is_over and ChoiceSheet.objects.get(pk=sheet.pk).kept == before


def test_a_cohort_stays_while_people_choose():
    found = make_choosing()
    with pytest.raises(ValidationError, match="still choosing"):
        check_removable(found.cohort)

    close_choosing(found, by=manager_of(found.cohort))

    check_removable(found.cohort)


def test_whoever_is_taken_out_is_on_no_list():
    found = make_choosing()
    mentors, _mentees = sides_of(found)

    mentors[0].delete()

    assert not found.entries.filter(mentor=mentors[0].pk).exists()
    assert found.sheets.count() == 5


def test_somebody_who_joins_meanwhile_is_matched_by_the_run():
    found = make_choosing(2, 2)
    make_enrollment(found.cohort, "mentor")
    make_enrollment(found.cohort, "mentee")
    close_choosing(found, by=manager_of(found.cohort))

    assert computed(found.cohort).figures["pairs"] == 3


def test_managers_see_how_many_pairs_there_are_and_no_more():
    found = make_choosing()

    seen = choosing_of(found.cohort)

    assert (seen.is_open, seen.is_closed, seen.is_preparing, seen.pairs) == (True, False, False, 0)
