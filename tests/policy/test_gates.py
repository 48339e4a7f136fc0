"""The steps that a policy wants done before a cohort goes on; they decide nothing about pairs."""

from datetime import date
from hashlib import sha256

import pytest

from upwell.demo import generate
from upwell.policy import Policy, PolicyError, compile_problem

BEFORE_THERE_WERE_GATES = "a5be76ec549964c2b6bf1ed1fabe17cfe9f39c6b62f0d02e548382560f95af61"
STRICT = Policy.from_values({"gates": {"mentees": ["funding"], "match": ["mass", "support"]}})


def test_a_policy_without_gates_is_written_as_before_there_were_any():
    digest = sha256(Policy().to_json().encode()).hexdigest()

    assert digest == BEFORE_THERE_WERE_GATES


def test_gates_change_neither_problem_nor_certificate():
    people = generate(60, seed=1)

    plain, strict = (compile_problem(policy, people) for policy in (Policy(), STRICT))

    assert strict.problem.digest() == plain.problem.digest()
    assert strict.stated(date(2027, 1, 1)) == plain.stated(date(2027, 1, 1))


def test_the_hours_of_a_preview_change_neither_problem_nor_certificate():
    people, longer = generate(60, seed=1), Policy.from_values({"preview_hours": 72})

    plain, other = (compile_problem(policy, people) for policy in (Policy(), longer))

    assert other.problem.digest() == plain.problem.digest()
    assert other.stated(date(2027, 1, 1)) == plain.stated(date(2027, 1, 1))
    assert Policy.from_json(longer.to_json()) == longer


def test_a_snapshot_keeps_the_gates():
    again = Policy.from_json(STRICT.to_json())

    assert again == STRICT != Policy()


def test_steps_are_kept_in_their_order_and_once():
    policy = Policy.from_toml('[gates]\nmatch = ["mass", "goal", "mass"]')

    assert policy.gates.match == ("goal", "mass")


def test_how_many_are_trained_is_a_gate_of_its_own():
    lenient = Policy.from_toml("[gates]\ntrained_percent = 50")

    assert (Policy().gates.trained_percent, lenient.gates.trained_percent) == (80, 50)
    assert lenient.pairing_json() == Policy().pairing_json()
    assert Policy.from_json(lenient.to_json()) == lenient


@pytest.mark.parametrize(
    ("gate", "steps"),
    [
        ("mentees", ("goal", "owner", "resources", "calendar", "funding")),
        ("mentors", ("wanted",)),
        ("match", ("training", "support", "mass")),
    ],
)
def test_what_a_gate_needs_begins_with_what_it_always_needs(gate, steps):
    assert STRICT.gates.needed(gate) == steps


def test_a_step_that_is_needed_anyhow_is_named_once():
    policy = Policy.from_values({"gates": {"match": ["training"]}})

    assert policy.gates.needed("match") == ("training",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mentees = 'goal'", 'gates.mentees is "goal". It must be a list in brackets of any of'),
        ("match = ['money']", 'gates.match[0] is "money". It must be one of: "goal", "support",'),
        ("trained_percent = 101", "gates.trained_percent is 101. It must be"),
        ("trained_percent = '80'", 'gates.trained_percent is "80". It must be a whole number'),
        ("doors = []", "gates.doors is [], but there is no such key. The keys here are: mentees,"),
    ],
)
def test_a_wrong_gate_is_named(text, said):
    with pytest.raises(PolicyError) as refused:
        Policy.from_toml(f"[gates]\n{text}")

    assert said in str(refused.value)


def test_ways_of_choosing_decide_nothing_about_pairs_and_are_kept():
    chosen = Policy.from_toml('choosing = "chosen"\nchoosing_names = true')

    assert chosen.pairing_json() == Policy().pairing_json()
    assert Policy.from_json(chosen.to_json()) == chosen != Policy()
