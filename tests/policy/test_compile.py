"""What becomes of a policy and people in single cases."""

import pytest

from upwell.matching.criteria import FORBIDDEN
from upwell.policy import Policy, PolicyError, compile_problem
from upwell.sheets.people import People, Topic


def make_people(**columns):
    """Two mentors, then two mentees."""
    return People(
        ids=("A", "B", "Y", "Z"),
        names=("A", "B", "Y", "Z"),
        levels=("Low", "Low", "High", "High"),
        level_order=("Low", "High"),
        **columns,
    )


def make_policy(**sections):
    return Policy.from_values({"rules": {"level_gap": 1}, **sections})


def test_rules_without_a_column_are_named_as_not_checked():
    people = make_people()

    compiled = compile_problem(make_policy(), people)

    assert compiled.not_checked == ("team", "overlap_hours", "shared_language", "reporting_line")
    assert compiled.not_used == ("topics", "hours", "unit", "region", "ranking")
    assert compiled.full_score == 100


def test_people_of_whom_something_is_not_known_are_counted():
    people = make_people(
        teams=("T", "", "U", ""),
        languages=(("en",), ("en",), ("en",), ()),
        zones=("Europe/Berlin", "Nowhere", "", "Europe/Berlin"),
    )

    compiled = compile_problem(make_policy(), people)

    assert dict(compiled.unknown) == {"team": 2, "overlap_hours": 2, "shared_language": 1}


def test_a_line_is_known_that_ends_at_the_top_of_the_table():
    people = make_people(managers=("Y", "outside", "Z", ""))

    compiled = compile_problem(make_policy(), people)

    assert compiled.reporting_lines_unknown == 1


def test_lines_below_a_manager_who_cannot_be_identified_are_unknown_once_each():
    people = make_people(
        managers=("B", "Kim Lee", "", "Y"), roles=("mentor", "both", "both", "mentee")
    )

    compiled = compile_problem(make_policy(rules={"level_gap": 0}), people)

    assert compiled.reporting_lines_unknown == 2
    assert "reporting_line" not in compiled.not_checked


def test_a_line_beside_the_participants_does_not_count():
    people = People(
        ids=("A", "M", "Z"),
        names=("A", "M", "Z"),
        roles=("mentor", "", "mentee"),
        managers=("Z", "Kim Lee", ""),
    )

    compiled = compile_problem(make_policy(rules={"level_gap": 0}), people)

    assert compiled.reporting_lines_unknown == 0


def test_without_reporting_lines_nobodys_is_known():
    people = make_people(dotted=(("Y",), (), (), ()))

    compiled = compile_problem(make_policy(), people)

    assert compiled.reporting_lines_unknown == 4
    assert compiled.problem.exclusions[0].pairs.tolist() == [[0, 0]]


def test_a_person_on_both_sides_is_not_paired_with_themselves():
    people = make_people(roles=("mentor", "mentor", "mentee", "both"))

    compiled = compile_problem(make_policy(rules={"level_gap": 0}), people)

    assert compiled.problem.rules_between(2, 1) == ("self",)


def test_what_is_private_is_marked():
    people = make_people(
        units=("U", "V", "U", "W"),
        teams=("T", "T", "T", "S"),
        regions=("R", "R", "S", "S"),
        languages=(("en",),) * 4,
        zones=("Europe/Berlin",) * 4,
        managers=("Y", "Y", "Z", ""),
        offered=((Topic("AI"),),) * 4,
        wanted=((Topic("AI"),),) * 4,
    )
    policy = make_policy(pairs={"keep_apart": [["A", "Z"]], "former": [["B", "Z"]]})

    problem = compile_problem(policy, people).problem

    private = {c.code for c in (*problem.criteria, *problem.exclusions) if c.is_private}
    public = {c.code for c in (*problem.criteria, *problem.exclusions) if not c.is_private}
    assert private == {
        "level_gap", "team", "stage", "unit", "region", "reporting_line", "keep_apart", "former"
    }  # fmt: skip
    assert public == {"overlap_hours", "shared_language", "topics", "hours"}


def test_many_teams_become_a_list_of_pairs():
    count = 70
    names = [f"T{number}" for number in range(count)]
    people = People(
        ids=tuple(f"E{row:03}" for row in range(2 * count)),
        names=("",) * 2 * count,
        levels=("Low",) * count + ("High",) * count,
        level_order=("Low", "High"),
        teams=(*names, *names[::-1]),
    )

    problem = compile_problem(make_policy(), people).problem

    assert [e.code for e in problem.exclusions] == ["team"]
    assert sorted(problem.exclusions[0].pairs.tolist()) == [[n, 69 - n] for n in range(count)]


def test_too_many_units_are_not_weighed(monkeypatch):
    monkeypatch.setattr("upwell.policy.preferences.MOST_UNITS", 1)
    people = make_people(units=("U", "V", "U", "V"))

    compiled = compile_problem(make_policy(), people)

    assert "unit" in compiled.not_used


@pytest.mark.parametrize(
    ("pairs", "unknown"),
    [
        ({}, 0),
        ({"keep_apart": [["A", "Z"], ["A", "B"]], "former": [["Y", "B"]]}, 0),
        ({"keep_apart": [["A", "gone"]]}, 1),
        ({"former": [["gone", "A"]]}, 1),
        (
            {
                "keep_apart": [["A", "gone"], ["gone", "left"], ["A", "Z"]],
                "former": [["gone", "A"]],
            },
            3,
        ),
        ({"keep_apart": [["A", "M"]], "former": [["M", "A"]]}, 2),
    ],
)
def test_couples_who_do_not_both_take_part_are_counted(pairs, unknown):
    people = People(
        ids=("A", "B", "M", "Y", "Z"),
        names=("A", "B", "M", "Y", "Z"),
        roles=("mentor", "mentor", "", "mentee", "mentee"),
    )

    compiled = compile_problem(make_policy(pairs=pairs), people)

    assert compiled.unknown_couples == unknown


def test_pins_reach_the_problem():
    policy = make_policy(pairs={"pin": [["B", "Y"]]})

    compiled = compile_problem(policy, make_people())

    assert compiled.problem.pins.tolist() == [[1, 0]]


REFUSED = {
    "no mentor": (
        {"pin": [["Y", "Z"]]},
        ['pairs.pin[0][0] names "Y", who is not among the mentors.'],
    ),
    "no mentee": (
        {"pin": [["A", "nobody"]]},
        ['pairs.pin[0][1] names "nobody", who is not among the mentees.'],
    ),
    "a rule": (
        {"pin": [["A", "Z"]], "keep_apart": [["Z", "A"]]},
        [
            'pairs.pin[0] pins ["A", "Z"], whom a rule keeps from being a pair.'
            " A pin must keep every rule."
        ],
    ),
    "no seat": (
        {"pin": [["A", "Y"], ["A", "Z"]]},
        ['pairs.pin pins "A" more often than this person has places (1).'],
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_pairs_that_cannot_be_are_refused(case):
    pairs, sentences = REFUSED[case]

    with pytest.raises(PolicyError) as caught:
        compile_problem(make_policy(pairs=pairs), make_people())

    assert caught.value.sentences() == sentences


def test_too_many_topics_are_refused():
    many = tuple(Topic(f"T{number}") for number in range(2_100))
    people = make_people(offered=(many, (), (), ()), wanted=((), (), many, ()))

    with pytest.raises(PolicyError) as caught:
        compile_problem(make_policy(), people)

    assert caught.value.sentences() == [
        "preferences.topics is 50, but the table has 2100 topics that are both wanted and offered."
        " It must be 0, or the table must have fewer topics: 2096 at most."
    ]


def test_a_forbidden_class_is_forbidden_exactly():
    people = make_people(teams=("T", "U", "T", "V"))

    problem = compile_problem(make_policy(), people).problem

    [team] = [c for c in problem.criteria if c.code == "team"]
    assert sorted(set(team.scores.ravel().tolist())) == [FORBIDDEN, 0]
