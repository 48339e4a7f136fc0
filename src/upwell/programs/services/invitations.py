"""Inviting everybody of a cohort at once, and reminding those who have not come."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from upwell.audit.services import record
from upwell.core.links import absolute_url
from upwell.delivery.jobs import enqueue
from upwell.delivery.services import post
from upwell.people.invitations import DAYS, invite
from upwell.people.models import Person
from upwell.programs.message_texts import MESSAGES
from upwell.programs.models import (
    Cohort,
    Enrollment,
    EnrollmentQuerySet,
    MessageText,
    Sponsor,
)
from upwell.programs.queries import INVITE, REMIND, inviting
from upwell.programs.queries.message_texts import title_of, values_for, wording_of
from upwell.programs.queries.sponsors import backing_of
from upwell.programs.services.gates import check_invitations
from upwell.programs.services.one_purpose import no_href
from upwell.programs.services.rows import locked

CHUNK = 50
Kind = MessageText.Kind
Report = Callable[[dict[str, Any]], None]


@transaction.atomic
def invite_participants(cohort: Cohort, *, by: Person) -> int:
    """Ask that everybody be asked who can sign in and was not asked yet; return of how many.

    A side is invited once its gate is open. Raises ValidationError where neither is, where there is
    nobody to invite, or a job is at it already.
    """
    locked(cohort.program_id)
    check_invitations(cohort)
    nobody = _("Everybody who can sign in has been asked.")
    count = ask_for(INVITE, cohort, readers(cohort, Kind.INVITATION), nobody, by=by)
    record("programs.participants.invited", by=by, on=cohort, facts={"people": count})
    return count


@transaction.atomic
def remind_participants(cohort: Cohort, *, by: Person) -> int:
    """Ask for a reminder of everybody who was asked some days ago and said nothing; of how many.

    Raises ValidationError where there is nobody to remind, or a job is at it already.
    """
    locked(cohort.program_id)
    nobody = _("There is nobody to remind: who was asked has answered, or was written to lately.")
    count = ask_for(REMIND, cohort, readers(cohort, Kind.REMINDER), nobody, by=by)
    record("programs.participants.reminded", by=by, on=cohort, facts={"people": count})
    return count


def ask_for(
    job: str, cohort: Cohort, people: EnrollmentQuerySet, nobody: str, *, by: Person
) -> int:
    count = people.count()
    if inviting(cohort).exists():
        raise ValidationError(_("Invitations of this cohort are being written already."))
    if not count:
        raise ValidationError(nobody)
    enqueue(job, f"{cohort.pk.hex}{by.pk.hex}", cluster="long")
    return count


def readers(cohort: Cohort, kind: Kind) -> EnrollmentQuerySet:
    """Who still is to be written to."""
    if kind == Kind.REMINDER:
        return cohort.enrollments.to_remind()
    return cohort.enrollments.to_invite().admitted()


def write_invitations(target: str, *, report: Report) -> None:
    """Job: invite some people after the other, each of them once however often it runs.

    Nothing is written for somebody who does not manage the cohort any more.
    """
    write(target, Kind.INVITATION, report)


def write_reminders(target: str, *, report: Report) -> None:
    """Job: remind people as ``write_invitations`` invites them."""
    write(target, Kind.REMINDER, report)


def write(target: str, kind: Kind, report: Report) -> None:
    by = Person.objects.filter(pk=UUID(target[32:])).first()
    cohorts = Cohort.objects.managed_by(by) if by else Cohort.objects.none()
    cohort = cohorts.filter(pk=UUID(target[:32])).select_related("program").first()
    if by is None or cohort is None:
        return
    of, done = readers(cohort, kind).count(), 0
    while written := write_some(cohort, kind, by):
        done += written
        report({"done": done, "of": of})


@transaction.atomic
def write_some(cohort: Cohort, kind: Kind, by: Person) -> int:
    """Write to the next few; the lock keeps two workers from writing to one person twice."""
    locked(cohort.program_id)
    some = list(readers(cohort, kind).select_related("person").order_by("pk")[:CHUNK])
    write_to(some, cohort, kind, by)
    return len(some)


def write_to(some: Sequence[Enrollment], cohort: Cohort, kind: Kind, by: Person) -> None:
    """Write to each of these, with their people at hand. For callers that hold the lock."""
    backing, wording = backing_of(cohort.program), wording_of(cohort.program, kind)
    for enrollment in some:
        person, enrollment.cohort = enrollment.person, cohort
        sponsor, language = backing.sponsor_for(person), person.language
        with override(language):
            about = what_about(cohort, sponsor)
        values = values_for(cohort, language=language, by=by, name=person.name, sponsor=sponsor)
        ask(enrollment, kind, by=by, about=about, context=wording.context(language, values))
    Enrollment.objects.filter(pk__in=[one.pk for one in some]).update(asked_at=timezone.now())


def ask_some(cohort: Cohort, people: EnrollmentQuerySet, *, by: Person) -> int:
    """Write to those of these whose side is open, who can sign in and have not answered; to how
    many. For callers that hold the lock.
    """
    some = list(people.unanswered().admitted().select_related("person").order_by("pk"))
    write_to(some, cohort, Kind.INVITATION, by)
    if some:
        record("programs.participants.invited", by=by, on=cohort, facts={"people": len(some)})
    return len(some)


def ask(
    enrollment: Enrollment, kind: Kind, *, by: Person, about: str, context: Mapping[str, Any]
) -> None:
    """Whoever has never signed in gets a link that does so once; everybody else their page."""
    person, message = enrollment.person, MESSAGES[kind]
    told = {
        **context,
        "no_href": no_href(enrollment),
        "is_mentor": enrollment.is_mentor,
        "answer_by": enrollment.cohort.enrolls_until,
    }
    if person.last_login is None:
        invite(
            person,
            by=by,
            about=about[:300],
            template=message.template,
            context={**told, "is_first": True},
            category=message.category,
        )
        return
    post(
        message.template,
        to=person,
        address=person.sign_in_email or "",
        context={**told, "href": absolute_url(enrollment.own_href)},
        category=message.category,
        useful_until=timezone.now() + timedelta(days=DAYS),
        has_secret=True,
    )


def what_about(cohort: Cohort, sponsor: Sponsor | None) -> str:
    """What somebody is invited to, in the name of the sponsor of their part, if there is one."""
    named = {"program": cohort.program.name, "cohort": cohort.name}
    if sponsor is None:
        return _("You are asked to take part in %(program)s, in %(cohort)s.") % named
    said = _("In the name of %(sponsor)s: please take part in %(program)s, in %(cohort)s.")
    return said % {"sponsor": title_of(sponsor), **named}
