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


def test_words_for_qualities_and_preferences_are_translated():
    translations = Shouting()

    words = quality_word("good", translations), preference_name("topics", translations)

    assert words == ("good", "topics wanted AND offered")
