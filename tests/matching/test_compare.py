"""Who has somebody else in another result."""

from upwell.matching.compare import counterparts, movers

FIRST = [("a", "x"), ("b", "y")]


def test_counterparts_are_of_both_sides():
    assert counterparts([("a", "x"), ("a", "y")]) == {
        "a": frozenset("xy"),
        "x": frozenset("a"),
        "y": frozenset("a"),
    }


def test_nobody_moves_between_equal_results():
    assert movers(FIRST, FIRST[::-1]) == set()


def test_whoever_loses_or_gains_somebody_moves_too():
    assert movers(FIRST, [("a", "x"), ("a", "y")]) == {"a", "b", "y"}
    assert movers([], FIRST) == {"a", "b", "x", "y"}
