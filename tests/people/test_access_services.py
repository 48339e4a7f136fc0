from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from upwell.delivery.tend import tick

pytestmark = pytest.mark.django_db


def test_a_tick_drops_sessions_that_are_over():
    now = timezone.now()
    for key, days in (("over", -1), ("open", 1)):
        Session.objects.create(session_key=key, expire_date=now + timedelta(days=days))

    tick("here:1")

    assert [session.session_key for session in Session.objects.all()] == ["open"]
