"""In whose name people are invited, and which leaders could be asked next."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _

from upwell.people.models import OrgUnit, Person
from upwell.programs.models import Program, Sponsor
from upwell.programs.queries.candidates import SUGGESTED, Candidate

BIG = 10  # people


@dataclass(frozen=True)
class Backing:
    """The committed sponsors of a program by the unit that they speak for; None for the whole."""

    sponsors: dict[int | None, list[Sponsor]]
    parents: dict[int, int | None]

    def sponsor_for(self, person: Person) -> Sponsor | None:
        """The nearest up the person's units, else of the whole; nobody for themselves.

        Of several who speak for the same, the most senior.
        """
        for unit in (*up_from(person.unit_id, self.parents), None):
            for sponsor in self.sponsors.get(unit, ()):
                if sponsor.person_id != person.pk:
                    return sponsor
        return None


def backing_of(program: Program) -> Backing:
    """Two queries; ask it for as many people as there are."""
    found: dict[int | None, list[Sponsor]] = {}
    for sponsor in program.sponsors.committed().select_related("person__level"):
        found.setdefault(sponsor.unit_id, []).append(sponsor)
    for several in found.values():
        several.sort(key=lambda one: (-height_of(one.person), one.person.name, str(one.pk)))
    return Backing(found, parents_of_units() if found else {})


def sponsor_for(program: Program, person: Person) -> Sponsor | None:
    """In whose name something goes to one person; for many, ask ``backing_of`` once."""
    return backing_of(program).sponsor_for(person)


def height_of(person: Person) -> int:
    return person.level.height if person.level else 0


def parents_of_units() -> dict[int, int | None]:
    return dict(OrgUnit.objects.order_by().values_list("pk", "parent"))


def up_from(unit: int | None, parents: dict[int, int | None]) -> Iterator[int]:
    """The unit and those above it; a loop ends where it began."""
    seen: set[int] = set()
    while unit is not None and unit not in seen:
        seen.add(unit)
        yield unit
        unit = parents.get(unit)


def sponsor_candidates(program: Program) -> list[Candidate]:
    """Leaders whom a mentor has changed, then the most senior of big units; none on the list."""
    listed = set(program.sponsors.values_list("person", flat=True))
    told = [
        Candidate(answer.person, _("says that a mentor changed their work"))
        for answer in program.leader_answers.told().with_people()
        if answer.person_id not in listed
    ]
    told.sort(key=lambda one: (-height_of(one.person), one.person.name))
    known = listed | {one.person.pk for one in told}
    return [*told, *heads_of_big_units(known)][:SUGGESTED]


def heads_of_big_units(known: set[UUID]) -> list[Candidate]:
    """The most senior of each unit of at least ten people, by level and size. Three queries."""
    parents = parents_of_units()
    sizes: Counter[int] = Counter()
    highest: dict[int, tuple[int, str, UUID]] = {}
    rows = Person.objects.active().filter(unit__isnull=False).order_by()
    for pk, unit, height in rows.values_list("pk", "unit", "level__height"):
        for above in up_from(unit, parents):
            sizes[above] += 1
            highest[above] = max(highest.get(above, (0, "", pk)), (height or 0, str(pk), pk))
    heads: dict[UUID, tuple[int, int, int]] = {}
    for unit, (height, _key, pk) in highest.items():
        if sizes[unit] >= BIG and height and pk not in known:
            heads[pk] = max(heads.get(pk, (0, 0, 0)), (height, sizes[unit], unit))
    ranked = sorted(heads, key=lambda pk: (heads[pk], str(pk)), reverse=True)[:SUGGESTED]
    return with_units(ranked, {pk: heads[pk][2] for pk in ranked}, sizes)


def with_units(ranked: list[UUID], units: dict[UUID, int], sizes: Counter[int]) -> list[Candidate]:
    people = Person.objects.with_places().in_bulk(ranked)
    names = OrgUnit.objects.in_bulk(units.values())
    said = _("the most senior of %(unit)s, %(count)s people")
    return [
        Candidate(
            people[pk],
            said % {"unit": names[units[pk]], "count": intcomma(sizes[units[pk]])},
            unit=units[pk],
        )
        for pk in ranked
    ]
