"""Points of single preferences where the oracle's people do not go."""

from upwell.policy import Policy, compile_problem
from upwell.sheets.people import People, Topic


def compiled_pair(**columns):
    """A mentor and a mentee, by role."""
    people = People(ids=("A", "Z"), names=("A", "Z"), roles=("mentor", "mentee"), **columns)
    return compile_problem(Policy.from_values({"rules": {"level_gap": 0}}), people)


def test_without_levels_the_stage_is_not_used():
    compiled = compiled_pair()

    not_used = compiled.not_used

    assert not_used == ("topics", "hours", "stage", "unit", "region", "ranking")


def test_between_equals_the_stage_is_not_used():
    compiled = compiled_pair(levels=("Low", "Low"), level_order=("Low",))

    not_used = compiled.not_used

    assert "stage" in not_used


def test_a_topic_named_twice_counts_at_its_greater_strength():
    compiled = compiled_pair(
        offered=((Topic("AI", 3), Topic("ai", 1)), ()), wanted=((), (Topic("AI", 2),))
    )

    [topics] = compiled.problem.criteria

    assert topics.mentors.tolist() == [[3]]


def test_a_topic_that_nobody_offers_lowers_the_share_of_the_others():
    compiled = compiled_pair(
        offered=((Topic("AI", 3),), ()), wanted=((), (Topic("AI", 1), Topic("Podcasts", 1)))
    )

    [topics] = compiled.problem.criteria

    assert (topics.mentees.tolist(), compiled.full_score) == ([[83]], 500)
