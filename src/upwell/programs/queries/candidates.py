"""Whom of the directory to ask, the most senior first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils.translation import gettext as _

from upwell.people.models import OrgUnit, Person, PersonQuerySet
from upwell.policy.values import same_name
from upwell.programs.models import Program
from upwell.programs.queries import units_below
from upwell.programs.queries.naming import named

SUGGESTED = 5
MOST_FOUND = 10


@dataclass(frozen=True)
class Candidate:
    """Somebody who could be asked, why just they, and what speaks against it.

    ``unit`` is the one that they would speak for.
    """

    person: Person
    reason: str = ""
    warning: str = ""
    unit: int | None = None

    @property
    def words(self) -> str:
        """What leads to them again."""
        return named(self.person)

    @property
    def can_answer(self) -> bool:
        return bool(self.person.sign_in_email)


def by_seniority(people: PersonQuerySet) -> PersonQuerySet:
    """The highest level first; who has none comes last."""
    ordered: PersonQuerySet = people.with_places().order_by(
        F("level__height").desc(nulls_last=True), "name", "pk"
    )
    return ordered


def people_of_functions(functions: Sequence[str]) -> PersonQuerySet:
    """Active people in units or service lines of these names, or below them. Two queries more."""
    wanted = {same_name(name) for name in functions}
    units = [unit for unit in OrgUnit.objects.all() if same_name(unit.name) in wanted]
    lines = Person.objects.active().exclude(service_line="").order_by().distinct()
    named = [
        one for one in lines.values_list("service_line", flat=True) if same_name(one) in wanted
    ]
    found: PersonQuerySet = Person.objects.active().filter(
        Q(unit__in=units_below(units)) | Q(service_line__in=named)
    )
    return found


def owner_candidates(program: Program) -> list[Candidate]:
    """The most senior people of the functions that the goal is about, else of all."""
    functions = [str(name) for name in program.functions]
    if functions:
        reason = _("among the most senior in %(functions)s") % {"functions": ", ".join(functions)}
        found = by_seniority(people_of_functions(functions))[:SUGGESTED]
        if found:
            return [Candidate(person, reason) for person in found]
    reason = _("among the most senior of the organization")
    everybody = Person.objects.active().filter(level__isnull=False)
    return [Candidate(person, reason) for person in by_seniority(everybody)[:SUGGESTED]]


def searched_people(text: str, *, by: Person) -> list[Candidate]:
    """The first of those whom the user finds by a text, the most senior first; none for ""."""
    if not text.strip():
        return []
    found = by_seniority(Person.objects.active().searched(text, by=by))
    return [Candidate(person) for person in found[:MOST_FOUND]]
