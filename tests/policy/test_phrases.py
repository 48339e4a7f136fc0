"""What is said about pairs, rules and people without a pair."""

from gettext import NullTranslations

import pytest

from upwell.matching.explain import Unmatched
from upwell.policy import Policy, compile_problem
from upwell.policy.phrases import (
    PREFERENCES,
    enumerated,
    preference_name,
    quality,
    quality_word,
    reasons,
    rule_name,
    rule_names,
    unmatched_reason,
)
from upwell.policy.preferences import PREFERENCES as CRITERIA
from upwell.policy.rules import CLASS_RULES
from upwell.sheets.people import People, Topic


class Shouting(NullTranslations):
    def gettext(self, message):
        return message.replace("and", "AND").replace("Both", "BOTH")

    def ngettext(self, singular, plural, number):
        return (singular if number == 1 else plural).upper().replace("%(HOURS)S", "%(hours)s")


def make_pair(policy=None, **columns):
    """A mentor and a mentee, compiled; a column holds what is known of the two."""
    people = People(
        ids=("E1", "E2"),
        names=("Ana Diaz", "Dana Weiß"),
        levels=("Low", "High"),
        level_order=("Low", "High"),
        **columns,
    )
    values = {"rules": {"level_gap": 1}, **(policy or {})}
    return compile_problem(Policy.from_values(values), people)


def test_reasons_name_topics_by_worth_then_hours_and_languages():
    offered = (Topic("Data storytelling", 1), Topic("Generative AI", 3), Topic("Podcasts", 3))
    compiled = make_pair(
        offered=(offered, ()),
        wanted=((), (Topic("data  Storytelling", 2), Topic("Generative AI", 3))),
        zones=("Europe/Berlin", "Europe/Berlin"),
        hours=((540, 1020), (480, 935)),
        languages=(("english", "german", "spanish"), ("english", "french", "spanish")),
    )

    said = reasons(compiled, 0, 0)

    assert said == [
        "Offers Generative AI and data  Storytelling, which Dana Weiß wants.",
        "6.5 working hours in common.",
        "Both speak English and Spanish.",
    ]


def test_more_than_three_topics_are_counted():
    names = ("A", "B", "C", "D", "E")
    topics = tuple(Topic(name) for name in names)
    compiled = make_pair(offered=(topics, ()), wanted=((), topics))

    said = reasons(compiled, 0, 0)

    assert said == ["Offers A, B, C and 2 other topics, which Dana Weiß wants."]


def test_one_hour_is_singular():
    compiled = make_pair(
        {"rules": {"level_gap": 1, "overlap_hours": 0}},
        zones=("Europe/Berlin", "Europe/Berlin"),
        hours=((540, 1020), (480, 600)),
    )

    said = reasons(compiled, 0, 0)

    assert said == ["1 working hour in common."]


def test_nothing_is_said_of_what_is_not_shared():
    compiled = make_pair(
        {"rules": {"level_gap": 1, "overlap_hours": 0, "shared_language": False}},
        offered=((Topic("A"),), ()),
        wanted=((), (Topic("B"),)),
        zones=("Europe/Berlin", "Asia/Tokyo"),
        hours=((540, 1020), (540, 960)),
        languages=(("english",), ("german",)),
    )

    said = reasons(compiled, 0, 0)

    assert said == []


def test_unknown_hours_are_not_spoken_of():
    compiled = make_pair(zones=("Europe/Berlin", ""))

    said = reasons(compiled, 0, 0)

    assert said == []


def test_hours_that_are_taken_for_somebodys_are_named():
    compiled = make_pair(zones=("Europe/Berlin", "Europe/Berlin"), hours=((480, 840), None))

    said = reasons(compiled, 0, 0)

    assert said == ["5 working hours in common, taking 09:00-17:00 where hours are not known."]


def test_hours_are_not_spoken_of_where_only_others_have_zones():
    day = (540, 1020)
    people = People(
        ids=("E1", "E2", "E3"),
        names=("Ana Diaz", "Dana Weiß", "Eve"),
        roles=("mentor", "mentee", "mentee"),
        zones=("", "", "Europe/Berlin"),
        hours=(day, day, day),
    )
    compiled = compile_problem(Policy.from_values({"rules": {"level_gap": 0}}), people)

    said = reasons(compiled, 0, 0)

    assert said == []


@pytest.mark.parametrize(
    ("units", "regions", "said"),
    [
        (("A", "A"), ("X", "X"), "A similar perspective."),
        (("A", "B"), ("X", "X"), "A different perspective."),
        (("A", "B"), ("X", "Y"), "A very different perspective."),
    ],
)
def test_private_differences_are_one_line_in_three_steps(units, regions, said):
    weights = {"stage": 0, "unit": 10, "region": 10}
    compiled = make_pair({"preferences": weights}, units=units, regions=regions)

    found = reasons(compiled, 0, 0)

    assert found == [said]


@pytest.mark.parametrize(
    "policy",
    [
        {"preferences": {"stage": 0, "region": 0}},
        {"preferences": {"stage": 0, "preferred_region": "same"}},
        {"preferences": {"stage": 0}, "rules": {"level_gap": 1, "region": "across"}},
    ],
    ids=["no weight", "same region preferred", "settled by a rule"],
)
def test_one_private_difference_alone_is_not_told(policy):
    compiled = make_pair(policy, units=("A", "B"), regions=("X", "Y"))

    said = reasons(compiled, 0, 0)

    assert said == []


@pytest.mark.parametrize(
    ("score", "said"), [(700, "strong"), (699, "good"), (450, "good"), (449, "weak")]
)
def test_quality_follows_the_bounds_of_the_policy(score, said):
    compiled = make_pair(
        {"preferences": {"topics": 100, "stage": 0}},
        offered=((Topic("A", 3),), ()), wanted=((), (Topic("A", 3),)),
    )  # fmt: skip

    found = quality(score, compiled)

    assert (found, compiled.full_score) == (said, 1000)


def test_without_a_used_preference_every_pair_is_weak():
    compiled = make_pair({"preferences": {"stage": 0}})

    found = quality(0, compiled)

    assert (found, compiled.full_score) == ("weak", 0)


@pytest.mark.parametrize(
    ("why", "rules", "said"),
    [
        ("taken", (), "Everyone who is allowed already has somebody."),
        ("nobody", (), "There is nobody on the other side."),
        ("no_seat", (), "Takes nobody: the number of places is 0."),
        (
            "rules",
            ("level_gap", "reporting_line", "former", "keep_apart"),
            "These rules leave nobody: enough levels between the two and"
            " kept apart (reporting line, earlier pair or private request).",
        ),
    ],
)
def test_somebody_without_a_pair_is_told_why(why, rules, said):
    person = Unmatched("mentee", 0, why, rules)

    sentence = unmatched_reason(person)

    assert sentence == said


@pytest.mark.parametrize("code", ["reporting_line", "former", "keep_apart"])
def test_private_reasons_read_alike(code):
    codes = [code]

    names = rule_names(codes)

    assert names == ["kept apart (reporting line, earlier pair or private request)"]


def test_every_rule_and_preference_has_a_name():
    codes = [rule.code for rule in CLASS_RULES]

    named = [rule_name(code) for code in [*codes, "reporting_line", "former", "keep_apart", "self"]]

    assert all(named)
    assert PREFERENCES.keys() == CRITERIA.keys()


@pytest.mark.parametrize(
    ("names", "said"),
    [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")],
    ids=["none", "one", "two", "three"],
)
def test_names_are_joined_as_in_a_sentence(names, said):
    found = enumerated(names)

    assert found == said


def test_everything_is_said_in_another_language():
    compiled = make_pair(
        languages=(("english", "german"), ("english", "german")),
        zones=("Europe/Berlin", "Europe/Berlin"),
    )

    said = reasons(compiled, 0, 0, Shouting())

    assert said == ["8 WORKING HOURS IN COMMON.", "BOTH speak English AND German."]


def test_words_for_qualities_and_preferences_are_translated():
    translations = Shouting()

    words = quality_word("good", translations), preference_name("topics", translations)

    assert words == ("good", "topics wanted AND offered")
