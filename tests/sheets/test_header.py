import pytest

from upwell.sheets import Mapping, SheetError


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("\n\n", "empty"),
        ("ID,Name\n", "no_rows"),
        ("just some prose\nand more\n", "no_table"),
        ("prose\n", "no_table"),
        ("1,Ann,a@x.com\n2,Bo,b@x.com\n", "no_header"),
        ("Ann,Manager,Sales\nBo,Director,HR\n", "few_headers"),
        ("Shoe,Hat\n42,red\n", "unknown_headers"),
        ("ID,Name\nID,Name\n1,Ann\n", "two_headers"),
        ("Person,,Work,\nID,Name,Level,Office\n1,Ann,Director,London\n", "two_headers"),
        ("ID,Name,Level\nEmployee number,Full name,Grade\n1,Ann,Director\n", "two_headers"),
        (",".join(f"c{n}" for n in range(501)) + "\n", "too_many_columns"),
    ],
)
def test_file_without_one_header_is_refused(read_text, text, code):
    with pytest.raises(SheetError) as caught:
        read_text(text)

    assert caught.value.message.code == code


def test_title_above_the_header_is_left_out(read_text):
    reading = read_text("People of 2026,\n\nID,Name\n1,Ann\n")

    assert reading.people.names == ("Ann",)
    assert [str(notice) for notice in reading.notices] == [
        "Rows above the header in row 3 are left out."
    ]


def test_single_column_with_a_known_header_is_a_table(read_text):
    assert read_text("Name\nAnn\nBo\n").people.names == ("Ann", "Bo")


def test_mapping_makes_unknown_headers_a_header(read_text):
    mapping = Mapping(columns={"id": "Shoe", "name": "Hat"})

    assert read_text("Shoe,Hat\n42,red\n", mapping=mapping).people.ids == ("42",)


def test_header_repeated_further_down_is_a_problem(read_text):
    reading = read_text("ID,Name\n1,Ann\nID,Name\n2,Bo\n")

    assert reading.people.ids == ("1", "2")
    assert [(p.row, p.reason.code) for p in reading.problems] == [(3, "repeats_header")]
