"""Those who take part in a cohort as a table to keep, which ``upwell match`` can read."""

from collections.abc import Iterable
from dataclasses import fields, replace

from upwell.programs.models import Cohort
from upwell.programs.services.table import read_table
from upwell.sheets import People


def participants_of(cohort: Cohort) -> People:
    """Those who take part and everybody above them, without whom no reporting line can be checked.

    Whoever stands above and takes no part has the role "none".
    """
    people = read_table(cohort, cohort.program.policy).people
    roles = people.roles or ()
    inside = with_those_above(people, (at for at, role in enumerate(roles) if role != "none"))
    return those(people, sorted(inside))


def with_those_above(people: People, rows: Iterable[int]) -> set[int]:
    """These rows and those of everybody above them, solid and dotted, at any depth."""
    nobody: tuple[str, ...] = ()
    solid, dotted = people.managers or nobody, people.dotted or ()
    found: set[int] = set()
    waiting = list(rows)
    while waiting:
        row = waiting.pop()
        if row not in found:
            found.add(row)
            above = (*solid[row : row + 1], *(dotted[row] if dotted else ()))
            waiting += [people.row_of[person] for person in above if person in people.row_of]
    return found


def those(people: People, rows: list[int]) -> People:
    """The table of these rows alone."""
    columns = {
        field.name: tuple(column[row] for row in rows)
        for field in fields(people)
        if field.name != "level_order" and (column := getattr(people, field.name)) is not None
    }
    return replace(people, **columns)
