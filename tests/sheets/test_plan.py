import pytest

from upwell.sheets import Mapping, SheetError


def test_better_of_two_columns_is_taken_and_it_is_said(read):
    reading = read(["Mail", "Work email", "ID"], ["a@x.com", "b@x.com", "1"])

    assert reading.people.emails == ("b@x.com",)
    assert str(reading.columns[0].reason) == (
        "Another column fits “E-mail address” better, so this one is not stored."
    )


def test_column_of_addresses_is_an_email_column(read):
    reading = read(["ID", "Contact"], ["1", "a@x.com"], ["2", "b@x.com"])

    assert reading.people.emails == ("a@x.com", "b@x.com")


@pytest.mark.parametrize("header", ["Buddy", "Home contact"])
def test_column_of_somebody_elses_addresses_is_not(read, header):
    assert read(["ID", header], ["1", "a@x.com"], ["2", "b@x.com"]).people.emails is None


def test_role_that_is_a_job_is_a_title(read):
    reading = read(["ID", "Role"], ["1", "Engineer"])

    assert (reading.people.roles, reading.people.titles) == (None, ("Engineer",))


def test_role_in_the_program_is_a_role(read):
    assert read(["ID", "Role"], ["1", "Mentee"]).people.roles == ("mentee",)


def test_column_of_identity_numbers_is_refused_by_its_values(read):
    reading = read(["ID", "Team"], ["1", "123-45-6789"])

    assert reading.people.teams is None
    assert [(column.state, column.samples) for column in reading.columns][1] == ("refused", ())


def test_blank_column_without_a_header_is_not_reported(read):
    reading = read(["ID", "", "Name"], ["1", "", "Ann"])

    assert [column.header for column in reading.columns] == ["ID", "Name"]


def test_mapping_is_the_whole_truth(read):
    mapping = Mapping(columns={"id": "ID", "team": "Name"})

    people = read(["ID", "Name", "Level"], ["1", "Ann", "VP"], mapping=mapping).people

    assert (people.ids, people.teams, people.levels) == (("1",), ("Ann",), None)


@pytest.mark.parametrize(
    ("header", "code", "named"),
    [
        ("Shoe", "unknown_header", "It has: ID, Salary"),
        ("Salary", "mapped_refused", "Pay and bank"),
    ],
)
def test_mapping_that_does_not_fit_is_refused(read, header, code, named):
    with pytest.raises(SheetError) as caught:
        read(["ID", "Salary"], ["1", "9"], mapping=Mapping(columns={"id": "ID", "title": header}))

    assert caught.value.message.code == code
    assert named in str(caught.value)
