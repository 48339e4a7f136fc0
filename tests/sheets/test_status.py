import pytest

from upwell.sheets import Mapping
from upwell.sheets.roles import role_of
from upwell.sheets.status import StatusWords


@pytest.mark.parametrize(
    ("header", "value", "present"),
    [
        ("Active", "1", True),
        ("Active", "no", False),
        ("Status", "On Leave", True),
        ("Status", "TERMINATED", False),
        ("Status", "ausgeschieden", False),
        ("Left", "yes", False),
        ("Left", "0", True),
        ("Status", "purple", None),
        ("Status", "", None),
    ],
)
def test_status_word_says_who_is_there(header, value, present):
    assert StatusWords(header, Mapping()).is_present(value) is present


def test_words_of_the_mapping_win():
    words = StatusWords("Status", Mapping(present=("terminated",), left=("Purple",)))

    assert (words.is_present("Terminated"), words.is_present("purple")) == (True, False)


@pytest.mark.parametrize(
    ("value", "role"),
    [
        ("Mentor", "mentor"),
        ("MENTEE", "mentee"),
        ("both", "both"),
        ("none", ""),
        ("", ""),
        ("x", None),
    ],
)
def test_role_is_a_part_in_a_program(value, role):
    assert role_of(value) == role
