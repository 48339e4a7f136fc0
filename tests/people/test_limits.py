"""Limits on tries: counted for all processes together, and for the right machine."""

import os
import subprocess
import sys

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from tests.factories import make_person
from upwell.delivery.models import OutboxMessage
from upwell.people.adapter import client_address

ASK = """
import django; django.setup()
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
for _ in range({times}):
    answer = Client().post("/accounts/login/code/", {{"email": "ann@example.com"}})
    print(answer.status_code)
"""


@pytest.mark.django_db
def test_the_fourth_code_within_a_minute_is_refused(settings):
    settings.EMAIL_BACKEND = "upwell.delivery.backends.OutboxBackend"
    make_person(sign_in_email="ann@example.com")
    answers = [
        Client().post(reverse("account_request_login_code"), {"email": "ann@example.com"})
        for _ in range(4)
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 200]
    assert "Too many" in answers[3].content.decode()
    assert OutboxMessage.objects.count() == 3


def test_two_processes_count_together(tmp_path):
    variables = os.environ | {
        "DJANGO_SETTINGS_MODULE": "upwell.settings",
        "UPWELL_DATABASE_URL": f"sqlite:///{tmp_path / 'upwell.sqlite3'}",
        "UPWELL_KEYS_URL": f"sqlite:///{tmp_path / 'keys.sqlite3'}",
        "UPWELL_ALLOWED_HOSTS": "testserver",
    }
    told = [
        subprocess.run(
            [sys.executable, "-c", ASK.format(times=times)],
            env=variables,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout.split()
        for times in (2, 2)
    ]

    assert told == [["302", "302"], ["302", "200"]]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "found"),
    [
        (0, "203.0.113.9", "192.0.2.7"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.7"),
        (1, "", "192.0.2.7"),
    ],
)
def test_the_address_of_a_client_is_what_our_own_proxies_saw(settings, proxies, forwarded, found):
    settings.PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR=forwarded)

    assert client_address(request) == found
