"""What publishing a run will do, in numbers."""

from dataclasses import dataclass

from django.db.models import Count, Q

from upwell.pairs.models import MatchRun
from upwell.people.models import Person


@dataclass(frozen=True)
class Publication:
    """``people`` are told by e-mail but for those ``without_address``.

    Those ``without_sign_in`` have no address to sign in with, whether they are told or not.
    """

    pairs: int
    people: int
    without_address: int
    without_sign_in: int

    @property
    def mails(self) -> int:
        return self.people - self.without_address


def publication_of(run: MatchRun) -> Publication:
    """One query."""
    mentors = Q(enrollments__proposals_as_mentor__run=run)
    mentees = Q(enrollments__proposals_as_mentee__run=run)
    people = Person.objects.filter(mentors | mentees).order_by()
    locked_out = Q(sign_in_email__isnull=True) | Q(sign_in_email="")
    nowhere = Q(contact_email="") & locked_out
    counts = people.aggregate(
        people=Count("pk", distinct=True),
        without_address=Count("pk", filter=nowhere, distinct=True),
        without_sign_in=Count("pk", filter=locked_out, distinct=True),
    )
    return Publication(run.figures.get("pairs", 0), **counts)
