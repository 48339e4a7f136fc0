"""Control characters in a file, which would run in a terminal, are not shown."""

from dataclasses import replace

import pytest

from upwell.sheets import Mapping, SheetError
from upwell.sheets.words import bare

RED = "\x1b[31m"


def test_header_is_shown_without_control_characters(read):
    reading = read(["\x1bID", f"Shoe{RED}", "Time\nzone"], ["1", "42", RED])

    assert [column.header for column in reading.columns] == ["ID", "Shoe [31m", "Time zone"]
    assert reading.problems[0].column == "Time zone"
    assert reading.problems[0].value == "[31m"


def test_level_has_no_control_characters(read):
    reading = read(["ID", "Level"], ["1", f"Wiz{RED}ard"], ["2", "Elf\u202e"])

    assert reading.people.levels == ("Wiz [31mard", "Elf")
    assert reading.unplaced_levels == ("Elf", "Wiz [31mard")


def test_nothing_that_is_shown_has_control_characters(read):
    fields = ["E-mail", "Name", "Level", "Office", "Manager", "Capacity", "Role", "Dotted line"]
    row = [f"{RED}{at}\r\n\x9b" for at in range(len(fields))]

    reading = read(
        [f"{name}\x1b" for name in fields], row, level_order=[f"{RED}2  \x9b", f"{RED}9"]
    )

    shown = replace(reading, format=None)
    assert "\\x" not in repr(shown)
    assert "\\r" not in repr(shown)
    assert all(str(notice).isprintable() for notice in reading.notices)
    assert all(str(problem.reason).isprintable() for problem in reading.problems)


def test_mapping_of_a_header_with_control_characters_reads_again(read):
    rows = [[f"Sho{RED}e", "Full\nname"], ["1", "Ann"]]
    mapping = Mapping(columns={"id": f"Sho{RED}e", "name": "Full\nname"})

    reading = read(*rows, mapping=mapping)

    assert reading.mapping.columns == {"id": "Sho [31me", "name": "Full name"}
    assert read(*rows, mapping=reading.mapping).people == reading.people


def test_list_keeps_its_lines(read):
    topics = read(["ID", "Topics offered"], ["1", "AI\r\nCloud"]).people.offered

    assert [topic.name for topic in topics[0]] == ["AI", "Cloud"]


@pytest.mark.parametrize("mapping", [Mapping(encoding=RED), Mapping(separator=RED)])
def test_refusal_has_no_control_characters(read, mapping):
    with pytest.raises(SheetError) as caught:
        read(["ID"], ["1"], mapping=mapping)

    assert str(caught.value).isprintable()


def test_marks_that_letters_need_are_kept():
    assert bare(" می\u200cخواهم\u00a0x ") == "می\u200cخواهم\u00a0x"
