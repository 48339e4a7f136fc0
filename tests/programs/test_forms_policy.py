from typing import get_args

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from upwell.policy import Fault, Policy
from upwell.policy.texts import TEXTS
from upwell.programs.forms import PolicyFileForm, PolicyForm
from upwell.programs.forms.policy import field_at
from upwell.programs.policy_faults import fault_sentence
from upwell.programs.policy_summary import summary
from upwell.programs.policy_words import ASKED, KEPT, PARTS

LEVELS = [("Associate", "Associate (9)"), ("Manager", "Manager (4)"), ("VP", "VP (1)")]


def keys_of_policy():
    for name, field in Policy.model_fields.items():
        sections = getattr(field.annotation, "model_fields", None)
        yield from (f"{name}.{key}" for key in sections) if sections else [name]


def posted(form):
    """What a browser sends of the form as it is shown."""
    sent = QueryDict(mutable=True)
    for field in form:
        value = field.value()
        if isinstance(value, (list, tuple)):
            sent.setlist(field.html_name, value)
        elif value is not False and value is not None:
            sent[field.html_name] = value
    return sent


def test_every_key_of_the_policy_is_asked_or_kept():
    keys = set(keys_of_policy())

    assert keys == set(ASKED) | KEPT
    assert not set(ASKED) & KEPT
    assert sorted(key for part in PARTS for key in part.keys) == sorted(ASKED)


def test_every_value_that_can_be_chosen_has_words():
    for key in ASKED:
        values = get_args(field_at(Policy(), key).annotation)
        if values and isinstance(values[0], str):
            assert set(ASKED[key].choices) == set(values)


FULL = Policy.from_values(
    {
        "levels": {"order": ["Associate", "Manager", "VP"]},
        "mentors": {"levels": ["associate", "Trainee"]},
        "mentees": {"levels": ["VP"]},
        "rules": {
            "level_gap": 3,
            "reporting_lines": "distance",
            "reporting_distance": 5,
            "unit": "different",
            "team": "any",
            "region": "across",
            "overlap_hours": 1.5,
            "shared_language": False,
        },
        "preferences": {
            "topics": 1,
            "hours": 2,
            "stage": 3,
            "unit": 4,
            "region": 5,
            "preferred_region": "same",
            "ranking": 4,
        },
        "capacity": {"mentor": 2, "mentee": 3},
        "hours": {"default": "08:00-16:30"},
        "pairs": {
            "pin": [["a", "b"]],
            "keep_apart": [["c", "d"]],
            "former": [["e", "f"]],
            "mutual_first": True,
        },
        "quality": {"strong": 80, "good": 50},
        "choosing": "chosen",
        "choosing_names": True,
        "privacy": {"threshold": 8},
        "preview_hours": 72,
        "gates": {"mentees": ["funding", "mass"], "match": ["channels"], "trained_percent": 60},
    }
)


@pytest.mark.parametrize("policy", [Policy(), FULL])
def test_the_form_sent_as_it_is_shown_gives_the_same_policy(policy):
    shown = PolicyForm(policy=policy, levels=LEVELS)

    form = PolicyForm(posted(shown), policy=policy, levels=LEVELS)

    assert form.is_valid(), form.errors
    assert form.policy == policy


def test_steps_that_are_ticked_stand_before_the_gate():
    sent = posted(PolicyForm(policy=FULL, levels=LEVELS))
    sent.setlist("gates.match", ["mass", "support"])

    form = PolicyForm(sent, policy=FULL, levels=LEVELS)

    assert form.is_valid()
    assert form.policy.gates.match == ("support", "mass")
    assert form.policy.gates.mentees == FULL.gates.mentees
    assert summary(form.policy)[-2:] == [
        "Before the match, also: Support and Critical mass.",
        "The match waits until 60 % have done their lessons.",
    ]


def test_what_is_chosen_replaces_the_levels_and_the_rest_stays():
    sent = posted(PolicyForm(policy=FULL, levels=LEVELS))
    sent.setlist("mentors.levels", ["Manager"])
    sent["rules.level_gap"] = 1

    form = PolicyForm(sent, policy=FULL, levels=LEVELS)

    assert form.is_valid()
    assert form.policy.mentors.levels == ("Manager",)
    assert form.policy.rules.level_gap == 1
    assert form.policy.pairs == FULL.pairs
    assert form.policy.levels == FULL.levels


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("rules.level_gap", "51", "less than or equal to 50"),
        ("rules.overlap_hours", "1.3", "multiple of step size"),
        ("rules.region", "mars", "not one of the available choices"),
        ("hours.default", "17:00-09:00", '“Usual working day” is "17:00-09:00". It must be two'),
        ("quality.good", "90", "“Good from” is 90. It must not be above “Strong from”."),
        ("mentees.levels", "Trainee", "not one of the available choices"),
        ("mentees.levels", "Associate", 'mentors’ levels, too: "Associate"'),
        ("privacy.threshold", "5", "greater than or equal to 6"),
    ],
)
def test_a_fault_stands_beside_its_field(key, value, said):
    sent = posted(PolicyForm(policy=FULL, levels=LEVELS))
    sent[key] = value
    levels = [level for level in LEVELS if level[0] != "Trainee"]

    form = PolicyForm(sent, policy=FULL, levels=levels)

    assert not form.is_valid()
    assert list(form.errors) == [key]
    assert said in " ".join(form.errors[key])


def test_weights_of_nothing_at_all_are_refused():
    sent = posted(PolicyForm(policy=Policy(), levels=LEVELS))
    for name in ("topics", "hours", "stage", "unit", "region", "ranking"):
        sent[f"preferences.{name}"] = 0

    form = PolicyForm(sent, policy=Policy(), levels=LEVELS)

    assert form.errors == {
        "preferences.topics": ["Every preference counts 0. At least one must be above 0."]
    }


def test_no_fault_shows_a_key_of_the_file():
    keys = set(ASKED) | KEPT
    params = dict.fromkeys(("line", "format", "reason", "known", "low", "high"), 1)
    params |= dict.fromkeys(("choices", "places", "limit", "count"), 1)

    for code in TEXTS:
        for key in keys:
            said = fault_sentence(Fault(code, f"{key}[1]", '"x"', params))
            assert not [one for one in keys if one in said], said


def upload(content):
    return PolicyFileForm({}, {"file": SimpleUploadedFile("policy.toml", content)})


def test_policy_file_gives_the_whole_policy_back():
    form = upload(FULL.to_toml().encode())

    assert form.is_valid()
    assert form.cleaned_data["file"] == FULL


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[rules]\nlevel_gap = 99", "rules.level_gap is 99"),
        (b"[rules]\nlevle_gap = 2", "there is no such key"),
        (b"level_gap = ", "Line 1 is not TOML"),
        (b"\xff\xfe", "not a text in UTF-8"),
        (b"#" * 1_000_001, "too long"),
    ],
)
def test_policy_file_says_what_is_wrong(content, said):
    form = upload(content)

    assert not form.is_valid()
    assert said in " ".join(form.errors["file"])


def test_summary_says_the_rules_in_short_sentences():
    assert summary(FULL) == [
        "Mentors: associate and Trainee. Mentees: VP.",
        "The mentee stands at least 3 levels above the mentor.",
        "In one reporting line only from 5 steps up a solid line.",
        "Never from one unit.",
        "Always from two regions.",
        "At least 1.5 working hours in common.",
        "A mentor takes up to 2 mentees.",
        "A mentee takes up to 3 mentors.",
        "Counts most: Region.",
        "Two who rank each other first are paired.",
        "Two who choose each other from their short lists are a pair.",
        "Short lists show names.",
        "The best total counts, even where single pairs are weak.",
        "Before mentees are invited, also: Funding and Critical mass.",
        "Before the match, also: Contact channels.",
        "The match waits until 60 % have done their lessons.",
    ]


def test_summary_says_that_pairs_are_stable():
    assert summary(Policy(objective="stable"))[-1] == (
        "No two people would both rather have each other."
    )


def test_summary_of_the_policy_of_a_new_program():
    assert summary(Policy(objective="fair")) == [
        "Mentors: people of any level. Mentees: people of any level.",
        "The mentee stands at least 2 levels above the mentor.",
        "Never in one reporting line.",
        "Never from one team.",
        "At least 2 working hours in common.",
        "Always a language in common.",
        "A mentor takes 1 mentee.",
        "A mentee takes 1 mentor.",
        "Counts most: Topics.",
        "People put their short list in order, and a run weighs it.",
        "Nobody’s pair is sacrificed for the total.",
    ]
