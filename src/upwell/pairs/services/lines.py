"""Who stands above whom in the directory of today."""

from uuid import UUID

from upwell.people.models import Person
from upwell.policy.lines import ReportingLines
from upwell.programs.services.lines import DirectoryLines
from upwell.sheets import People


def directory_lines() -> tuple[ReportingLines, dict[UUID, int]]:
    """The lines of everybody who is active, and the row of each."""
    everyone = list(Person.objects.order_by("pk").values_list("pk", "employee_id", "is_active"))
    lines = DirectoryLines.of(everyone)
    people = People(
        ids=tuple(lines.ids.values()),
        names=("",) * len(lines.ids),
        managers=tuple(map(lines.manager, lines.ids)),
        dotted=tuple(map(lines.dotted, lines.ids)),
    )
    return ReportingLines(people), {pk: row for row, pk in enumerate(lines.ids)}
