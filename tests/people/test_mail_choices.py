"""Which messages somebody gets, said on a page of their own or by the link in a message."""

import re
from datetime import time
from functools import partial
from urllib.parse import unquote

import pytest
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from tests.databases import at_once
from tests.factories import make_person
from upwell.audit.models import AuditEntry
from upwell.delivery.models import Category
from upwell.people import services
from upwell.people.models import Person
from upwell.people.models.person import STOP_SALT

pytestmark = pytest.mark.django_db
CHOICES = reverse("people:mail_choices")
EVENT = "people.mail.changed"
NEW_EACH_TIME = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


@pytest.fixture
def ana():
    return make_person(name="Ana", contact_email="ana@example.com", sign_in_email="a@example.com")


@pytest.fixture
def stranger():
    """Who has no cookie and no token: a mail program's server, or a browser never seen before."""
    return Client(enforce_csrf_checks=True)


def path_of(person, category=Category.NEWS):
    return person.stop_href(category).removeprefix("http://localhost:8000")


def unwanted_by(person):
    return Person.objects.get(pk=person.pk).unwanted_mail


def recorded():
    return AuditEntry.objects.filter(event=EVENT).count()


def test_everything_is_wanted_at_first_and_what_is_essential_always(ana):
    assert [ana.accepts(one) for one in Category] == [True, True, True]

    ana.unwanted_mail = [*Category]

    assert [one for one in Category if ana.accepts(one)] == [Category.ESSENTIAL]


def test_opening_the_link_asks_and_changes_nothing(stranger, ana):
    for _time in range(2):
        page = stranger.get(path_of(ana))

    assert page.status_code == 200
    assert "No more news?" in page.content.decode()
    assert (unwanted_by(ana), recorded()) == ([], 0)


@pytest.mark.parametrize("sent", [{}, {"List-Unsubscribe": "One-Click"}])
def test_the_button_and_one_click_of_a_mail_program_stop(stranger, ana, sent):
    page = stranger.post(path_of(ana), sent)

    assert page.status_code == 200  # RFC 8058 wants no redirection
    assert "You get no more news" in page.content.decode()
    assert reverse("people:mail_choices") in page.content.decode()
    assert (unwanted_by(ana), recorded()) == (["news"], 1)


def test_stopping_twice_is_stopping_once(stranger, ana):
    for _time in range(2):
        stranger.post(path_of(ana))

    assert (unwanted_by(ana), recorded()) == (["news"], 1)
    assert "You get no more news" in stranger.get(path_of(ana)).content.decode()


def test_a_page_says_nothing_of_whose_mail_it_stops(stranger, ana):
    said = stranger.get(path_of(ana)).content.decode()
    said += stranger.post(path_of(ana)).content.decode()

    assert "Ana" not in said
    assert "@example.com" not in said


def false_tokens(ana):
    """What must stop nothing, and tell nothing apart."""
    gone, left = make_person(), make_person(is_active=False)
    news, reminder = (token_of(ana, one).split(":") for one in (Category.NEWS, Category.REMINDER))
    tokens = [f"{reminder[0]}:{news[1]}", token_of(ana, Category.ESSENTIAL), token_of(ana, "else")]
    tokens += [token_of(gone), token_of(left), token_of(ana)[:-1]]
    other, short = Signer(salt="another purpose"), Signer(salt=STOP_SALT).sign("bmV3cw")
    gone.delete()
    return [*tokens, other.sign_object([str(ana.pk), "news"]), short, "é:\x00", "no-token"]


def token_of(person, category=Category.NEWS):
    return path_of(person, category).split("/")[-2]


@pytest.mark.parametrize("method", ["get", "post"])
def test_false_links_and_those_of_who_has_left_are_all_the_same(stranger, ana, method):
    answers = set()
    for token in false_tokens(ana):
        answer = getattr(stranger, method)(reverse("people:mail_stop", args=[token]))
        text = NEW_EACH_TIME.sub("", unquote(answer.content.decode()))
        answers.add((answer.status_code, text.replace(escape(token), "TOKEN")))

    assert [status for status, _text in answers] == [404]
    assert (unwanted_by(ana), recorded()) == ([], 0)


def test_a_link_is_good_for_its_reader_and_its_kind_alone(stranger, ana):
    other = make_person()

    stranger.post(path_of(ana, Category.REMINDER))

    assert (unwanted_by(ana), unwanted_by(other)) == (["reminder"], [])


def test_links_hold_under_a_former_key(stranger, ana, settings):
    link = path_of(ana)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key"

    stranger.post(link)

    assert unwanted_by(ana) == ["news"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_database")
def test_two_links_pressed_at_once_both_count(ana):
    outcomes = at_once(
        *(
            partial(services.stop_mail, Person.objects.get(pk=ana.pk), category=one)
            for one in ("news", "reminder")
        )
    )

    assert outcomes == [None, None]
    assert unwanted_by(ana) == ["news", "reminder"]


def test_somebody_chooses_on_a_page_of_their_own(client, ana):
    client.force_login(ana)
    ana.unwanted_mail = ["news"]
    ana.save()

    html = client.get(CHOICES).content.decode()
    client.post(CHOICES, {"wanted": ["news"]})

    assert "Who your counterpart is" in html
    assert 'value="reminder" id="id_wanted_0" checked' in html
    assert 'value="news" id="id_wanted_1">' in html
    assert (unwanted_by(ana), recorded()) == (["reminder"], 1)


def test_keeping_a_choice_as_it_is_leaves_no_trace(client, ana):
    client.force_login(ana)

    client.post(CHOICES, {"wanted": ["news", "reminder"]})

    assert (unwanted_by(ana), recorded()) == ([], 0)


@pytest.mark.parametrize("wanted", ["essential", "unknown"])
def test_what_there_is_no_choice_about_is_refused(client, ana, wanted):
    client.force_login(ana)

    answer = client.post(CHOICES, {"wanted": [wanted]})

    assert answer.status_code == 200
    assert "not one of the available choices" in answer.content.decode()
    assert unwanted_by(ana) == []


def test_the_choice_is_made_signed_in_and_comes_back_after_it(client, ana):
    answer = Client().get(CHOICES)

    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"?next={CHOICES}")


def test_the_page_says_when_messages_come(client, ana, settings):
    settings.QUIET_HOURS = time(20), time(7, 30)
    ana.own_zone = "Asia/Tokyo"
    ana.save()
    client.force_login(ana)

    html = client.get(CHOICES).content.decode()
    settings.QUIET_HOURS = None
    none = client.get(CHOICES).content.decode()

    assert "not between 20:00 and 07:30 (Asia/Tokyo)" in html
    assert reverse("people:away_list") in html
    assert "at any hour here" in none


def test_the_page_leads_there_and_nobody_is_led_to_that_of_others(client, ana):
    client.force_login(ana)

    assert CHOICES in client.get(ana.get_absolute_url()).content.decode()
    assert CHOICES in client.get(reverse("people:away_list")).content.decode()
