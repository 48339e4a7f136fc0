"""People, programs and cohorts by what one types."""

from dataclasses import dataclass

from upwell.people.models import Person
from upwell.programs.models import Cohort, Program

SHOWN = 8  # of each kind


@dataclass(frozen=True)
class Found:
    """The first of each kind; ``people_more`` says that there are more people than these."""

    people: list[Person]
    people_more: bool
    programs: list[Program]
    cohorts: list[Cohort]

    @property
    def is_empty(self) -> bool:
        return not (self.people or self.programs or self.cohorts)


def search(user: Person, text: str) -> Found | None:
    """What the user may see that has the text in its name; None without a text. Four queries."""
    wanted = text.strip()
    if not wanted:
        return None
    people = Person.objects.visible_to(user).active().searched(wanted, by=user).with_places()
    first = list(people[: SHOWN + 1])
    programs = Program.objects.managed_by(user).filter(name__icontains=wanted)
    cohorts = Cohort.objects.managed_by(user).filter(name__icontains=wanted)
    return Found(
        people=first[:SHOWN],
        people_more=len(first) > SHOWN,
        programs=list(programs[:SHOWN]),
        cohorts=list(cohorts.select_related("program")[:SHOWN]),
    )
