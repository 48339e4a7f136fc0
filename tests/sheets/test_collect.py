import pytest

from upwell.sheets import SheetError, collect


def codes(reading):
    return [(problem.row, problem.column, problem.reason.code) for problem in reading.problems]


def test_row_that_is_too_wide_is_a_problem(read):
    reading = read(["ID", "Name"], ["1", "Ann", "", ""], ["2", "Bo", "x"])

    assert codes(reading) == [(3, "Name", "too_many_cells")]


def test_row_that_is_too_short_is_a_problem(read):
    reading = read(["ID", "Name", "Team"], ["1", "Ann"], ["2", "Bo", ""])

    assert codes(reading) == [(2, "Team", "too_few_cells")]
    assert reading.people.teams == ("", "")


def test_short_rows_of_a_writer_that_leaves_out_blanks_are_fine(read):
    reading = read(["ID", "Name", "Team"], ["1", "Ann"], ["2", "Bo", "X"], ["3"])

    assert (reading.problems, reading.people.teams) == ((), ("", "X", ""))


def test_last_row_that_is_too_short_is_cut_off(read):
    with pytest.raises(SheetError) as caught:
        read(["ID", "Name"], ["1", "Ann"], ["2"])

    assert str(caught.value) == (
        "The file seems to be cut short: its last row (3) is narrower than the header "
        "(1 of 2 cells). Please export it again."
    )


def test_long_value_is_a_problem_and_shown_short(read):
    reading = read(["ID", "Name"], ["1", "x" * 2_001])

    assert codes(reading) == [(2, "Name", "too_long")]
    assert len(reading.problems[0].value) == 60


def test_unreadable_characters_are_a_problem(make_file, read_text):
    good = "\n".join(f"{at},Zoë" for at in range(300)).encode()

    reading = read_text(b"ID,Name\n" + good + b"\nx,Zo\xeb\n")

    assert codes(reading) == [(302, "Name", "bad_characters")]


@pytest.mark.parametrize("blank", ["N/A", "#REF!", "null", "-"])
def test_words_for_nothing_are_blank(read, blank):
    assert read(["ID", "Team"], ["1", blank]).people.teams == ("",)


def test_too_many_rows_are_refused(read, monkeypatch):
    monkeypatch.setattr(collect, "ROWS", 2)

    with pytest.raises(SheetError) as caught:
        read(["ID"], ["1"], ["2"], ["3"])

    assert caught.value.message.code == "too_many_rows"


def test_too_much_text_is_refused(read, monkeypatch):
    monkeypatch.setattr(collect, "KEPT", 1_000)

    with pytest.raises(SheetError) as caught:
        read(["ID"], *([str(at)] for at in range(1_000)))

    assert caught.value.message.code == "too_much_text"


def test_only_the_first_problems_are_listed(read, monkeypatch):
    monkeypatch.setattr(collect, "PROBLEMS", 2)

    reading = read(["ID", "Capacity"], *([str(at), "x"] for at in range(5)))

    assert (len(reading.problems), reading.problem_count) == (2, 5)
    assert [notice.code for notice in reading.notices] == ["more_problems"]
