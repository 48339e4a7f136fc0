"""Taking back what somebody could sign in with."""

from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from upwell.audit.services import record_all
from upwell.people.models import Invitation, Person


@transaction.atomic
def end_access(people: QuerySet[Person], *, by: Person | None) -> None:
    """End sessions, passwords and open invitations of people, with their very next request.

    For good: an old session does not come back to life when somebody returns.
    """
    record_all("people.access.ended", by=by, on=people)
    people.update(password=make_password(None), sessions_ended=F("sessions_ended") + 1)
    Invitation.objects.open().filter(person__in=people).update(expires_at=timezone.now())


def forget_sessions() -> None:
    """Drop sessions that are over."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
