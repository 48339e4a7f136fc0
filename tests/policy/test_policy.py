"""The policy and its two faces."""

import itertools
import pickle
from gettext import NullTranslations

import pytest

from upwell.policy.faults import PolicyError
from upwell.policy.policy import Policy, example


def test_example_is_the_default_policy():
    text = example()

    policy = Policy.from_toml(text)

    assert policy == Policy()


def test_example_explains_every_key():
    lines = example().splitlines()

    bare = [
        line
        for before, line in itertools.pairwise(lines)
        if line[:1].isalpha() and not before.startswith("#")
    ]

    assert bare == []


def test_writing_again_gives_the_same_text():
    text = example()

    again = Policy.from_toml(text).to_toml()

    assert again == text


def test_a_byte_order_mark_does_not_matter():
    text = "\ufeff" + example()

    policy = Policy.from_toml(text)

    assert policy == Policy()


def test_snapshot_is_canonical():
    written = Policy.from_toml("[rules]\nlevel_gap = 3\noverlap_hours = 3")

    snapshot = Policy.from_json('{"rules": {"overlap_hours": 3.0, "level_gap": 3}}').to_json()

    assert snapshot == written.to_json()


def test_snapshot_has_sorted_keys_and_no_spaces():
    policy = Policy()

    snapshot = policy.to_json()

    assert snapshot[:58] == '{"capacity":{"mentee":1,"mentor":1},"hours":{"default":"09'


WRONG = {
    "[rules]\nlevel_gap = 'two'": (
        'rules.level_gap is "two". It must be a whole number from 0 to 50.'
    ),
    "[rules]\nlevel_gap = true": "rules.level_gap is true. It must be a whole number from 0 to 50.",
    "[rules]\noverlap_hours = 2.3": (
        "rules.overlap_hours is 2.3. It must be a number of hours from 0 to 12, in steps of 0.5."
    ),
    "[rules]\noverlap_hours = nan": (
        "rules.overlap_hours is nan. It must be a number of hours from 0 to 12, in steps of 0.5."
    ),
    "[rules]\nregion = 'near'": (
        'rules.region is "near". It must be one of: "any", "same", "across".'
    ),
    "[rules]\nshared_language = 1": "rules.shared_language is 1. It must be true or false.",
    "[capacity]\nmentors = 2": (
        "capacity.mentors is 2, but there is no such key. The keys here are: mentor, mentee."
    ),
    "capacity = 2": "capacity is 2. It must be a table of keys: mentor, mentee.",
    "[hours]\ndefault = '17:00-09:00'": (
        'hours.default is "17:00-09:00". It must be two times in order, such as "09:00-17:00".'
    ),
    "[hours]\ndefault = 'nine to five'": (
        'hours.default is "nine to five". It must be two times in order, such as "09:00-17:00".'
    ),
    "[levels]\norder = 'VP'": (
        'levels.order is "VP". It must be a list of names in quotes, such as ["Manager", "VP"].'
    ),
    "[levels]\norder = ['VP', '']": (
        'levels.order[1] is "". It must be text of 1 to 200 characters, in quotes.'
    ),
    "[levels]\norder = ['VP', 'vp ']": (
        'levels.order is ["VP", "vp "]. It must name each level once.'
    ),
    "[mentors]\nlevels = ['VP']\n[mentees]\nlevels = ['vp']": (
        'mentees.levels names ["vp"], which mentors.levels names, too. A level must be on one side.'
    ),
    "[pairs]\npin = ['E1']": (
        'pairs.pin[0] is "E1". It must be a list of pairs of ids, such as [["E1", "E2"]].'
    ),
    "[pairs]\npin = [['E1']]": (
        'pairs.pin[0] is ["E1"]. It must be a list of pairs of ids, such as [["E1", "E2"]].'
    ),
    "[pairs]\npin = [['E1', 2]]": (
        "pairs.pin[0][1] is 2. It must be text of 1 to 200 characters, in quotes."
    ),
    "[pairs]\nformer = [['E1', 'E1']]": (
        'pairs.former is [["E1", "E1"]]. Each pair must name two different people.'
    ),
    "[quality]\ngood = 80": "quality.good is 80. It must not be above quality.strong.",
    "preview_hours = 11": "preview_hours is 11. It must be a whole number from 12 to 168.",
    "[privacy]\nthreshold = 5": (
        "privacy.threshold is 5. It must be a whole number from 6 to 1000."
    ),
    "[preferences]\ntopics = 0\nhours = 0\nstage = 0\nunit = 0\nregion = 0\nranking = 0": (
        "preferences gives every weight as 0. At least one of topics, hours, stage, unit, region"
        " and ranking must be above 0."
    ),
    "[rules]\n\nlevel_gap": ("Line 3 is not TOML: Expected '=' after a key in a key/value pair."),
}


@pytest.mark.parametrize("text", WRONG)
def test_wrong_policy_names_key_value_and_what_is_allowed(text):
    with pytest.raises(PolicyError) as caught:
        Policy.from_toml(text)

    assert caught.value.sentences() == [WRONG[text]]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "[1]",
            "The policy is [1]. It must be a table of keys: objective, choosing,"
            " choosing_names, preview_hours, levels, mentors, mentees, rules, preferences,"
            " capacity, hours, pairs, quality, privacy, gates.",
        ),
        ("{", "Line 1 is not JSON: Expecting property name enclosed in double quotes."),
        ("[" * 100_000, "Line 1 is not JSON: it is nested too deeply."),
        (
            '{"levels": {"order": ["\\ud800"]}}',
            'levels.order[0] is "�". It must be text of 1 to 200 characters, in quotes.',
        ),
        (
            '{"rules": {"level_gap": null}}',
            "rules.level_gap is null. It must be a whole number from 0 to 50.",
        ),
    ],
    ids=["no table", "no JSON", "too deep", "unwritable", "null"],
)
def test_wrong_snapshot_is_refused(text, sentence):
    with pytest.raises(PolicyError) as caught:
        Policy.from_json(text)

    assert caught.value.sentences() == [sentence]


def test_everything_wrong_is_told_at_once():
    text = "[rules]\nlevel_gap = 99\n[privacy]\nthreshold = 1"

    with pytest.raises(PolicyError) as caught:
        Policy.from_toml(text)

    assert [fault.key for fault in caught.value.faults] == [
        "rules.level_gap",
        "privacy.threshold",
    ]


def test_a_policy_error_survives_a_process_boundary():
    with pytest.raises(PolicyError) as caught:
        Policy.from_toml("[rules]\nlevel_gap = 99")

    copy = pickle.loads(pickle.dumps(caught.value))

    assert copy.faults == caught.value.faults


class Backwards(NullTranslations):
    def gettext(self, message):
        return message[::-1] if message == "The policy" else message


def test_sentences_are_translated():
    with pytest.raises(PolicyError) as caught:
        Policy.from_json("[]")

    [sentence] = caught.value.sentences(Backwards())

    assert sentence.startswith("ycilop ehT is []")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0x" + "f" * 9_000, "0x" + "f" * 57 + "…"),
        ("{a = 1}", "{…}"),
        ("{}", "{}"),
        ("[[[1]]]", "[[[…]]]"),
        ("'" + "x" * 100 + "'", '"' + "x" * 58 + "…"),
        ('"\\u0007\\n"', '"��"'),
        ("2026-01-15", "2026-01-15"),
    ],
    ids=["huge", "table", "empty table", "deep", "long", "control characters", "date"],
)
def test_a_wrong_value_is_shown_so_that_it_can_be_read(value, shown):
    with pytest.raises(PolicyError) as caught:
        Policy.from_toml(f"[rules]\nlevel_gap = {value}")

    assert caught.value.faults[0].value == shown
