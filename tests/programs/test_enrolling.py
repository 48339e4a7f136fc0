"""Somebody's own enrollment: answers, yes, not this time, and what others are told."""

import json
import time
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from tests.databases import at_once
from tests.enrolling import again, posted, url
from tests.factories import (
    make_cohort,
    make_enrollment,
    make_lines,
    make_manager,
    make_person,
    make_run,
)
from upwell.audit.models import AuditEntry
from upwell.audit.services import Actor
from upwell.delivery.models import OutboxMessage
from upwell.people.models import Person
from upwell.programs import services
from upwell.programs.models import Answers, Channel, Enrollment, Signature
from upwell.programs.pledges import shipped_pledge
from upwell.programs.queries.enrolling import stored_answers
from upwell.programs.queries.pledge import current_pledge
from upwell.programs.services.one_purpose import Purpose, no_href, reach_href, token_for
from upwell.sheets import Topic as Named
from upwell.vault.services import unseal

pytestmark = pytest.mark.django_db
State = Enrollment.State


def sent(template):
    return OutboxMessage.objects.filter(template=f"programs/mail/{template}")


def test_a_mentor_says_yes_with_topics_and_the_pledge(client, asked, ann, topic):
    client.force_login(ann)
    given = {"topics": str(topic.public_id), f"topics_{topic.public_id}": "3", "interests": "Jazz"}

    answer = client.post(url(asked), posted(client, asked, **given), follow=True)

    said = again(asked)
    assert "Thank you. Your answers are kept." in answer.content.decode()
    assert (said.state, said.answered_at is not None) == (State.ENROLLED, True)
    assert [(one.topic, one.kind, one.strength) for one in said.topics.all()] == [
        (topic, "offered", 3)
    ]
    assert said.answers.interests == "Jazz"
    assert Signature.objects.get().person == ann
    assert sent("enrolled").get().person == ann


def test_without_topics_or_the_pledge_nothing_is_said(client, asked, ann):
    client.force_login(ann)
    given = posted(client, asked)
    del given["signs"]

    html = client.post(url(asked), given).content.decode()

    assert again(asked).state == State.ASKED
    assert "Choose at least one topic." in html
    assert "Without the promise you cannot take part." in html
    assert not OutboxMessage.objects.exists()


def test_a_form_sent_twice_is_one_yes(client, asked, ann, topic):
    client.force_login(ann)
    given = posted(client, asked, topics=str(topic.public_id))

    for _ in range(2):
        client.post(url(asked), given)

    assert again(asked).state == State.ENROLLED
    assert (sent("enrolled").count(), Signature.objects.count()) == (1, 1)


def test_what_was_written_is_saved_as_one_goes_and_is_there_again(client, asked, ann):
    client.force_login(ann)

    given = posted(client, asked, off_limits="My family", hours_from="09:00", hours_until="15:30")
    saved = client.post(url(asked, "save"), given)

    row = Answers.objects.get(enrollment=asked)
    assert "Saved." in saved.content.decode()
    assert unseal(row, "off_limits") == "My family"
    assert (row.hours_from, row.hours_until) == (540, 930)
    assert again(asked).state == State.ASKED
    assert "My family" in client.get(url(asked)).content.decode()


def test_whoever_changes_one_end_of_their_hours_has_said_both(client, asked, ann):
    type(ann).objects.filter(pk=ann.pk).update(hours_from=540, hours_until=1020)
    client.force_login(ann)

    given = posted(client, asked, hours_from="10:00", hours_until="17:00")
    client.post(url(asked, "save"), given)

    row = Answers.objects.get(enrollment=asked)
    assert (row.hours_from, row.hours_until) == (600, 1020)


def test_half_a_day_of_hours_is_none(asked, ann):
    with pytest.raises(ValidationError, match="Working hours end after they begin"):
        services.save_answers(again(asked), {"hours_from": 600}, by=ann)


def test_a_promise_without_its_text_is_none(client, asked, ann, topic):
    client.force_login(ann)
    given = posted(client, asked, topics=str(topic.public_id)) | {"pledge": ""}

    html = client.post(url(asked), given).content.decode()

    assert "The pledge has changed meanwhile" in html
    assert (again(asked).state, Signature.objects.count()) == (State.ASKED, 0)


def test_two_windows_do_not_overwrite_each_other(client, asked, ann, topic):
    client.force_login(ann)
    first, second = posted(client, asked), posted(client, asked)

    client.post(url(asked, "save"), first | {"interests": "Jazz"})
    client.post(url(asked, "save"), second | {"off_limits": "My family"})
    clash = client.post(url(asked, "save"), second | {"interests": "Chess"}).content.decode()
    final = second | {"interests": "Chess", "topics": str(topic.public_id)}
    refused = client.post(url(asked), final).content.decode()

    row = Answers.objects.get(enrollment=asked)
    assert (row.interests, unseal(row, "off_limits")) == ("Jazz", "My family")
    assert "Changed in another window, so not saved: What else interests you?" in clash
    assert "Meanwhile “Jazz” was saved elsewhere" in refused
    assert again(asked).state == State.ASKED


def test_what_is_saved_as_one_goes_is_no_clash_with_itself(client, asked, ann):
    client.force_login(ann)
    given = posted(client, asked, interests="Jazz")
    client.post(url(asked, "save"), given)
    seen = client.get(url(asked)).context["form"].initial["seen"]

    answer = client.post(url(asked, "save"), given | {"seen": seen, "interests": "Jazz, chess"})

    assert "Saved." in answer.content.decode()
    assert Answers.objects.get(enrollment=asked).interests == "Jazz, chess"


def test_an_invalid_field_keeps_nobody_from_saving_the_others(client, asked, ann):
    client.force_login(ann)

    given = posted(client, asked, interests="Jazz", capacity="99")
    answer = client.post(url(asked, "save"), given).content.decode()

    assert "Not saved yet: How many leaders would you mentor?" in answer
    assert Answers.objects.get(enrollment=asked).interests == "Jazz"


def test_after_enrollment_has_ended_a_yes_is_one_for_the_waiting_list(client, asked, ann, topic):
    cohort = asked.cohort
    cohort.enrolls_until = timezone.localdate() - timedelta(days=1)
    cohort.save()
    client.force_login(ann)
    page = client.get(url(asked)).content.decode()

    client.post(url(asked), posted(client, asked, topics=str(topic.public_id)))

    assert "you are put on the waiting list" in page
    assert again(asked).state == State.WAITING
    assert "waiting list" in sent("enrolled").get().subject


def test_whoever_takes_part_stays_in_it_when_answers_change_after_the_end(client, ann, topic):
    cohort = make_cohort(make_manager(), starts_on=timezone.localdate() + timedelta(days=60))
    here = make_enrollment(cohort, person=ann)
    make_run(cohort, published_at=timezone.now(), published_by=make_manager())
    client.force_login(ann)

    client.post(url(here), posted(client, here, topics=str(topic.public_id)))

    assert again(here).state == State.ENROLLED


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("enrolled", ""),
        ("waiting", "When a place becomes free, the waiting list comes first, and you hear of it."),
    ],
)
def test_whoever_has_said_yes_is_not_told_that_they_can_still_say_it(client, ann, state, said):
    cohort = make_cohort(make_manager(), starts_on=timezone.localdate() + timedelta(days=60))
    here = make_enrollment(cohort, person=ann, state=state)
    make_run(cohort, published_at=timezone.now(), published_by=make_manager())
    client.force_login(ann)

    page = client.get(url(here))

    assert page.context["window"] == said
    assert "You can still say yes" not in page.content.decode()


def test_the_message_about_the_waiting_list_is_true_once_pairs_are_made(ann):
    cohort = make_cohort(make_manager(), starts_on=timezone.localdate() + timedelta(days=60))
    here = make_enrollment(cohort, person=ann, state="asked")
    make_run(cohort, published_at=timezone.now(), published_by=make_manager())

    services.take_part(again(here), language="en")

    text = sent("enrolled").get().text
    assert "takes nobody else at the moment, so you are on its waiting list" in text
    assert "ended" not in text


def test_before_their_side_is_open_nobody_can_say_yes(client, ann):
    here = make_enrollment(make_cohort(make_manager(), gates=()), person=ann, state="asked")
    here.cohort.starts_on = timezone.localdate() + timedelta(days=60)
    here.cohort.save()
    client.force_login(ann)

    page = client.get(url(here)).content.decode()

    assert "is not open yet. You get an e-mail when it is." in page
    assert "Yes, I take part" not in page
    with pytest.raises(ValidationError, match="not open yet"):
        services.take_part(again(here), language="en")


def test_a_pledge_that_changed_meanwhile_is_read_once_more(client, asked, ann, topic):
    client.force_login(ann)
    given = posted(client, asked, topics=str(topic.public_id))
    services.change_pledge(asked.cohort.program, {"en": "I keep quiet."}, by=make_manager())

    html = client.post(url(asked), given).content.decode()

    assert "The pledge has changed meanwhile" in html
    assert again(asked).state == State.ASKED
    assert not Signature.objects.exists()


def test_a_signature_stands_until_the_text_changes(client, asked, ann):
    services.sign(asked.cohort.program, ann, code="shipped-1", language="de")
    client.force_login(ann)
    before = client.get(url(asked)).context["signed_at"]

    services.change_pledge(asked.cohort.program, {"en": "I keep quiet."}, by=make_manager())

    assert before is not None
    assert client.get(url(asked)).context["signed_at"] is None


def test_a_program_goes_back_to_the_pledge_that_ships(client):
    manager = make_manager()
    program = make_cohort(manager).program
    services.change_pledge(program, {"en": "I keep quiet."}, by=manager)
    client.force_login(manager)
    page = reverse("programs:pledge_edit", args=[program.pk])
    before = client.get(page).content.decode()

    client.post(page, {"shipped": "on"})

    after = client.get(page).content.decode()
    assert "Use the text that ships" in before
    assert "Use the text that ships" not in after
    assert current_pledge(program, "de").text == shipped_pledge("de")
    assert not services.ship_pledge(program, by=manager)


def test_whoever_steps_out_is_not_matched_and_can_ask_for_the_next(client, ann):
    here = make_enrollment(
        make_cohort(starts_on=timezone.localdate() + timedelta(days=60)), person=ann
    )
    client.force_login(ann)

    client.post(url(here, "out"), {"answer": "next"})

    said = again(here)
    assert (said.state, said.asks_next) == (State.OUT, True)
    assert not Enrollment.objects.enrolled().exists()


def test_the_link_of_a_message_says_no_after_a_button_and_without_a_sign_in(client, asked):
    client.logout()
    href = no_href(asked)

    opened = client.get(href).content.decode()
    before = again(asked).state
    answer = client.post(href, {"answer": "no"}).content.decode()

    assert ("Not this time" in opened, before) == (True, State.ASKED)
    assert "All right, not this time" in answer
    assert again(asked).state == State.OUT
    assert "Ann" not in opened + answer


@pytest.mark.parametrize("token", ["made-up", ""])
def test_a_link_for_something_else_does_nothing(client, asked, token):
    client.logout()
    wrong = token or token_for(asked, Purpose.REACH, asked.person)

    answer = client.post(reverse("programs:enrollment_no", args=[wrong]), {"answer": "no"})

    assert answer.status_code == 404
    assert again(asked).state == State.ASKED


@pytest.mark.parametrize("is_late", [False, True])
def test_a_link_cannot_take_back_a_yes_that_was_said_since(client, asked, is_late):
    until = timezone.localdate() - timedelta(days=1) if is_late else None
    type(asked.cohort).objects.filter(pk=asked.cohort_id).update(enrolls_until=until)
    state = services.take_part(again(asked), language="en")
    client.logout()

    opened = client.get(no_href(asked)).content.decode()
    answer = client.post(no_href(asked), {"answer": "no"}).content.decode()

    assert again(asked).state == state
    for page in (opened, answer):
        assert "You have said yes meanwhile. Sign in to change it." in page
        assert 'name="answer"' not in page


def test_a_no_by_link_is_nobodys_in_the_audit_log(client, asked):
    client.logout()

    client.post(no_href(asked), {"answer": "no"})

    assert AuditEntry.objects.get(event="programs.participant.said").by == Actor.SYSTEM


def test_the_audit_log_does_not_tell_which_answers_were_given(client, asked, ann):
    for given in ({"off_limits": "My family"}, {"interests": "Jazz", "off_limits": None}):
        services.save_answers(again(asked), given, by=ann)

    entries = AuditEntry.objects.filter(event="programs.participant.answered")
    assert {str(entry.facts) for entry in entries} == {"{}"}


def test_whoever_steps_out_leaves_nothing_behind_but_topics(asked, ann, topic):
    given = {"off_limits": "Family", "mobile": "+49 30 1111", "tells_manager": True}
    named = [Named(topic.name, 2)]
    services.save_answers(again(asked), {**given, "topics": named}, by=ann)

    services.step_out(again(asked), asks_next=False, by=ann)

    assert not Answers.objects.exists()
    assert not Channel.objects.exists()
    assert asked.topics.get().topic == topic


def test_nobody_leaves_a_cohort_that_has_ended(asked, ann):
    cohort = asked.cohort
    type(cohort).objects.filter(pk=cohort.pk).update(starts_on=date(2020, 1, 1))

    with pytest.raises(ValidationError, match="has ended"):
        services.step_out(again(asked), asks_next=False, by=ann)

    assert again(asked).state == State.ASKED


def test_a_link_grows_old(client, asked, monkeypatch):
    href = no_href(asked)
    client.logout()

    later = time.time() + timedelta(days=61).total_seconds()
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    answer = client.post(href, {"answer": "no"})

    assert answer.status_code == 404
    assert again(asked).state == State.ASKED


def test_an_assistant_says_how_to_reach_by_a_link_that_shows_nothing(client, asked):
    mentee = make_enrollment(asked.cohort, "mentee", person=make_person(name="Vera Stone"))
    assistant = make_person(contact_email="office@example.com")
    services.save_answers(
        mentee, {"assistant": assistant, "mobile": "+49 30 1111"}, by=mentee.person
    )
    client.logout()
    href = reach_href(mentee, assistant)

    page = client.get(href).content.decode()
    client.post(href, {"phone": "+49 30 901820", "mobile": "", "hours_from": "", "hours_until": ""})

    kept = dict(Channel.objects.filter(enrollment=mentee).values_list("kind", "value"))
    assert kept == {"mobile": "+49 30 1111", "phone": "+49 30 901820"}
    assert "1111" not in page
    assert sent("assistant").get().person == assistant
    assert "needs no sign-in" not in page


@pytest.mark.parametrize("change", ["another", "left"])
def test_the_link_of_a_former_assistant_does_nothing(client, asked, change):
    mentee = make_enrollment(asked.cohort, "mentee", person=make_person(name="Vera Stone"))
    assistant = make_person(contact_email="office@example.com")
    services.save_answers(mentee, {"assistant": assistant}, by=mentee.person)
    if change == "another":
        services.save_answers(mentee, {"assistant": make_person()}, by=mentee.person)
    else:
        Person.objects.filter(pk=assistant.pk).update(is_active=False)
    client.logout()

    answer = client.post(reach_href(mentee, assistant), {"mobile": "+49 30 666666"})

    assert answer.status_code == 404
    assert not Channel.objects.exists()


def test_an_assistant_is_told_once_the_mentee_has_said_yes(asked):
    mentee = make_enrollment(asked.cohort, "mentee", state="asked")
    assistant = make_person(contact_email="office@example.com")
    services.save_answers(mentee, {"assistant": assistant}, by=mentee.person)
    before = sent("assistant").exists()

    for _ in range(2):
        services.take_part(again(mentee), language="en")

    assert (before, sent("assistant").get().person) == (False, assistant)


def test_a_message_to_somebody_who_is_no_assistant_any_more_does_not_go(asked):
    mentee = make_enrollment(asked.cohort, "mentee")
    for assistant in (make_person(contact_email="a@example.com"), None):
        services.save_answers(mentee, {"assistant": assistant}, by=mentee.person)

    assert sent("assistant").get().is_outdated


def test_nobody_is_their_own_assistant(asked):
    mentee = make_enrollment(asked.cohort, "mentee")

    with pytest.raises(ValidationError, match="cannot be your own assistant"):
        services.save_answers(mentee, {"assistant": mentee.person}, by=mentee.person)

    assert not Answers.objects.exists()


def takes_it_back(asked, ann):
    services.save_answers(again(asked), {"tells_manager": False}, by=ann)


def steps_out(asked, ann):
    services.step_out(again(asked), asks_next=False, by=ann)


@pytest.mark.parametrize("withdraws", [takes_it_back, steps_out])
def test_a_line_manager_is_not_told_what_was_taken_back_in_time(asked, ann, withdraws):
    boss = make_person(name="Bo Stone", contact_email="bo@example.com")
    make_lines(ann, boss)
    services.save_answers(again(asked), {"tells_manager": True}, by=ann)
    services.take_part(again(asked), language="en")

    withdraws(asked, ann)
    services.take_part(again(asked), language="en")

    assert sent("line_manager").get().is_outdated
    services.save_answers(again(asked), {"tells_manager": True}, by=ann)
    services.take_part(again(asked), language="en")
    assert [message.is_outdated for message in sent("line_manager")].count(False) == 1


def test_a_line_manager_is_told_once_and_only_if_the_mentor_agrees(asked, ann):
    boss = make_person(name="Bo Stone", contact_email="bo@example.com")
    make_lines(ann, boss)

    services.take_part(again(asked), language="en")
    silent = sent("line_manager").exists()
    services.save_answers(again(asked), {"tells_manager": True}, by=ann)
    for _ in range(2):
        services.take_part(again(asked), language="en")

    message = sent("line_manager").get()
    assert (silent, message.person) == (False, boss)
    assert message.subject == "Ann Reed has said yes to being a mentor"


def test_the_mentor_reads_first_what_the_line_manager_would_read(client, asked, ann):
    make_lines(ann, make_person(name="Bo Stone", contact_email="bo@example.com"))
    client.force_login(ann)

    page = client.get(url(asked)).content.decode()

    assert "What Bo Stone would read" in page
    assert "Ann Reed has said yes to being a mentor" in page


def test_an_enrollment_is_nobody_elses(client, asked):
    for other in (make_person(sign_in_email="b@example.com"), make_manager()):
        client.force_login(other)
        for name in ("detail", "out", "channels"):
            assert client.get(url(asked, name)).status_code == 404
        assert client.post(url(asked, "save"), {"interests": "Chess"}).status_code == 404

    assert not Answers.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("mobile", "call me"), ("email", "no address"), ("hours_from", "25:99")],
)
def test_what_nobody_can_use_is_refused_beside_its_field(client, asked, ann, field, value):
    client.force_login(ann)

    answer = client.post(url(asked, "channels"), {field: value})

    assert field in answer.context["form"].errors
    assert not Channel.objects.exists()


def test_seen_that_is_no_list_of_answers_counts_as_nothing_seen(client, asked, ann):
    client.force_login(ann)

    for seen in ("[]", "{", json.dumps({"interests": 3})):
        client.post(url(asked, "save"), {"seen": seen, "interests": "Jazz"})

    assert stored_answers(again(asked))["interests"] == "Jazz"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_say_yes_and_no_at_once_one_is_the_last(own_database):
    cohort = make_cohort(make_manager(), starts_on=timezone.localdate() + timedelta(days=60))
    here = make_enrollment(cohort, person=make_person(contact_email="a@example.com"), state="asked")

    outcomes = at_once(
        lambda: services.take_part(again(here), language="en"),
        lambda: services.step_out(again(here), asks_next=False, by=here.person),
    )

    assert outcomes == [State.ENROLLED, None]
    assert again(here).state in {State.ENROLLED, State.OUT}
    assert sent("enrolled").count() == 1
