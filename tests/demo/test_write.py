"""The synthetic organization as a spreadsheet."""

import csv

import pytest

from upwell.demo import generate, write_csv
from upwell.sheets import read_people


@pytest.mark.parametrize("name", ["people.csv", "people.xlsx"])
def test_reading_the_file_gives_the_same_people(tmp_path, name):
    people = generate(400, seed=3)

    write_csv(people, tmp_path / name)

    reading = read_people(tmp_path / name, level_order=people.level_order)
    assert reading.people == people
    assert reading.problems == ()


def test_no_cell_can_start_a_formula(tmp_path):
    people = generate(200)

    write_csv(people, tmp_path / "people.csv")

    with (tmp_path / "people.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


def test_the_same_people_give_the_same_bytes(tmp_path):
    for name in ("first.csv", "second.csv"):
        write_csv(generate(50), tmp_path / name)

    written = [(tmp_path / name).read_bytes() for name in ("first.csv", "second.csv")]

    assert written[0] == written[1]
