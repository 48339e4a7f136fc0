"""What a run's page says first claims no more than its figures show."""

import pytest

from tests.factories import make_enrollment, make_run
from upwell.pairs.models import MatchRun
from upwell.pairs.queries import proof_of, unchecked_rules, unweighed
from upwell.pairs.queries.outcome import fine_percent, headline
from upwell.programs.services import set_topics

PROVEN = {"pairs": 3, "pairs_bound": 3, "value": 900, "gap": 0, "price": None}
PROVEN |= {"mentors": 40, "mentees": 30}


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


@pytest.mark.parametrize(
    ("mentors", "words"),
    [
        (40, "All 1,200 possible pairs were looked at."),
        (1, "All 30 possible pairs were looked at."),
    ],
)
def test_possible_pairs_are_counted_and_no_allowed_ones(mentors, words):
    assert words in proof_of(MatchRun(figures=PROVEN | {"mentors": mentors})).basis


def test_where_no_pair_is_allowed_no_assignment_is_praised():
    nobody = {"pairs": 0, "pairs_bound": 0, "mentors": 1200, "mentees": 3}

    proof = proof_of(MatchRun(figures=PROVEN | nobody))

    assert proof.claim == (
        "No two of these can be paired (rules, earlier pair or private request)."
    )
    assert proof.basis == "Mentors: 1,200, mentees: 3. Each was held against each."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("not_used", "news"),
    [
        ([], None),
        (["hours"], None),
        (
            ["topics", "stage"],
            (
                "Nobody in this cohort has topics yet",
                "So these pairs were made by working hours, unit and region.",
            ),
        ),
        (
            ["topics", "hours", "stage", "unit", "region"],
            (
                "Nobody in this cohort has topics yet",
                "So nothing but the rules made these pairs.",
            ),
        ),
    ],
)
def test_what_counts_most_and_was_weighed_for_nobody_is_said(not_used, news):
    run = make_run(figures={"not_used": not_used})

    assert unweighed(run) == news


@pytest.mark.django_db
def test_topics_that_do_not_meet_are_told_from_none():
    run = make_run(figures={"not_used": ["topics"]})
    set_topics(make_enrollment(run.cohort), offered=["Games"], by=run.started_by)

    title, _text = unweighed(run)

    assert title == "Nobody in this cohort offers a topic that somebody wants"


def test_a_fair_proof_says_so_and_what_fairness_costs():
    fair = proof_of(MatchRun(figures=PROVEN | {"price": 12}))

    assert "none of as many pairs has a better weakest pair" in fair.basis
    assert fair.price == "12 points (1.32% of the best total)"


@pytest.mark.parametrize(
    ("figures", "given_up"),
    [
        ({}, ""),
        ({"pairs_bound": 4}, " Without this, 1 more pair would be possible."),
        ({"gap": 9}, " As many pairs could fit up to 1.0% better."),
        ({"gap": 9, "value": -9}, ""),
    ],
)
def test_a_stable_proof_says_so_and_what_is_given_up(figures, given_up):
    stable = proof_of(MatchRun(figures=PROVEN | {"objective": "stable"} | figures))

    assert (stable.is_proven, stable.claim) == (
        True,
        "No two people would both rather have each other.",
    )
    assert stable.basis == f"All 1,200 possible pairs were looked at.{given_up}"


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
