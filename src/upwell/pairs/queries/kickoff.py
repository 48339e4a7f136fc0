"""Who hears of the kick-off of a cohort."""

from upwell.pairs.models import Couple
from upwell.people.models import Person, PersonQuerySet
from upwell.programs.models import Cohort


def paired_people(cohort: Cohort) -> PersonQuerySet:
    """Everybody who is here and in a pair of the cohort under way, by name."""
    couples = Couple.objects.active().filter(pair__cohort=cohort).order_by()
    sides = couples.values("mentor").union(couples.values("mentee"))
    found: PersonQuerySet = Person.objects.active().filter(pk__in=sides).order_by("name", "pk")
    return found
