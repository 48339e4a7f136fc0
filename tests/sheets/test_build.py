import pytest

from upwell.sheets import Mapping, Place, SheetError, Topic


def codes(reading):
    return [(problem.row, problem.value, problem.reason.code) for problem in reading.problems]


def test_every_field_reaches_its_column(read):
    header = [
        "ID", "Name", "Level", "Role", "Job title", "E-mail", "Department", "Team", "Office",
        "Service line", "Working hours", "Languages", "Topics offered", "Topics wanted", "Capacity",
        "Max mentees", "Max mentors", "Ranking",
    ]  # fmt: skip
    row = [
        "1", "Ann", "VP", "mentee", "Head", "a@x.com", "Sales", "North", "Oslo",
        "Tax", "9-17", "English", "AI:3", "Cloud", "2", "3", "1", "",
    ]  # fmt: skip

    people = read(header, row).people

    assert (people.levels, people.roles, people.titles) == (("VP",), ("mentee",), ("Head",))
    assert (people.emails, people.units, people.teams) == (("a@x.com",), ("Sales",), ("North",))
    assert (people.offices, people.zones, people.regions) == (
        ("Oslo",),
        ("Europe/Oslo",),
        ("Europe",),
    )
    assert (people.service_lines, people.hours) == (("Tax",), ((540, 1020),))
    assert (people.languages, people.capacities) == ((("english",),), (2,))
    assert (people.max_mentees, people.max_mentors, people.ranked) == ((3,), (1,), ((),))
    assert (people.offered, people.wanted) == (((Topic("AI", 3),),), ((Topic("Cloud"),),))


@pytest.mark.parametrize(
    ("header", "good", "bad", "code"),
    [
        ("E-mail", "a@x.com", "nobody", "bad_email"),
        ("Role", "mentor", "captain", "bad_role"),
        ("Time zone", "Europe/Oslo", "Europe/Atlantis", "bad_zone"),
        ("Working hours", "9-17", "late", "bad_hours"),
        ("Capacity", "1", "many", "bad_capacity"),
        ("Topics offered", "AI:1", "AI:7", "bad_strength"),
        ("Level", "VP", "", "no_level"),
        ("Ranking", "2", "7", "ranked_nobody"),
        ("Ranking", "2", "2", "ranked_self"),
    ],
)
def test_bad_value_is_a_problem_and_unknown(read, header, good, bad, code):
    reading = read(["ID", "Name", header], ["1", "Ann", good], ["2", "Bo", bad])

    assert reading.people.ids == ("1", "2")
    assert codes(reading) == [(3, bad, code)]


def test_zone_of_its_own_wins_over_the_office(read):
    reading = read(
        ["ID", "Office", "Time zone", "Region"],
        ["1", "Oslo", "America/Denver", "Far West"],
        ["2", "Oslo", "", ""],
    )

    assert reading.people.zones == ("America/Denver", "Europe/Oslo")
    assert reading.people.regions == ("Far West", "Europe")


def test_zone_without_an_office_is_read(read):
    assert read(["ID", "Time zone"], ["1", "Asia/Tokyo"]).people.zones == ("Asia/Tokyo",)


def test_unknown_office_is_named(read):
    reading = read(["ID", "Office"], ["1", "Moon base"], ["2", "Oslo"])

    assert (reading.people.zones, reading.unknown_offices) == (("", "Europe/Oslo"), ("Moon base",))
    assert [notice.code for notice in reading.notices] == ["offices_unknown"]


def test_office_of_the_mapping_wins(read):
    mapping = Mapping(offices={"moon BASE": Place("UTC", "Space")})

    people = read(["ID", "Office"], ["1", "Moon base"], mapping=mapping).people

    assert (people.zones, people.regions) == (("UTC",), ("Space",))


def test_mapping_with_an_unknown_zone_is_refused(read):
    with pytest.raises(SheetError) as caught:
        read(["ID"], ["1"], mapping=Mapping(offices={"Moon": Place("Moon/Base")}))

    assert caught.value.message.code == "unknown_zone"


def test_unplaced_levels_are_named(read):
    reading = read(["ID", "Level"], ["1", "Wizard"], ["2", "VP"])

    assert (reading.level_order_guessed, reading.unplaced_levels) == (True, ("Wizard",))
    assert [notice.code for notice in reading.notices] == ["levels_unplaced"]


def test_order_of_levels_that_is_given_is_no_guess(read):
    reading = read(["ID", "Level"], ["1", "A"], ["2", "B"], level_order=["b", "a"])

    assert (reading.people.level_order, reading.people.levels) == (("b", "a"), ("a", "b"))
    assert not reading.level_order_guessed


@pytest.mark.parametrize(
    ("header", "count", "item"), [("Level", 501, "x{}"), ("Topics offered", 20_001, "t{}")]
)
def test_column_of_free_text_is_refused(read, header, count, item):
    rows = [[str(at), item.format(at)] for at in range(count)]

    with pytest.raises(SheetError) as caught:
        read(["ID", header], *rows)

    assert caught.value.message.code == "too_many_different"
