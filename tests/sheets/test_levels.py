import pytest

from upwell.sheets import SheetError
from upwell.sheets.levels import put_in_order

LADDERS = [
    ["Associate", "Individual Contributor", "Senior", "Manager", "Director", "VP", "SVP", "CSuite"],
    ["Intern", "Junior", "Analyst", "Senior Analyst", "Team Lead", "Supervisor", "Manager"],
    ["Manager", "Senior Manager", "Head", "Associate Director", "Director", "Senior Director"],
    ["Director", "Executive Director", "Vice President", "Senior Vice President", "EVP", "Partner"],
    ["Engineer I", "Engineer II", "Engineer III", "Staff Engineer", "Principal Engineer"],
    ["L1", "L2", "L3", "L10"],
    ["Grade 7", "Grade 8", "Grade 12"],
    ["Band A", "Band B", "Band C"],
    ["1", "2", "10"],
    ["Praktikant", "Sachbearbeiter", "Teamleiter", "Abteilungsleiter", "Geschäftsführer"],
    ["Stagiaire", "Cadre", "Chef d'équipe", "Directeur", "Directeur général"],
    ["Becario", "Analista", "Gerente", "Director", "Director General"],
    ["Executive Assistant", "Manager", "Executive", "CEO"],
]


@pytest.mark.parametrize("ladder", LADDERS)
def test_levels_are_put_in_order(ladder):
    order = put_in_order(sorted(ladder, reverse=True), None)

    assert order.names == tuple(ladder)
    assert (order.guessed, order.unplaced) == (True, ())


def test_unknown_level_is_placed_in_the_middle_and_named():
    order = put_in_order(["Director", "Wizard", "Analyst"], None)

    assert order.unplaced == ("Wizard",)


def test_only_unknown_levels_stand_in_order_of_name():
    assert put_in_order(["Zeta", "Wizard"], None).names == ("Wizard", "Zeta")


def test_spellings_of_one_level_are_one():
    assert put_in_order(["Director", "director ", "DIRECTOR"], None).names == ("Director",)


def test_no_levels_give_no_order():
    order = put_in_order([], None)

    assert (order.names, order.guessed) == ((), False)


def test_wished_order_wins():
    order = put_in_order(["Director", "Wizard"], ["director", "wizard"])

    assert (order.names, order.guessed) == (("director", "wizard"), False)


@pytest.mark.parametrize(
    ("wished", "code"),
    [
        (["Director", "Director"], "level_twice"),
        (["Director"], "level_missing"),
    ],
)
def test_wished_order_that_does_not_fit_is_refused(wished, code):
    with pytest.raises(SheetError) as caught:
        put_in_order(["Director", "Wizard"], wished)

    assert caught.value.message.code == code


def test_wished_order_may_name_levels_that_nobody_has():
    order = put_in_order(["Director"], ["Wizard", "Director"])

    assert (order.names, order.unused) == (("Wizard", "Director"), ("Wizard",))


def test_levels_that_nobody_has_are_kept_and_named(read):
    reading = read(["ID", "Level"], ["1", "VP"], level_order=["Elf", "VP"])

    assert reading.people.level_order == ("Elf", "VP")
    assert [str(notice) for notice in reading.notices] == [
        "The order of the levels names some that nobody in the file has: Elf."
    ]
