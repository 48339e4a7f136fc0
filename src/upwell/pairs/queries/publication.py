"""What publishing a run will do, in numbers."""

from dataclasses import dataclass

from django.db.models import Count, Q

from upwell.pairs.models import MatchRun
from upwell.people.models import Person


@dataclass(frozen=True)
class Publication:
    """``people`` are told by e-mail but for those ``without_address``."""

    pairs: int
    people: int
    without_address: int

    @property
    def mails(self) -> int:
        return self.people - self.without_address


def publication_of(run: MatchRun) -> Publication:
    """One query."""
    mentors = Q(enrollments__proposals_as_mentor__run=run)
    mentees = Q(enrollments__proposals_as_mentee__run=run)
    people = Person.objects.filter(mentors | mentees).order_by()
    nowhere = Q(contact_email="") & (Q(sign_in_email__isnull=True) | Q(sign_in_email=""))
    counts = people.aggregate(
        people=Count("pk", distinct=True), nowhere=Count("pk", filter=nowhere, distinct=True)
    )
    return Publication(run.figures.get("pairs", 0), counts["people"], counts["nowhere"])
