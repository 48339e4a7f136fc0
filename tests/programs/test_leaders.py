"""Two questions to leaders who have had a mentor: asked once, told only with two yeses."""

from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.databases import at_once
from tests.factories import (
    make_cohort,
    make_enrollment,
    make_manager,
    make_pair,
    make_person,
    make_program,
    make_run,
)
from upwell.audit.models import AuditEntry
from upwell.delivery.models import Category, OutboxMessage
from upwell.pairs.models import Member
from upwell.programs import services
from upwell.programs.models import Cohort, LeaderAnswer, Place
from upwell.programs.queries.leaders import FEWEST, NOT_BEFORE, leaders_to_ask, told_of

pytestmark = pytest.mark.django_db
YES = {"has_changed_work": "yes", "may_be_told": "yes"}


def make_mentee(cohort, *, is_active=True, **fields):
    """Somebody with a pair of that cohort, now or formerly, as publication writes it."""
    count = LeaderAnswer.objects.count() + Place.objects.count()
    given = {"sign_in_email": f"leader{count}@example.com"} | fields
    mentee = make_enrollment(cohort, "mentee", person=make_person(**given))
    place = Place.objects.create(enrollment=mentee, number=1)
    pair = make_pair(mentee=mentee.person, run=make_run(cohort))
    Member.objects.create(pair=pair, place=place, is_active=is_active)
    return mentee.person


def make_answer(program, *, changed=None, told=None, words="", **fields):
    answer = LeaderAnswer.objects.create(program=program, person=make_person(**fields))
    if changed is not None:
        services.answer_leader(answer, has_changed_work=changed, may_be_told=told, words=words)
        answer.refresh_from_db()
    return answer


def url(name, row):
    return reverse(f"programs:{name}", args=[row.pk])


@pytest.fixture
def cohort(manager):
    return make_cohort(manager)


def test_former_and_present_mentees_of_pairs_can_be_asked(manager, cohort):
    present, former = make_mentee(cohort), make_mentee(cohort, is_active=False)
    make_mentee(cohort, sign_in_email=None)
    make_mentee(make_cohort(make_manager()))
    make_enrollment(cohort, "mentee", person=make_person(sign_in_email="unpaired@example.com"))

    assert set(leaders_to_ask(cohort.program, by=manager)) == {present, former}


def test_nobody_is_asked_before_there_can_be_something_to_tell(manager):
    day = timezone.localdate() - NOT_BEFORE
    cohort = make_cohort(manager, starts_on=day + timedelta(days=1))
    make_mentee(cohort)
    early = leaders_to_ask(cohort.program, by=manager).exists()
    Cohort.objects.update(starts_on=day)

    assert not early
    assert leaders_to_ask(cohort.program, by=manager).exists()


def test_a_manager_who_takes_part_is_not_told_who_was_paired_in_that_cohort(manager, cohort):
    make_mentee(cohort)
    make_enrollment(cohort, person=manager)

    assert not leaders_to_ask(cohort.program, by=manager).exists()


def test_those_ticked_are_asked_once_in_their_language(client, manager, cohort):
    vera, other = make_mentee(cohort, own_language="de"), make_mentee(cohort)

    for _time in range(2):
        client.post(url("leader_list", cohort.program), {"person": [vera.pk]})

    message, answer = OutboxMessage.objects.get(), LeaderAnswer.objects.get()
    assert (answer.person, answer.answered_at) == (vera, None)
    assert message.subject == "Hat eine Mentor:in Ihre Arbeit verändert?"
    assert url("leader_answer", answer) in message.text
    assert message.category == Category.NEWS
    assert list(leaders_to_ask(cohort.program, by=manager)) == [other]


def test_nobody_else_can_be_asked(client, cohort):
    stranger = make_person(sign_in_email="stranger@example.com")

    client.post(url("leader_list", cohort.program), {"person": [stranger.pk]})

    assert not LeaderAnswer.objects.exists()


def test_the_answers_are_kept_with_the_words_and_the_yes_can_be_taken_back(client):
    answer = make_answer(make_program(), sign_in_email="vera@example.com")
    client.force_login(answer.person)
    page = client.get(url("leader_answer", answer)).content.decode()
    answer.refresh_from_db()
    opened = answer.answered_at

    client.post(url("leader_answer", answer), YES | {"words": "I ask more."})
    told = told_of(answer.program).answers
    client.post(url("leader_answer", answer), YES | {"may_be_told": "no", "words": "I ask more."})
    answer.refresh_from_db()

    assert ("Did a mentor change your work?" in page, opened) == (True, None)
    assert [one.words for one in told] == ["I ask more."]
    assert (answer.has_changed_work, answer.may_be_told, answer.words) == (True, False, "")
    assert told_of(answer.program).answers == []


def test_the_audit_log_keeps_what_may_be_told_and_no_other_answer():
    answer = make_answer(make_program(), changed=False, told=True)
    before = AuditEntry.objects.count()

    for told in (True, True, False, False):
        services.answer_leader(answer, has_changed_work=True, may_be_told=told)

    assert before == 0
    assert set(AuditEntry.objects.values_list("event", flat=True)) == {
        "programs.leader.consented",
        "programs.leader.withdrew",
    }
    assert AuditEntry.objects.count() == 2


def test_both_questions_want_an_answer(client):
    answer = make_answer(make_program(), sign_in_email="vera@example.com")
    client.force_login(answer.person)

    page = client.post(url("leader_answer", answer), {"has_changed_work": "yes"})

    assert set(page.context["form"].errors) == {"may_be_told"}
    assert LeaderAnswer.objects.get().answered_at is None


def test_the_questions_of_somebody_else_do_not_exist(client, manager):
    answer = make_answer(make_program(manager))

    assert client.get(url("leader_answer", answer)).status_code == 404
    assert client.get(url("leader_list", make_program())).status_code == 404


@pytest.mark.parametrize(
    ("changed", "told"), [(True, False), (False, True), (False, False), (None, None)]
)
def test_managers_see_nothing_of_an_answer_without_two_yeses(client, manager, changed, told):
    program = make_program(manager)
    make_answer(program, changed=changed, told=told, words="secret words", name="Vera Secret")

    page = client.get(url("leader_list", program)).content.decode()

    assert ("Vera Secret" in page, "secret words" in page) == (False, False)


@pytest.mark.parametrize(("unseen", "shown"), [(FEWEST - 1, None), (FEWEST, 2)])
def test_how_many_answered_is_shown_only_where_nobody_can_be_picked_out(manager, unseen, shown):
    program = make_program(manager)
    make_answer(program, changed=True, told=True)
    make_answer(program, changed=False, told=False)
    for _number in range(unseen - 1):
        make_answer(program)

    assert told_of(program).answered == shown


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_makes_the_same_queries_for_any_number(
    client, cohort, count, django_assert_num_queries
):
    for _number in range(count):
        make_mentee(cohort)
        make_answer(cohort.program, changed=True, told=True)

    with django_assert_num_queries(11):
        response = client.get(url("leader_list", cohort.program))

    assert len(response.context["page"].object_list) == count


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_at_once_one_asks(own_database):
    cohort = make_cohort(manager := make_manager())
    vera = make_mentee(cohort)
    ask = partial(services.ask_leaders, cohort.program, [vera.pk], by=manager)

    assert sorted(at_once(ask, ask)) == [0, 1]
    assert OutboxMessage.objects.count() == 1
