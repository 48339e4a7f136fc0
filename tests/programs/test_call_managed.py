"""The open call for the program manager: opening, changing and closing it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_call, make_program, make_willing
from upwell.audit.models import AuditEntry
from upwell.programs.call_words import HOW_CHOSEN
from upwell.programs.models import OpenCall

pytestmark = pytest.mark.django_db


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def events():
    return list(AuditEntry.objects.order_by("at").values_list("event", flat=True))


def page(name, row):
    return reverse(f"programs:{name}", args=[row.pk])


def test_a_manager_opens_a_call_changes_and_closes_it(client, manager):
    program = make_program(manager)
    given = {"takes_mentors": "on", "takes_mentees": "on", "how_chosen": "By lot."}

    client.post(page("call_detail", program), given)
    token = OpenCall.objects.get().token
    client.post(page("call_detail", program), given | {"closes_on": today(9).isoformat()})
    client.post(page("call_close", program))

    call = OpenCall.objects.get()
    assert (call.token, call.how_chosen, call.closes_on) == (token, "By lot.", today(9))
    assert not call.is_open()
    assert events() == [f"programs.call.{one}" for one in ("opened", "changed", "closed")]


def test_a_page_from_before_it_was_closed_does_not_open_a_call_again(client, manager):
    call = make_call(make_program(manager))
    given = {"takes_mentors": "on", "how_chosen": "By lot."}
    shown = client.get(page("call_detail", call.program)).content.decode()
    client.post(page("call_close", call.program))

    response = client.post(page("call_detail", call.program), given | {"was_open": "on"})
    text = response.content.decode()

    assert ('name="was_open"' in shown, 'name="was_open"' in text) == (True, False)
    assert "The call has been closed meanwhile. If it is to go on, open it again." in text
    assert not OpenCall.objects.get().is_open()
    client.post(page("call_detail", call.program), given)
    assert OpenCall.objects.get().is_open()


def test_the_words_that_ship_tell_the_order_of_the_roster():
    unplaced, offers = (str(line) for line in HOW_CHOSEN[1:3])

    assert unplaced.startswith("Whoever was not placed last time comes first")
    assert offers.startswith("Then come those")


def test_the_shipped_words_are_not_kept_as_the_managers_own(client, manager):
    program = make_program(manager)
    text = "\r\n".join(str(line) for line in HOW_CHOSEN)

    client.post(page("call_detail", program), {"takes_mentors": "on", "how_chosen": text})

    assert OpenCall.objects.get().how_chosen == ""


def test_a_call_for_nobody_or_until_yesterday_is_refused(client, manager):
    program = make_program(manager)

    for given in ({}, {"takes_mentors": "on", "closes_on": today(-1).isoformat()}):
        assert client.post(page("call_detail", program), given).status_code == 200

    assert not OpenCall.objects.exists()


def test_the_managers_page_shows_the_address_and_how_many_are_willing(client, manager):
    program = make_program(manager)
    call = make_call(program)
    for role in ("mentor", "mentor", "mentee"):
        make_willing(program, role)

    text = client.get(page("call_detail", program)).content.decode()

    assert "The call is open: 3 people are willing" in text
    assert f"/call/{call.token}/" in text


def test_the_call_of_another_program_is_not_found(client, manager):
    call = make_call()

    for name in ("call_detail", "call_poster", "roster_list"):
        assert client.get(page(name, call.program)).status_code == 404
