"""One's own answers in two windows, and what a page sends that was refused."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.conftest import Client
from tests.databases import at_once
from tests.enrolling import again, hidden_in, posted, ticked_in, url
from tests.factories import make_cohort, make_enrollment, make_manager, make_person, make_topic
from upwell.programs import services
from upwell.programs.models import Answers, Channel, Enrollment, Signature
from upwell.programs.queries.enrolling import stored_answers
from upwell.vault.errors import VaultError

pytestmark = pytest.mark.django_db
State = Enrollment.State


@pytest.fixture
def own(client, asked, ann):
    """The enrollment of Ann, who is signed in."""
    client.force_login(ann)
    return asked


def save(client, enrollment, given):
    return client.post(url(enrollment, "save"), given).content.decode()


def test_a_page_that_was_refused_shows_the_other_answer_and_can_be_saved(client, own, topic):
    first, second = posted(client, own), posted(client, own)
    save(client, own, first | {"interests": "Jazz", "hopes": ["field", "region"]})
    given = second | {"interests": "Chess", "hopes": "field", "topics": str(topic.public_id)}

    refused = client.post(url(own), given).content.decode()
    client.post(url(own), given | hidden_in(refused))

    assert "Meanwhile “Jazz” was saved elsewhere" in refused
    assert "“another field of work, another part of the world” was saved" in refused
    assert (Answers.objects.get().interests, Answers.objects.get().hopes) == ("Chess", ["field"])
    assert again(own).state == State.ENROLLED


@pytest.mark.parametrize(
    ("theirs", "mine", "said"),
    [
        ({"languages": "German, French"}, {"languages": "Dutch"}, "French, German"),
        (
            {"hours_from": "09:00", "hours_until": "17:00"},
            {"hours_from": "10:00", "hours_until": "17:00"},
            "9 a.m.",
        ),
        ({"capacity": "2"}, {"capacity": "3"}, "2"),
    ],
)
def test_an_answer_of_another_window_is_shown_as_one_writes_it(client, own, theirs, mine, said):
    first, second = posted(client, own, name="detail"), posted(client, own)
    save(client, own, first | theirs)

    refused = client.post(url(own), second | mine | {"other_topic": "Chess"}).content.decode()

    assert f"Meanwhile “{said}” was saved elsewhere" in refused


def test_a_pledge_that_changed_meanwhile_can_be_promised_after_all(client, own, topic):
    given = posted(client, own, topics=str(topic.public_id))
    services.change_pledge(own.cohort.program, {"en": "I keep quiet."}, by=make_manager())

    refused = client.post(url(own), given).content.decode()
    sent = {**given, **hidden_in(refused)}
    client.post(url(own), sent)

    assert "The pledge has changed meanwhile" in refused
    assert ticked_in(refused) == [str(topic.public_id)]
    assert 'name="signs" id="id_signs">' in refused
    assert again(own).state == State.ENROLLED
    assert Signature.objects.get().pledge.text == "I keep quiet."


def test_what_the_window_itself_saved_and_does_not_know_of_yet_is_no_clash(client, own):
    keys = [str(make_topic(name, group="digital_and_social").public_id) for name in "ABC"]
    page = posted(client, own)

    save(client, own, page | {"topics": keys[:1]})  # its answer is on the way still
    client.post(url(own), page | {"topics": keys})

    assert own.topics.count() == 3
    assert again(own).state == State.ENROLLED


def test_what_another_window_made_of_it_is_one_all_the_same(client, own, topic):
    first = posted(client, own, interests="Jazz")
    save(client, own, first)
    save(client, own, posted(client, own, interests="Chess"))

    given = first | {"interests": "Jazz, too", "topics": str(topic.public_id)}
    refused = client.post(url(own), given).content.decode()

    assert "Meanwhile “Chess” was saved elsewhere" in refused
    assert Answers.objects.get().interests == "Chess"


def test_what_is_saved_after_the_yes_though_sent_before_it_changes_nothing(client, own, topic):
    page = posted(client, own, topics=str(topic.public_id))
    client.post(url(own), page | {"interests": "Jazz and trains"})

    late = save(client, own, page | {"interests": "Jazz"})

    assert "Changed in another window, so not saved" in late
    assert Answers.objects.get().interests == "Jazz and trains"


def test_after_a_clash_the_next_save_overwrites_nothing_either(client, own):
    first, second = posted(client, own), posted(client, own)
    save(client, own, first | {"interests": "Jazz"})

    clash = save(client, own, second | {"interests": "Chess"})
    other = second | hidden_in(clash) | {"interests": "Chess", "off_limits": "Family"}
    again_clash = save(client, own, other)

    said = stored_answers(again(own))
    assert "Changed in another window, so not saved" in again_clash
    assert (said["interests"], said["off_limits"]) == ("Jazz", "Family")


def test_saving_one_answer_does_not_undo_another_of_another_window(client, own):
    first, second = posted(client, own), posted(client, own)
    save(client, own, first | {"interests": "Jazz"})

    saved = save(client, own, second | {"capacity": "2"})
    save(client, own, second | hidden_in(saved) | {"interests": "", "capacity": "3"})

    assert (Answers.objects.get().interests, again(own).capacity) == ("Jazz", 3)


def test_one_end_of_the_hours_is_not_changed_without_the_other(client, own):
    hours = {"hours_from": "09:00", "hours_until": "17:00"}
    save(client, own, posted(client, own, **hours))
    first, second = posted(client, own), posted(client, own)
    save(client, own, first | hours | {"hours_until": "12:00"})

    save(client, own, second | hours | {"hours_from": "13:00", "hours_until": "17:30"})

    said = stored_answers(again(own))
    assert (said["hours_from"], said["hours_until"]) == (540, 720)


def test_what_an_assistant_said_meanwhile_is_not_overwritten_but_shown(client, own):
    given = posted(client, own, "channels", mobile="+49 30 222222")
    services.save_answers(again(own), {"mobile": "+49 30 111111"}, by=None)

    refused = client.post(url(own, "channels"), given).content.decode()
    kept = Channel.objects.get().value
    client.post(url(own, "channels"), given | hidden_in(refused))

    assert "Meanwhile “+49 30 111111” was saved elsewhere" in refused
    assert kept == "+49 30 111111"
    assert Channel.objects.get().value == "+49 30 222222"


def test_a_page_knows_what_it_has_shown_though_the_vault_fails(client, own, monkeypatch):
    given = posted(client, own, interests="Jazz")

    def fail(*_args):
        raise VaultError("locked")

    with monkeypatch.context() as patched:
        patched.setattr("upwell.programs.services.windows.stored_answers", fail)
        fault = save(client, own, given)
        page = client.post(url(own), given | {"other_topic": "Chess"}).content.decode()

    assert "Your answers cannot be read at the moment." in fault
    assert hidden_in(fault) == {"seen": given["seen"]}
    assert "Your answers cannot be read at the moment." in page
    assert "Jazz" in page


@pytest.mark.django_db(transaction=True)
def test_of_two_windows_that_save_at_once_one_is_told(own_database):
    cohort = make_cohort(make_manager(), starts_on=timezone.localdate() + timedelta(days=60))
    here = make_enrollment(cohort, person=make_person(sign_in_email="a@example.com"))
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(here.person)
    pages = [posted(client, here) for client in clients]

    answers = at_once(
        lambda: save(clients[0], here, pages[0] | {"interests": "Jazz"}),
        lambda: save(clients[1], here, pages[1] | {"interests": "Chess"}),
    )

    told = ["Changed in another window" in answer for answer in answers]
    assert sorted(told) == [False, True]
    assert Answers.objects.get().interests == ["Jazz", "Chess"][told.index(False)]
