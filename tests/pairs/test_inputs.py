"""What is kept of a table, so that a run can be proven again."""

from dataclasses import replace
from uuid import UUID

from upwell.pairs.services.inputs import pack, unpack
from upwell.programs.services.table import CohortTable
from upwell.sheets import People

PEOPLE = People(
    ids=("a", "b", "c"),
    names=("", "", ""),
    roles=("mentor", "mentee", "none"),
    ranked=((("b", "c"),), (("a",), ("c",)), (("a",),)),
)


def packed(people):
    return pack(CohortTable(people, {"a": UUID(int=1)}, ()))


def test_rankings_come_back_but_those_of_people_who_take_no_part():
    kept = unpack(packed(PEOPLE))

    assert kept.people == replace(PEOPLE, ranked=((("b", "c"),), (("a",), ("c",)), ()))
    assert kept.enrollments == {"a": UUID(int=1)}


def test_a_table_without_rankings_comes_back_without():
    people = replace(PEOPLE, ranked=None)

    assert unpack(packed(people)).people == people
