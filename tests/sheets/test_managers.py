import pytest

from upwell.sheets.collect import Cells
from upwell.sheets.identity import Ids
from upwell.sheets.managers import Finder
from upwell.sheets.plan import Plan

HEADER = ["ID", "Name", "Manager", "Status"]
BOSS = ["D1", "Di Roe", "", "active"]


def codes(reading):
    return [(problem.row, problem.column, problem.reason.code) for problem in reading.problems]


def notices(reading):
    return [(notice.code, dict(notice.params)["count"]) for notice in reading.notices]


@pytest.mark.parametrize("manager", ["1", "ann@x.com", "ANN LEE", "Lee, Ann"])
def test_manager_is_found_by_id_email_or_name(read, manager):
    reading = read(
        ["ID", "Name", "E-mail", "Manager"],
        ["1", "Ann Lee", "ann@x.com", ""],
        ["2", "Bo Li", "bo@x.com", manager],
    )

    assert reading.people.managers == ("", "1")


def test_manager_with_a_common_name_is_a_problem(read):
    rows = [["1", "Ann", ""], ["2", "Ann", ""], ["3", "Bo", "Ann"]]

    reading = read(["ID", "Name", "Manager"], *rows)

    assert reading.people.managers == ("", "", "Ann")
    assert codes(reading) == [(4, "Manager", "manager_ambiguous")]


def test_manager_who_left_or_is_outside_is_kept_and_counted(read):
    rows = [["1", "Ann", "", "left"], ["2", "Bo", "Ann", "active"], ["3", "Cy", "99", "active"]]

    reading = read(["ID", "Name", "Manager", "Status"], *rows)

    assert reading.people.managers == ("1", "99")
    assert [(n.code, dict(n.params)["count"]) for n in reading.notices] == [
        ("managers_left", 1),
        ("managers_outside", 1),
    ]
    assert str(reading.notices[1]).endswith("who name them: 1 (99), in rows 4.")


def test_nobody_is_their_own_manager(read):
    assert read(["ID", "Manager"], ["1", "1"]).people.managers == ("",)


def test_dotted_lines_are_several(read):
    rows = [["1", "Ann", ""], ["2", "Bo", "1"], ["3", "Cy", "Ann; 2 | 3"], ["4", "Bo", "Bo"]]

    reading = read(["ID", "Name", "Dotted line"], *rows)

    assert reading.people.dotted == ((), ("1",), ("1", "2"), ())
    assert codes(reading) == [(5, "Dotted line", "manager_ambiguous")]


def test_next_one_up_stands_in_for_a_manager_who_left(read):
    reading = read(HEADER, ["E1", "Ed", "M1", ""], ["M1", "Mo", "D1", "left"], BOSS)

    assert reading.people.managers == ("D1", "")
    assert notices(reading) == [("managers_left", 1)]


def test_next_one_up_stands_in_for_two_who_left(read):
    leavers = [["M1", "Mo", "Ma Poe", "left"], ["M2", "Ma Poe", "D1", "left"]]

    reading = read(HEADER, ["E1", "Ed", "Mo", ""], *leavers, BOSS, ["E2", "Al", "M2", ""])

    assert reading.people.managers == ("D1", "", "D1")


def test_line_that_ends_with_a_leaver_is_not_known(read):
    reading = read(HEADER, ["E1", "Ed", "Mo", ""], ["M1", "Mo", "", "left"], BOSS)

    assert reading.people.managers == ("M1", "")


def test_loop_of_leavers_is_not_known(read):
    leavers = [["M1", "Mo", "M2", "left"], ["M2", "Ma", "M3", "left"], ["M3", "My", "M2", "left"]]

    reading = read(HEADER, ["E1", "Ed", "M1", ""], ["E2", "Al", "M3", ""], *leavers)

    assert reading.people.managers == ("M1", "M3")


def test_leaver_whose_line_leads_back_is_not_known(read):
    reading = read(HEADER, ["E1", "Ed", "M1", ""], ["M1", "Mo", "E1", "left"])

    assert reading.people.managers == ("M1",)


def test_next_one_up_stands_in_for_a_row_without_id(read):
    reading = read(HEADER, ["E1", "Ed", "Mo", ""], ["", "Mo", "D1", "active"], BOSS)

    assert reading.people.managers == ("D1", "")


def test_row_that_is_left_out_stands_for_the_one_of_its_id(read):
    double = [["M1", "Mo", "", "active"], ["M1", "Max", "D1", "active"]]

    reading = read(HEADER, ["E1", "Ed", "Max", "active"], *double, BOSS)

    assert reading.people.ids == ("E1", "M1", "D1")
    assert reading.people.managers == ("M1", "D1", "")


def test_next_one_up_stands_in_on_a_dotted_line(read):
    reading = read(
        ["ID", "Manager", "Dotted line", "Status"],
        ["E1", "", "M1; D2; M3", "active"],
        ["M1", "D1", "D2", "left"],
        ["D1", "", "", "active"],
        ["D2", "", "", "active"],
        ["M3", "M1", "", "left"],
    )

    assert reading.people.dotted == (("D1", "D2"), (), ())


def test_shared_address_names_nobody(read):
    rows = [["1", "ops@x.com", ""], ["2", "ops@x.com", ""], ["3", "c@x.com", "OPS@x.com"]]

    reading = read(["ID", "E-mail", "Manager"], *rows)

    assert reading.people.managers == ("", "", "OPS@x.com")
    assert codes(reading) == [(4, "Manager", "manager_ambiguous")]


def test_leavers_of_one_name_are_not_told_apart(read):
    leavers = [["1", "Kim Lee", "D1", "left"], ["2", "Kim Lee", "", "left"]]

    assert read(HEADER, *leavers, ["3", "Bo", "Kim Lee", ""]).people.managers == ("Kim Lee",)


def test_text_of_an_unknown_manager_is_nobodys_id():
    cells = Cells(Plan((), {}, ()))

    finder = Finder(cells, Ids(["7", "? 7"], [0, 1]), ["", ""])

    assert (finder.unknown("7"), finder.unknown("8")) == ("? ? 7", "8")


def test_long_line_of_leavers_is_climbed_once(read):
    leavers = [[f"L{at}", "", f"L{at + 1}", "left"] for at in range(3_000)]
    juniors = [[f"E{at}", "", f"L{at}", "active"] for at in range(3_000)]

    reading = read(HEADER, *leavers, ["L3000", "", "D1", "left"], *juniors, BOSS)

    assert set(reading.people.managers[:-1]) == {"D1"}


def test_a_name_that_several_have_is_told_with_their_ids_and_rows(read):
    header = ["ID", "Name", "Manager"]
    reading = read(header, ["1", "Kim Park", ""], ["2", "Kim Park", ""], ["3", "Ann", "Park, Kim"])

    (problem,) = reading.problems
    assert (problem.row, problem.value) == (4, "Park, Kim")
    assert str(problem.reason).endswith("(with # the row): 1 (#2), 2 (#3).")
