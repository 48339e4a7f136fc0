import pytest

from upwell.cli.arguments import RefusalError
from upwell.cli.who import everyone, find, the_one
from upwell.sheets import People

PEOPLE = People(
    ids=("E001", "e001", "E012", "E100"),
    names=("Ann Lee", "Bo Diaz", "Ann Lee", "Chen, Mia"),
    emails=("ann@x.com", "bo@x.com", "lee@x.com", ""),
)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("E001", ["E001"]),
        ("e012", ["E012"]),
        (" ANN@x.com ", ["E001"]),
        ("bo  diaz", ["e001"]),
        ("ann lee", ["E001", "E012"]),
        ("X9", ["x9"]),
        ("", []),
        ("Ann", []),
    ],
)
def test_words_fit_an_id_first_then_an_address_or_a_whole_name(asked, found):
    assert find(PEOPLE, asked, others=["x9"]) == found


def test_of_several_namesakes_the_only_one_who_is_asked_for_counts():
    assert the_one(PEOPLE, "Ann Lee", rather={"E012", "E100"}) == "E012"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Ann Lee", "fits several people, such as Ann Lee (E001), Ann Lee (E012). Please give"),
        ("Bo Dias", "Nobody in the file is “Bo Dias”. Did you mean Bo Diaz (e001)?"),
        ("diaz", "Did you mean Bo Diaz (e001)?"),
        ("E-12", "Did you mean Ann Lee (E012)?"),
        ("EO12", "Did you mean Ann Lee (E012)?"),
        ("E013", "Nobody in the file has the ID, e-mail address or name “E013”."),
        ("Zoe", "Nobody in the file has the ID, e-mail address or name “Zoe”."),
    ],
)
def test_words_that_fit_nobody_or_several_are_refused_with_whom_they_may_mean(asked, said):
    with pytest.raises(RefusalError) as refused:
        the_one(PEOPLE, asked)

    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("E012,E100", ["E012", "E100"]),
        ("E012; e100", ["E012", "E100"]),
        ("E012 E100 E012", ["E012", "E100"]),
        ("Chen, Mia", ["E100"]),
        ("Chen, Mia; Bo Diaz, E012 gone", ["E100", "e001", "E012", "gone"]),
        ("Bo Diaz, lee@x.com;E001", ["e001", "E012", "E001"]),
        ('"Bo Diaz", gone', ["e001", "gone"]),
        ("", []),
    ],
)
def test_people_are_listed_with_any_separator(asked, found):
    assert everyone(PEOPLE, asked, others=["gone"]) == found


def test_a_name_in_a_list_that_fits_nobody_is_refused_as_a_whole():
    with pytest.raises(RefusalError, match="Nobody in the file is “Bo Dias”"):
        everyone(PEOPLE, "E012, Bo Dias")
