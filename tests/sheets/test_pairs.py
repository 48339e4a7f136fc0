"""Pairs out of an old spreadsheet."""

import csv
import io
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sheets.books import make_zip
from upwell.sheets import SheetError
from upwell.sheets.pairs import PairRow, PairsReading, read_pairs

HEADER = ["Mentor", "Mentee", "Status", "Since", "Until"]
TODAY = date(2026, 11, 29)


@pytest.fixture
def read(make_file):
    def read_rows(*rows, **options):
        target = io.StringIO()
        csv.writer(target).writerows(rows)
        return read_pairs(make_file(target.getvalue()), **{"today": TODAY} | options)

    return read_rows


def problems(reading):
    return [(one.row, one.column, one.value, one.reason.code) for one in reading.problems]


def test_every_column_is_read(read):
    reading = read(
        HEADER,
        ["Ann", "Vera", "active", "2026-01-15", ""],
        ["Bo", "Will", "Ended", "15.01.2025", "30.06.2025"],
    )

    assert reading.pairs == (
        PairRow(2, "Ann", "Vera", "current", date(2026, 1, 15)),
        PairRow(3, "Bo", "Will", "former", date(2025, 1, 15), date(2025, 6, 30)),
    )
    assert (reading.problems, reading.rows) == ((), 2)


@pytest.mark.parametrize(
    ("mentor", "mentee"),
    [
        ("Mentor", "Mentee"),
        ("MENTOR E-MAIL", "mentee e-mail"),
        ("Mentor (junior)", "Mentee (senior)"),
        ("Reverse mentor", "Executive"),
        ("Mentor:in", "Mentee Name"),
        ("mentor_employee_id", "menteeEmployeeId"),
    ],
)
def test_headers_in_the_wild_are_known(read, mentor, mentee):
    (pair,) = read(["No", mentor, mentee, "Remarks"], ["7", "Ann", "Vera", "-"]).pairs

    assert (pair.mentor, pair.mentee) == ("Ann", "Vera")


def test_of_several_columns_the_one_that_tells_people_apart_is_taken(read):
    header = ["Mentor name", "Mentor email", "Mentee", "Mentee ID"]
    reading = read(header, ["Ann", "ann@x.org", "Vera", "E7"])

    assert [(pair.mentor, pair.mentee) for pair in reading.pairs] == [("ann@x.org", "E7")]
    assert [one.field for one in reading.columns] == [None, "mentor", None, "mentee"]


def test_columns_can_be_laid_down(read):
    columns = {"mentor": "Guide", "mentee": "Guided"}
    reading = read(["Guide", "Guided", "Status"], ["Ann", "Vera", "ended"], columns=columns)

    assert reading.pairs == (PairRow(2, "Ann", "Vera", "current"),)


@pytest.mark.parametrize(
    ("until", "today", "state"),
    [
        ("", TODAY, "current"),
        ("2026-11-28", TODAY, "former"),
        ("2026-11-29", TODAY, "current"),
        ("2027-06-30", TODAY, "current"),
        ("2027-06-30", None, "former"),
    ],
)
def test_without_a_state_the_end_decides(read, until, today, state):
    reading = read(["Mentor", "Mentee", "Until"], ["Ann", "Vera", until], today=today)

    assert [pair.state for pair in reading.pairs] == [state]


@pytest.mark.parametrize(
    ("row", "column", "code", "pairs"),
    [
        (["", "Vera", "", "", ""], "Mentor", "pair_without_mentor", 0),
        (["Ann", "n/a", "", "", ""], "Mentee", "pair_without_mentee", 0),
        (["Ann", " ANN", "", "", ""], "Mentee", "pair_of_one", 0),
        (["Ann", "Vera", "sleeping", "", ""], "Status", "bad_pair_state", 0),
        (["Ann", "Vera", "", "soon", ""], "Since", "bad_date", 1),
        (["Ann", "Vera", "", "2026-02-01", "2026-01-01"], "Until", "pair_ends_first", 0),
        (["bo", "WILL", "", "", ""], "Mentor", "pair_twice", 0),
    ],
)
def test_each_problem_is_told_by_row_and_column(read, row, column, code, pairs):
    reading = read(HEADER, ["Bo", "Will", "", "", ""], row)

    assert [(found[0], found[1], found[3]) for found in problems(reading)] == [(3, column, code)]
    assert len(reading.pairs) == 1 + pairs


@pytest.mark.parametrize("end", ["31.06.2025", "spring 2025"])
@pytest.mark.parametrize("state", ["", "former"])
def test_a_pair_does_not_come_to_life_by_an_end_that_is_no_day(read, end, state):
    reading = read(HEADER, ["Ann", "Vera", state, "", end])

    assert reading.pairs == ()
    assert [found[3] for found in problems(reading)] == ["bad_date", "pair_without_end"]


def test_former_pairs_may_come_again(read):
    reading = read(HEADER, ["Ann", "Vera", "ended", "", ""], ["Ann", "Vera", "active", "", ""])

    assert ([pair.state for pair in reading.pairs], reading.problems) == (["former", "current"], ())


def test_pay_is_never_read(read):
    reading = read(["Mentor", "Mentee", "Salary"], ["Ann", "Vera", "100"])

    assert (reading.columns[2].state, reading.columns[2].samples) == ("refused", ())


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (["Mentee", "Since"], "no_mentor_column"),
        (["Mentor", "Since"], "no_mentee_column"),
        (["Employee ID", "Name"], "no_mentor_column"),
    ],
)
def test_a_table_without_both_sides_is_refused(read, header, code):
    with pytest.raises(SheetError) as refused:
        read(header, ["1", "2"])

    assert refused.value.message.code == code


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Mentor,Mentee\n",
        b"%PDF-1.7 pairs",
        b"PK\x03\x04 cut short",
        b'Mentor,Mentee,Since\nAnn,"Vera\n',
        b"\x00\x01\x02\x03" * 40,
        b"Mentor,Mentor,Mentee\n",
        make_zip({"xl/workbook.xml": b"<", "[Content_Types].xml": b"<"}),
    ],
)
def test_hostile_files_are_refused_with_a_sentence(make_file, content):
    with pytest.raises(SheetError) as refused:
        read_pairs(make_file(content))

    assert str(refused.value)


@given(
    st.binary(max_size=300), st.sampled_from([b"", b"Mentor,Mentee\n", b"Mentor;Mentee;Until\n"])
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_bytes_are_read_or_refused(make_file, content, start):
    try:
        reading = read_pairs(make_file(start + content))
    except SheetError:
        return
    assert isinstance(reading, PairsReading)
    assert all(pair.mentor and pair.mentee for pair in reading.pairs)
