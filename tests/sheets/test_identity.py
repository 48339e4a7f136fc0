import pytest

from upwell.sheets import SheetError


def codes(reading):
    return [(problem.row, problem.column, problem.reason.code) for problem in reading.problems]


def test_missing_and_double_ids_are_problems(read):
    reading = read(["ID", "Name"], ["1", "Ann"], ["", "Bo"], ["1", "Cy"])

    assert reading.people.names == ("Ann",)
    assert codes(reading) == [(3, "ID", "id_missing"), (4, "ID", "id_shared")]
    assert "Row 2 gives this ID to somebody else (Ann)" in str(reading.problems[1].reason)


def test_person_who_stands_there_twice_is_told_from_an_id_of_two(read):
    reading = read(["ID", "Name"], ["1", "Ann"], ["1", "ANN"], ["1", ""])

    assert [problem.reason.code for problem in reading.problems] == ["id_twice", "id_twice"]
    assert "stands in row 2 already" in str(reading.problems[0].reason)


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
