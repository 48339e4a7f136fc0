"""Wrong codes and passwords, in the audit log: one entry for each person and minute at most.

allauth tells of wrong codes by signals alone; docs/decisions/0009 says why they are heard here.
"""

from typing import Any

from allauth.account.signals import login_code_rejected, password_reset_code_rejected
from allauth.mfa.signals import authentication_failed
from django.core.cache import cache
from django.db import transaction

from upwell.audit.services import record
from upwell.people.models import Person

SECONDS = 60


@transaction.atomic
def record_failure(person: Person | None, event: str, **facts: str) -> None:
    """``person`` None stands for every address that nobody has: none of them is written down."""
    who = person.pk.hex if person else "nobody"
    if cache.add(f"{event}:{who}", value=True, timeout=SECONDS):
        record(event, by=None, on=person or Person, facts=facts)


def wrong_login_code(user: Person, **details: Any) -> None:
    record_failure(user, "people.sign_in.failed", way="code")


def wrong_reset_code(user: Person, **details: Any) -> None:
    record_failure(user, "people.sign_in.failed", way="password_reset")


def wrong_one_time_code(user: Person, **details: Any) -> None:
    record_failure(user, "people.second_factor.failed")


HEARD = (
    (login_code_rejected, wrong_login_code),
    (password_reset_code_rejected, wrong_reset_code),
    (authentication_failed, wrong_one_time_code),
)


def listen() -> None:
    """Called once, when the apps are ready."""
    for signal, receiver in HEARD:
        signal.connect(receiver, dispatch_uid=receiver.__name__)
