"""Defences taken out one at a time: with each of them gone, proof S17 must fail."""

from django.db import connection

from upwell.pairs.models.runs import ProposalQuerySet
from upwell.pairs.services import current, publication
from upwell.programs.models import EnrollmentQuerySet
from upwell.programs.services import answering, background


def anybody_is_matched(patch):
    patch.setattr(EnrollmentQuerySet, "enrolled", EnrollmentQuerySet.all)


def places_are_taken_twice(patch):
    """No constraint, and the first place for everybody."""
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX place_taken_once")
    patch.setattr(publication, "take", lambda free, enrollment: free[enrollment.pk][-1])


def consent_is_never_taken_back(patch):
    patch.setattr(background, "since_first", lambda new, old: new or old)


def a_no_comes_too_late(patch):
    """Whoever has said so after the run is paired by it."""
    check_present = current.check_present

    def check(run, proposals):
        for row in proposals:
            row.mentor.state = row.mentee.state = "enrolled"
        check_present(run, proposals)

    patch.setattr(current, "check_present", check)
    patch.setattr(ProposalQuerySet, "standing", ProposalQuerySet.all)


def lines_are_looked_at_once(patch):
    """At the run, and not at the publication."""
    patch.setattr(current, "in_line", lambda policy, couples: ())


def answers_are_told_twice(patch):
    tell = answering.tell_oneself
    patch.setattr(answering, "tell_oneself", lambda *args: (tell(*args), tell(*args)))


def line_managers_are_always_told(patch):
    def tell(enrollment):
        manager = answering.line_manager_of(enrollment.person)
        if enrollment.is_mentor and manager:
            answering.tell(enrollment, manager, answering.Kind.LINE_MANAGER, {})

    patch.setattr(answering, "tell_line_manager", tell)


FAULTS = {
    anybody_is_matched: "who has not said yes",
    places_are_taken_twice: "a place is taken twice",
    consent_is_never_taken_back: "what nobody agreed to",
    a_no_comes_too_late: "who does not take part was paired",
    lines_are_looked_at_once: "a forbidden pair: a reporting line",
    answers_are_told_twice: "told what they have not said",
    line_managers_are_always_told: "a line manager hears",
}
"""What the proof says of each."""
