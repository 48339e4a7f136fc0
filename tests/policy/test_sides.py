"""Who takes part, and on which side."""

import pytest

from upwell.policy import Policy, PolicyError, compile_problem
from upwell.sheets.people import People

LEVELS = (
    "Associate",
    "Individual Contributor",
    "Senior",
    "Manager",
    "Director",
    "VP",
    "SVP",
    "CSuite",
)


def make_people(levels=LEVELS, order=LEVELS, **columns):
    ids = tuple(f"E{number}" for number in range(len(levels)))
    return People(ids=ids, names=ids, levels=levels, level_order=order, **columns)


def test_sides_are_guessed_from_levels():
    people = make_people()

    compiled = compile_problem(Policy(), people)

    assert compiled.policy.mentors.levels == ("Associate", "Individual Contributor")
    assert compiled.policy.mentees.levels == ("Director", "VP", "SVP", "CSuite")
    assert compiled.guessed == ("mentors", "mentees")


def test_roles_decide_where_no_levels_are_given():
    people = make_people(roles=("mentor", "", "", "both", "mentee", "", "", ""))

    compiled = compile_problem(Policy(), people)

    assert (compiled.mentor_rows, compiled.mentee_rows) == ((0, 3), (3, 4))
    assert compiled.guessed == ()


def test_given_levels_do_not_choose_against_a_role():
    people = make_people(("Low", "Low", "High", "High"), ("Low", "High"),
                         roles=("mentor", "mentee", "", "mentor"))  # fmt: skip
    policy = Policy.from_values({"mentors": {"levels": ["low"]}, "mentees": {"levels": ["HIGH"]}})

    compiled = compile_problem(policy, people)

    assert (compiled.mentor_rows, compiled.mentee_rows) == ((0,), (2,))


def test_only_one_side_is_guessed_where_the_other_is_given():
    policy = Policy.from_values({"mentees": {"levels": ["Individual  contributor", "vp"]}})

    compiled = compile_problem(policy, make_people())

    assert compiled.policy.mentors.levels == ("Associate",)
    assert compiled.policy.mentees.levels == ("Individual Contributor", "VP")
    assert compiled.guessed == ("mentors",)


def test_the_policys_order_of_levels_counts():
    policy = Policy.from_values({"levels": {"order": [*LEVELS[::-1], "Founder"]}})

    compiled = compile_problem(policy, make_people())

    assert compiled.policy.mentors.levels == ("CSuite", "SVP")


def test_levels_that_nobody_has_may_be_ordered_and_named():
    people = make_people(("Low", "High"), ("Trainee", "Low", "Middle", "High", "Top"))
    policy = Policy.from_values(
        {
            "levels": {"order": ["Intern", "Trainee", "Low", "Middle", "High", "Top", "Founder"]},
            "mentors": {"levels": ["Intern", "trainee", "Low"]},
            "mentees": {"levels": ["High", "Top", "Founder"]},
        }
    )

    compiled = compile_problem(policy, people)

    assert compiled.policy.mentors.levels == ("Intern", "Trainee", "Low")
    assert compiled.policy.mentees.levels == ("High", "Top", "Founder")
    assert (compiled.mentor_rows, compiled.mentee_rows) == ((0,), (1,))
    assert compiled.problem.rules_between(0, 0) == ()


def test_sides_are_guessed_from_levels_that_somebody_has():
    people = make_people(("Low", "High"), ("Trainee", "Low", "High", "Top", "Founder"))

    compiled = compile_problem(Policy(), people)

    assert compiled.policy.mentors.levels == ("Low",)
    assert compiled.policy.mentees.levels == ("High",)


def test_compiling_the_resolved_policy_gives_the_same_problem():
    people = make_people()
    compiled = compile_problem(Policy(), people)

    again = compile_problem(compiled.policy, people)

    assert again.problem.digest() == compiled.problem.digest()
    assert again.guessed == ()


def test_a_level_name_may_hold_odd_characters():
    odd = ('Grade "7"\\\n#=[]', "Führung 部长 \x7f")
    policy = Policy.from_values({"mentors": {"levels": [odd[0]]}, "mentees": {"levels": [odd[1]]}})

    compiled = compile_problem(Policy.from_toml(policy.to_toml()), make_people(odd, odd))

    assert compiled.problem.mentors + compiled.problem.mentees == ("E0", "E1")


def sentences(policy, people):
    with pytest.raises(PolicyError) as caught:
        compile_problem(Policy.from_values(policy), people)
    return caught.value.sentences()


def test_an_unknown_level_is_refused_with_those_there_are():
    people = make_people(("Low", "High"), ("Low", "High"))

    said = sentences({"mentors": {"levels": ["Lowest"]}}, people)

    assert said == [
        'mentors.levels names "Lowest", which is not a level here. The levels are: Low, High.'
    ]


def test_levels_without_a_column_of_levels_are_refused():
    people = People(ids=("E1",), names=("A",))

    said = sentences({"mentors": {"levels": ["Low"]}}, people)

    assert said == [
        'mentors.levels is ["Low"], but the table of people has no levels.'
        " Map a column to the level, or leave the key empty and give roles."
    ]


def test_neither_roles_nor_levels_are_refused():
    people = People(ids=("E1",), names=("A",))

    said = sentences({}, people)

    assert [sentence.split(" is empty")[0] for sentence in said] == [
        "mentors.levels",
        "mentees.levels",
    ]


def test_one_level_alone_is_refused():
    people = make_people(("Only",), ("Only",))

    said = sentences({}, people)

    assert [sentence.split(" is empty")[0] for sentence in said] == ["mentors.levels"]


def test_an_order_that_leaves_a_level_out_is_refused():
    people = make_people(("Low", "High"), ("Low", "High"))

    said = sentences({"levels": {"order": ["low"]}}, people)

    assert said == [
        'levels.order does not name "High", a level that people in the table have.'
        " It must name every level."
    ]


def test_a_side_with_nobody_is_refused():
    people = make_people(("Low", "Low"), ("Low", "High"))

    said = sentences({"mentees": {"levels": ["High"]}}, people)

    assert said == [
        'mentees.levels is ["High"], but nobody in the table can take part at these levels.'
    ]


def test_a_role_that_nobody_has_is_refused():
    people = make_people(("Low", "High"), ("Low", "High"), roles=("mentor", ""))

    said = sentences({}, people)

    assert said == [
        "mentees.levels is empty, so the roles in the table decide, and nobody has the role."
        " Give somebody the role, or name the levels."
    ]
