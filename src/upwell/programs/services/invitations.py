"""Inviting everybody of a cohort at once."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from upwell.audit.services import record
from upwell.delivery.jobs import enqueue
from upwell.people.invitations import invite
from upwell.people.models import Person
from upwell.programs.models import Cohort, Sponsor
from upwell.programs.queries import INVITE, inviting
from upwell.programs.queries.sponsors import backing_of
from upwell.programs.services.gates import check_invitations
from upwell.programs.services.rows import locked

CHUNK = 50
Report = Callable[[dict[str, Any]], None]


@transaction.atomic
def invite_participants(cohort: Cohort, *, by: Person) -> int:
    """Ask for an invitation of everybody who can sign in and never did; return of how many.

    A side is invited once its gate is open. Raises ValidationError where neither is, where there is
    nobody to invite, or a job is at it already.
    """
    locked(cohort.program_id)
    if cohort.is_draft:
        raise ValidationError(_("This cohort is a draft. Confirm it before anybody is invited."))
    check_invitations(cohort)
    count = cohort.enrollments.to_invite().admitted().count()
    if inviting(cohort).exists():
        raise ValidationError(_("Invitations of this cohort are being written already."))
    if not count:
        raise ValidationError(_("Everybody who can sign in has been invited."))
    enqueue(INVITE, f"{cohort.pk.hex}{by.pk.hex}", cluster="long")
    record("programs.participants.invited", by=by, on=cohort, facts={"people": count})
    return count


def write_invitations(target: str, *, report: Report) -> None:
    """Job: invite some people after the other, each of them once however often it runs.

    Nothing is written for somebody who does not manage the cohort any more.
    """
    by = Person.objects.filter(pk=UUID(target[32:])).first()
    cohorts = Cohort.objects.managed_by(by) if by else Cohort.objects.none()
    cohort = cohorts.filter(pk=UUID(target[:32])).select_related("program").first()
    if by is None or cohort is None:
        return
    of, done = cohort.enrollments.to_invite().admitted().count(), 0
    while written := write_some(cohort, by):
        done += written
        report({"done": done, "of": of})


@transaction.atomic
def write_some(cohort: Cohort, by: Person) -> int:
    """Invite the next few; the lock keeps two workers from inviting one person twice."""
    locked(cohort.program_id)
    able = cohort.enrollments.to_invite().admitted()
    some = list(able.select_related("person").order_by("pk")[:CHUNK])
    backing = backing_of(cohort.program)
    for enrollment in some:
        person = enrollment.person
        with override(person.language):
            about = what_about(cohort, backing.sponsor_for(person))
        invite(person, by=by, about=about[:300])
    return len(some)


def what_about(cohort: Cohort, sponsor: Sponsor | None) -> str:
    """What somebody is invited to, in the name of the sponsor of their part, if there is one."""
    named = {"program": cohort.program.name, "cohort": cohort.name}
    if sponsor is None:
        return _("You take part in %(program)s, in %(cohort)s.") % named
    who = ", ".join(filter(None, (sponsor.person.name, sponsor.person.title)))
    said = _("In the name of %(sponsor)s: you take part in %(program)s, in %(cohort)s.")
    return said % {"sponsor": who, **named}
