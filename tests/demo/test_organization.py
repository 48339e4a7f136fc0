"""The synthetic organization."""

import pytest

from upwell.demo import generate, generate_sides
from upwell.demo.catalog import GROUPS, LEVELS, OFFICES
from upwell.demo.names import FIRST_NAMES, LAST_NAMES
from upwell.policy import Policy, compile_problem
from upwell.policy.lines import ReportingLines

PEOPLE = generate()


def height(people, row):
    return LEVELS.index(people.levels[row])


def test_default_organization_has_1200_people_in_nine_offices_and_eight_levels():
    people = PEOPLE

    sizes = len(people), len(set(people.offices)), len(set(people.levels))

    assert sizes == (1_200, 9, 8)


def test_same_seed_gives_the_same_people():
    people = generate(300, seed=7)

    again = generate(300, seed=7)

    assert again == people


def test_another_seed_gives_other_people():
    people = generate(300, seed=7)

    other = generate(300, seed=8)

    assert other.names != people.names


@pytest.mark.parametrize("size", [1, 2, 3, 9, 40])
def test_a_small_organization_has_the_size_asked_for_and_one_head(size):
    people = generate(size)

    heads = [person for person, manager in zip(people.ids, people.managers, strict=True)
             if not manager]  # fmt: skip

    assert (len(people), len(heads)) == (size, 1)


def test_every_manager_is_more_senior_but_the_head_of_equals():
    people = PEOPLE
    head = people.managers.index("")

    wrong = [
        row
        for row, manager in enumerate(people.managers)
        if manager
        and people.row_of[manager] != head
        and height(people, people.row_of[manager]) <= height(people, row)
    ]

    assert wrong == []


def test_every_line_leads_to_the_head():
    people = PEOPLE
    lines = ReportingLines(people)

    tops = {[row, *lines.solid_line(row)][-1] for row in range(len(people))}

    assert tops == {people.managers.index("")}


def test_most_managers_are_of_the_same_unit():
    people = PEOPLE

    same = [
        people.units[row] == people.units[people.row_of[manager]]
        for row, manager in enumerate(people.managers)
        if manager
    ]

    assert sum(same) > 0.8 * len(same)


def test_dotted_lines_lead_to_others_than_the_manager():
    people = PEOPLE

    doubled = [row for row, line in enumerate(people.dotted) if people.managers[row] in line]

    assert doubled == []
    assert 0.04 < sum(map(bool, people.dotted)) / len(people) < 0.12


def test_addresses_are_different_and_plain():
    people = PEOPLE

    addresses = set(people.emails)

    assert len(addresses) == len(people)
    assert all(address.isascii() and " " not in address for address in addresses)


def test_the_middle_is_crowded_and_offices_differ_in_size():
    people = PEOPLE

    by_level = [people.levels.count(level) for level in LEVELS]
    by_office = [people.offices.count(office.name) for office in OFFICES]

    assert max(by_level) in by_level[1:4]
    assert max(by_office) > 8 * min(by_office)


def test_there_are_sixty_topics_in_eight_groups():
    topics = {topic for group in GROUPS for topic in group.topics}

    assert (len(topics), len(GROUPS)) == (60, 8)


def test_every_office_has_names_of_its_own_without_repeats():
    for office in OFFICES:
        for names in (FIRST_NAMES[office.name], LAST_NAMES[office.name]):
            assert len(set(names)) == len(names) >= 20


def test_sides_are_those_of_the_shipped_policy():
    people = generate_sides(70, 40)

    compiled = compile_problem(Policy(), people)

    assert (len(compiled.mentor_rows), len(compiled.mentee_rows)) == (70, 40)


def test_the_shipped_policy_can_check_everything():
    compiled = compile_problem(Policy(), PEOPLE)

    left_out = compiled.not_checked, dict(compiled.unknown), compiled.not_used

    assert left_out == ((), {}, ("ranking",))
    assert compiled.reporting_lines_unknown == 0


def test_an_organization_of_nobody_is_refused():
    size = 0

    with pytest.raises(ValueError, match=r"^people is 0; it must be 1 or more$"):
        generate(size)


def test_an_empty_side_is_refused():
    sides = 0, 5

    with pytest.raises(ValueError, match=r"^mentors is 0, mentees 5; both must be 1 or more$"):
        generate_sides(*sides)
