"""How one policy differs from another, in plain words."""

from django.utils import translation

from upwell.policy import Policy
from upwell.programs.policy_differences import differences


def test_differences_are_said_in_the_words_of_the_form():
    before = Policy()
    now = Policy.from_values(
        {
            "objective": "stable",
            "mentors": {"levels": ["Associate"]},
            "rules": {"shared_language": False, "overlap_hours": 2.5},
            "pairs": {"pin": [["E1", "E2"]], "keep_apart": []},
            "choosing": "chosen",
            "preview_hours": 12,
            "gates": {"trained_percent": 10},
            "privacy": {"threshold": 9},
        }
    )

    assert differences(before, now) == [
        "What counts most: “No two people would both rather have each other” instead of “The best"
        " total, even where single pairs are weak”.",
        "Levels of mentors: Associate instead of any level.",
        "Working hours in common: 2.5 instead of 2.",
        "The two have a language in common: no instead of yes.",
        "Pairs to be made: 1 instead of 0.",
    ]


def test_lists_of_one_length_are_said_to_differ():
    one, other = (Policy.from_values({"pairs": {"pin": [["E1", to]]}}) for to in ("E2", "E3"))

    assert differences(one, other) == ["Pairs to be made: not the same."]


def test_numbers_are_written_as_the_language_does():
    now = Policy.from_values({"rules": {"overlap_hours": 2.5}})

    with translation.override("de"):
        [said] = differences(Policy(), now)

    assert "2,5" in said
