"""Columns as a file before had them, and columns that only a person can tell."""

import pytest

from upwell.sheets import Mapping, SheetError, read_columns


def fields(reading):
    return {report.header: report.field for report in reading.columns}


def test_columns_are_read_as_they_were_before(read):
    known = {"Kennung": "id", "Wer": "name"}

    reading = read(["Kennung", "Wer"], ["1", "Ann"], known=known)

    assert (reading.people.ids, reading.people.names) == (("1",), ("Ann",))
    assert reading.mapping.columns == {"id": "Kennung", "name": "Wer"}


def test_what_was_known_comes_before_a_guess(read):
    known = {"Grade": "title", "Team": "", "Contact": ""}
    header = ["ID", "Grade", "Team", "Contact", "Office"]

    reading = read(header, ["1", "Clerk", "Blue", "a@x.com", "Oslo"], known=known)

    assert fields(reading) == {
        "ID": "id",
        "Grade": "title",
        "Team": None,
        "Contact": None,
        "Office": "office",
    }


def test_a_refused_column_stays_refused_whatever_was_known(read):
    reading = read(["ID", "Salary"], ["1", "9"], known={"Salary": "title"})

    assert [report.state for report in reading.columns] == ["mapped", "refused"]


def test_a_mapping_comes_before_what_was_known(read):
    mapping = Mapping(columns={"id": "ID", "team": "Grade"})

    reading = read(["ID", "Grade"], ["1", "A"], mapping=mapping, known={"Grade": "title"})

    assert fields(reading) == {"ID": "id", "Grade": "team"}


def test_unknown_columns_can_be_looked_at(make_file):
    path = make_file("Kennung;Wer;Gehalt\n1;Ann;9\n")

    found = read_columns(path, mapping=Mapping(columns={"id": "Gone"}))

    states = [(report.header, report.state, report.samples) for report in found.reports]
    assert states == [
        ("Kennung", "not stored", ()),
        ("Wer", "not stored", ()),
        ("Gehalt", "refused", ()),
    ]
    assert (found.mapping.columns, found.mapping.separator) == ({}, ";")


def test_what_has_no_header_row_has_no_columns(make_file):
    with pytest.raises(SheetError) as caught:
        read_columns(make_file("just prose\n"))

    assert caught.value.message.code == "no_table"
