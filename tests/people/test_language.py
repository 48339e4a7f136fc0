"""The language of pages and e-mails."""

import django.test
import pytest
from django.core import mail
from django.urls import reverse

from tests.factories import make_manager, make_person
from tests.pairs.organizations import load_demo, manager_of
from upwell.delivery.models import OutboxMessage
from upwell.pairs.services import publish_run, start_run
from upwell.people.invitations import invite
from upwell.people.models import Person

pytestmark = pytest.mark.django_db

GERMAN = {"Accept-Language": "de"}


def choose(client, language, **options):
    return client.post(reverse("people:language_choose"), {"language": language}, **options)


def lang(client, **options):
    return client.get(reverse("account_login"), **options).headers["Content-Language"]


def test_the_browser_says_the_language_until_somebody_chooses(client):
    assert lang(client) == "en"
    assert lang(client, headers=GERMAN) == "de"
    assert lang(client, headers={"Accept-Language": "fi"}) == "en"


def test_a_choice_without_a_sign_in_is_kept_by_the_browser(client):
    answer = choose(client, "de", headers={"Referer": "http://testserver/accounts/login/"})

    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        "http://testserver/accounts/login/",
    )
    assert lang(client) == "de"


def test_a_choice_is_kept_with_the_person_and_beats_the_browser(client):
    person = make_person(sign_in_email="ann@example.com")
    client.force_login(person)

    choose(client, "en")
    client.cookies.pop("language")

    person.refresh_from_db()
    assert person.own_language == "en"
    home = client.get(reverse("desk:home"), headers=GERMAN)
    assert home.headers["Content-Language"] == "en"
    assert '<html lang="en"' in home.content.decode()


@pytest.mark.parametrize("language", ["fi", "", "x" * 300, "../de"])
def test_a_language_that_we_do_not_speak_changes_nothing(client, language):
    person = make_person(own_language="de")
    client.force_login(person)

    assert choose(client, language).status_code == 302

    person.refresh_from_db()
    assert person.own_language == "de"


def test_a_language_that_was_once_chosen_and_is_gone_counts_for_none(client):
    person = make_person(sign_in_email="ann@example.com", own_language="x\n1")
    client.force_login(person)

    answer = client.get(reverse("desk:home"), headers=GERMAN)

    assert (answer.headers["Content-Language"], person.language) == ("de", "en")


def test_a_choice_leads_nowhere_else(client):
    answer = choose(client, "de", headers={"Referer": "https://elsewhere.example/"})

    assert answer.headers["Location"] == "/"


def test_the_language_is_chosen_by_a_post_only(client):
    assert client.get(reverse("people:language_choose")).status_code == 405


def test_it_can_be_chosen_before_the_second_factor():
    """Django's own client gives none."""
    client, manager = django.test.Client(), make_manager()
    client.force_login(manager)

    choose(client, "de")

    manager.refresh_from_db()
    assert manager.own_language == "de"


def test_an_invitation_is_in_the_language_of_whom_it_is_for(settings):
    one, other, third = (
        make_person(sign_in_email=f"{name}@example.com", own_language=language)
        for name, language in (("one", "de"), ("other", "en"), ("third", ""))
    )
    for person in (one, other, third):
        invite(person, by=None)
    settings.LANGUAGE_CODE = "de"
    invite(third, by=None)

    found = {message.subject for message in OutboxMessage.objects.filter(person=one)}
    assert found == {"Sie sind zu Upwell eingeladen"}
    said = OutboxMessage.objects.get(person=one)
    assert "Guten Tag" in said.text
    assert '<html lang="de"' in said.html
    assert OutboxMessage.objects.get(person=other).subject == "You are invited to Upwell"
    assert set(OutboxMessage.objects.filter(person=third).values_list("subject", flat=True)) == {
        "You are invited to Upwell",
        "Sie sind zu Upwell eingeladen",
    }


def test_each_of_a_pair_is_told_in_their_language(run_jobs):
    cohort, _people = load_demo(60)
    manager = manager_of(cohort)
    run = start_run(cohort, by=manager)
    run_jobs()
    run.refresh_from_db()
    Person.objects.filter(pk__in=run.proposals.values("mentor__person")).update(own_language="de")
    publish_run(run, reason="Checked by hand.", by=manager)

    told = OutboxMessage.objects.filter(template="pairs/mail/published")
    by_language = {True: set(), False: set()}
    for message in told.select_related("person"):
        by_language[message.person.own_language == "de"].add("Sie beide" in message.text)
    assert by_language == {True: {True}, False: {False}}


def test_a_code_is_in_the_language_of_the_page_that_asked_for_it(client, run_jobs):
    make_person(sign_in_email="ann@example.com")

    client.post(reverse("account_request_login_code"), {"email": "ann@example.com"}, headers=GERMAN)
    run_jobs()

    assert [message.subject for message in mail.outbox] == ["Ihr Code für Upwell"]
