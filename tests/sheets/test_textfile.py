import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from upwell.sheets import Mapping, SheetError, read_people, textfile
from upwell.sheets.words import bare

WORDS = (
    "Ann",
    "Zoë",
    "Núñez",
    "O'Neil",
    'Kim "K"',
    "Lee, Bo",
    "a; b",
    "x\ty",
    "p|q",
    "Größe",
    '"',
    "10",
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252")
cells = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
tables = st.lists(st.tuples(cells, cells), min_size=1, max_size=8)


@given(
    tables,
    st.sampled_from(ENCODINGS),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_read_back_as_written(tmp_path, table, encoding, separator, end):
    target = io.StringIO()
    writer = csv.writer(target, delimiter=separator, lineterminator=end)
    writer.writerow(["Employee ID", "Full name", "Team"])
    writer.writerows([f"p{at}", *row] for at, row in enumerate(table))
    path = tmp_path / "people.csv"
    path.write_bytes(target.getvalue().encode(encoding))

    people = read_people(path).people

    assert people.ids == tuple(f"p{at}" for at in range(len(table)))
    written = [(bare(name), bare(team)) for name, team in table]
    assert list(zip(people.names, people.teams, strict=True)) == written


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'ID,Name\n1,a\n2,"bo', "cut_quote"),
        ("ID,Name\n1,a\n".encode("utf-16")[:-1], "cut_encoding"),
        (b"ID,Name\n1," + b"x" * 200_000 + b"\n", "cell_too_long"),
        (b"ID,Name\n1,a\n" + b"x" * 1_000_001, "line_too_long"),
        (b"ID," * 400_000, "line_too_long"),
    ],
)
def test_text_that_breaks_off_or_never_ends_is_refused(read_text, content, code):
    with pytest.raises(SheetError) as caught:
        read_text(content)

    assert caught.value.message.code == code


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\nID;Name\n1;a,b\n",
        '"sep=;"\r\nID;Name\r\n1;a,b\r\n',
        "ID\tName\n1\ta,b",
        "ID|Name\r1|a,b\r",
    ],
)
def test_separator_and_line_ends_are_found(read_text, text):
    people = read_text(text).people

    assert (people.ids, people.names) == (("1",), ("a,b",))


def test_nul_bytes_are_left_out(read_text):
    assert read_text("ID,Name\n1,A\0nn\n").people.names == ("Ann",)


def test_quotation_mark_inside_a_text_is_a_character(read_text):
    assert read_text('ID,Name\n1,Ann "A" Lee\n').people.names == ('Ann "A" Lee',)


def test_too_many_lines_are_refused(read_text, monkeypatch):
    monkeypatch.setattr(textfile, "RECORDS", 5)

    with pytest.raises(SheetError) as caught:
        read_text("ID,Name\n1,Ann" + "\n" * 9)

    assert caught.value.message.code == "too_many_rows"


def test_encoding_and_separator_of_the_mapping_win(read_text):
    mapping = Mapping(encoding="cp850", separator="x")

    reading = read_text("IDxName\n1xZoë\n", encoding="cp850", mapping=mapping)

    assert (reading.people.names, reading.notices) == (("Zoë",), ())


@pytest.mark.parametrize(
    ("mapping", "code"),
    [(Mapping(encoding="klingon"), "unknown_encoding"), (Mapping(separator=",,"), "mapping_value")],
)
def test_encoding_or_separator_that_is_none_is_refused(read_text, mapping, code):
    with pytest.raises(SheetError) as caught:
        read_text("ID\n1\n", mapping=mapping)

    assert caught.value.message.code == code
