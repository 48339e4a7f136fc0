import pytest

from upwell.sheets import SheetError


def codes(reading):
    return [(problem.row, problem.column, problem.reason.code) for problem in reading.problems]


def test_missing_and_double_ids_are_problems(read):
    reading = read(["ID", "Name"], ["1", "Ann"], ["", "Bo"], ["1", "Cy"])

    assert reading.people.names == ("Ann",)
    assert codes(reading) == [(3, "ID", "id_missing"), (4, "ID", "id_twice")]
    assert "row 2" in str(reading.problems[1].reason)


def test_email_tells_people_apart_without_an_id(read):
    reading = read(["Name", "E-mail"], ["Ann", "a@x.com"], ["Ann", "b@x.com"])

    assert reading.people.ids == ("a@x.com", "b@x.com")
    assert [notice.code for notice in reading.notices] == ["ids_from"]


def test_names_tell_people_apart_without_id_and_email(read):
    reading = read(["First name", "Last name"], ["Ann", "Lee"], ["Bo", "Lee"])

    assert reading.people.ids == ("Ann Lee", "Bo Lee")


def test_nothing_that_tells_people_apart_is_refused(read):
    with pytest.raises(SheetError) as caught:
        read(["Name", "E-mail"], ["Ann", ""], ["Ann", "b@x.com"])

    assert caught.value.message.code == "no_id"


def test_rehired_person_keeps_the_row_that_is_present(read):
    reading = read(["ID", "Name", "Status"], ["1", "Old", "left"], ["1", "New", "active"])

    assert (reading.people.names, reading.problems) == (("New",), ())


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

    assert reading.people.managers == ("", "", "")
    assert codes(reading) == [(4, "Manager", "manager_ambiguous")]


def test_manager_who_left_or_is_outside_is_kept_and_counted(read):
    rows = [["1", "Ann", "", "left"], ["2", "Bo", "Ann", "active"], ["3", "Cy", "99", "active"]]

    reading = read(["ID", "Name", "Manager", "Status"], *rows)

    assert reading.people.managers == ("1", "99")
    assert [(n.code, dict(n.params)["count"]) for n in reading.notices] == [
        ("managers_left", 1),
        ("managers_outside", 1),
    ]


def test_nobody_is_their_own_manager(read):
    assert read(["ID", "Manager"], ["1", "1"]).people.managers == ("",)


def test_dotted_lines_are_several(read):
    rows = [["1", "Ann", ""], ["2", "Bo", "1"], ["3", "Cy", "Ann; 2 | 3"], ["4", "Bo", "Bo"]]

    reading = read(["ID", "Name", "Dotted line"], *rows)

    assert reading.people.dotted == ((), ("1",), ("1", "2"), ())
    assert codes(reading) == [(5, "Dotted line", "manager_ambiguous")]
