"""Who reads the published lessons and guidelines of which programs."""

from django.db.models import Q, QuerySet

from upwell.learning.models import Publication
from upwell.people.models import Person
from upwell.programs.models import Enrollment, Program


def readers_program(user: Person, kind: str = "") -> QuerySet[Program]:
    """Programs that the user takes part in or watches, and that have published this kind, or any.

    Whoever manages a program or answers for it reads what its people read.
    """
    published = Publication.objects.filter(kind=kind) if kind else Publication.objects.all()
    own = Q(pk__in=taken_part(user).values("cohort__program"))
    watched = Q(pk__in=Program.objects.watched_by(user).values("pk"))
    return Program.objects.filter(own | watched, pk__in=published.values("program"))


def taken_part(user: Person) -> QuerySet[Enrollment]:
    """Also where they have not answered yet."""
    return Enrollment.objects.present().filter(person=user)
