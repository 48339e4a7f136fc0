"""What a run's page says first claims no more than its figures show."""

import pytest

from upwell.pairs.models import MatchRun
from upwell.pairs.queries import proof_of, unchecked_rules
from upwell.pairs.queries.outcome import fine_percent, headline

PROVEN = {"pairs": 3, "pairs_bound": 3, "value": 900, "gap": 0, "allowed_pairs": 1}


@pytest.mark.parametrize(
    ("placed", "mentees", "mentors", "news"),
    [
        (0, 3, 3, "Nobody could be paired"),
        (0, 0, 0, "Nobody could be paired"),
        (148, 2, 0, "148 of 150 mentees have a mentor"),
        (1, 1, 9, "1 of 2 mentees has a mentor"),
        (150, 0, 12, "Every mentee has a mentor"),
        (150, 0, 0, "Everyone has a counterpart"),
    ],
)
def test_headline(placed, mentees, mentors, news):
    assert headline(placed, {"mentee": mentees, "mentor": mentors}) == news


@pytest.mark.parametrize(
    ("figures", "claim"),
    [
        ({}, "No other assignment of these people can do better."),
        ({"gap": 1}, "Not proven best: another assignment might be up to 0.2% better."),
        ({"gap": 9, "value": 0}, "Not proven best: another assignment might be better."),
        ({"pairs_bound": 4}, "Not proven best: 1 more pair might be possible."),
        ({"pairs_bound": 5}, "Not proven best: up to 2 more pairs might be possible."),
    ],
)
def test_the_proof_is_claimed_only_where_there_is_one(figures, claim):
    proof = proof_of(MatchRun(figures=PROVEN | figures))

    assert (proof.claim, proof.is_proven) == (claim, not figures)


def test_unchecked_rules_name_reporting_lines_first_and_each_rule_once():
    run = MatchRun(
        figures={
            "not_checked": ["region"],
            "unknown": {"overlap_hours": 1},
            "reporting_lines_unknown": 1200,
        }
    )

    assert [rule.sentence for rule in unchecked_rules(run)] == [
        "reporting lines: not checked for 1,200 people",
        "enough shared working hours: not checked for 1 person",
        "regions: not checked for anybody",
    ]


def test_reporting_lines_that_nobody_has_are_not_counted_as_some():
    run = MatchRun(figures={"not_checked": ["reporting_line"], "reporting_lines_unknown": 5})

    [rule] = unchecked_rules(run)

    assert rule.sentence == "reporting lines: not checked for anybody"


def test_fine_percent_is_100_for_all_only():
    assert fine_percent({"strong": 998, "good": 1, "pairs": 1000}) == 99
    assert fine_percent({"strong": 0, "good": 0, "pairs": 0}) == 0
