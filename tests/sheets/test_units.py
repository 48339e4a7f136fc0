import pytest

from upwell.sheets import Mapping, SheetError

HEADER = ["ID", "Name", "Department"]


def people(*units):
    return [[str(number), f"Person {number}", unit] for number, unit in enumerate(units, start=1)]


def above(*pairs):
    rows = [[str(number), f"P {number}", *pair] for number, pair in enumerate(pairs, start=1)]
    return [[*HEADER, "Parent department"], *rows]


@pytest.mark.parametrize(
    "path",
    [
        "Sales / EMEA / Key",
        "Sales>EMEA>Key",
        "Sales > EMEA > Key",
        "Sales|EMEA|Key",
        "Sales\\EMEA\\Key",
    ],
)
def test_a_path_is_told_by_what_stands_between_its_units(read, path):
    reading = read(HEADER, *people(path, "Sales"))

    assert reading.people.units == ("Sales / EMEA / Key", "Sales")


@pytest.mark.parametrize("name", ["Research/Development", "R&D - Labs", "Sales, EMEA", "A/B/C"])
def test_names_with_other_signs_are_one_unit(read, name):
    reading = read(HEADER, *people(name, "Sales"))

    assert reading.people.units == (name, "Sales")
    assert reading.mapping.unit_separator == ""


def test_a_mapping_says_that_a_slash_without_space_parts(read):
    reading = read(HEADER, *people("Sales/EMEA"), mapping=Mapping(unit_separator="/"))

    assert reading.people.units == ("Sales / EMEA",)


def test_a_mapping_says_that_units_are_no_paths(read):
    reading = read(HEADER, *people("Sales > EMEA"), mapping=Mapping(unit_separator="none"))

    assert reading.people.units == ("Sales > EMEA",)


def test_the_mapping_found_reads_the_file_the_same_way(read):
    rows = people("Sales > A / B", "Sales > C")

    first = read(HEADER, *rows)
    again = read(HEADER, *rows, mapping=Mapping.from_toml(first.mapping.to_toml()))

    assert first.mapping.unit_separator == ">"
    assert first.people.units == again.people.units == ("Sales / A/B", "Sales / C")


def test_blank_parts_are_left_out(read):
    assert read(HEADER, *people("> Sales > > EMEA >")).people.units == ("Sales / EMEA",)


def test_a_path_too_deep_is_unknown_and_told(read):
    reading = read(HEADER, *people(" / ".join("ABCDEFGHIJKLM")))

    assert reading.people.units == ("",)
    assert [(one.row, one.reason.code) for one in reading.problems] == [(2, "unit_too_deep")]


def test_a_column_with_the_unit_above_makes_paths(read):
    reading = read(*above(("Key", "EMEA"), ("EMEA", "Sales"), ("Sales", ""), ("", "Sales")))

    assert reading.people.units == ("Sales / EMEA / Key", "Sales / EMEA", "Sales", "")


def test_of_two_units_above_the_first_counts(read):
    reading = read(*above(("EMEA", "Sales"), ("EMEA", "Finance")))

    assert reading.people.units == ("Sales / EMEA",) * 2
    problems = [(one.row, one.column, one.value, one.reason.code) for one in reading.problems]
    assert problems == [(3, "Parent department", "Finance", "unit_two_parents")]


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        (
            [("X", ""), ("A", "B"), ("B", "C"), ("C", "A"), ("A", "B")],
            "A, B, C, A, in rows 3, 4, 5, 6",
        ),
        ([("A", "A")], "A, A, in rows 2"),
    ],
)
def test_units_above_each_other_are_refused_with_their_rows(read, pairs, said):
    with pytest.raises(SheetError) as refused:
        read(*above(*pairs))

    assert refused.value.message.code == "unit_loop"
    assert said in str(refused.value)
