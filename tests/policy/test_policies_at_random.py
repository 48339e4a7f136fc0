"""Any valid policy survives being written; no wrong one is anything but a PolicyError."""

from hypothesis import given, settings
from hypothesis import strategies as st

from upwell.policy import Policy, PolicyError
from upwell.policy.gates import STEPS
from upwell.policy.values import same_name

names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).filter(str.strip)
levels = st.lists(names, max_size=6, unique_by=same_name)
couples = st.lists(
    st.tuples(names, names).filter(lambda pair: pair[0] != pair[1]).map(list), max_size=3
)
percents = st.integers(0, 100)
steps = st.lists(st.sampled_from(STEPS), max_size=4)


@st.composite
def valid_values(draw):
    """Any values that a policy may have."""
    order = draw(levels)
    middle = draw(st.integers(0, len(order)))
    good, strong = sorted((draw(percents), draw(percents)))
    start, end = sorted(draw(st.sets(st.integers(0, 1440), min_size=2, max_size=2)))
    clock = [f"{at // 60:02}:{at % 60:02}" for at in (start, end)]
    return {
        "preview_hours": draw(st.integers(12, 168)),
        "levels": {"order": order},
        "mentors": {"levels": order[:middle]},
        "mentees": {"levels": order[middle:]},
        "rules": {
            "level_gap": draw(st.integers(0, 50)),
            "reporting_lines": draw(st.sampled_from(["never", "distance"])),
            "region": draw(st.sampled_from(["any", "same", "across"])),
            "overlap_hours": draw(st.integers(0, 24)) / 2,
            "shared_language": draw(st.booleans()),
        },
        "preferences": {
            "topics": draw(st.integers(1, 100)),
            "unit": draw(percents),
            "ranking": draw(percents),
        },
        "capacity": {"mentor": draw(st.integers(1, 50))},
        "hours": {"default": "-".join(clock)},
        "pairs": {
            **{code: draw(couples) for code in ("pin", "keep_apart", "former")},
            "mutual_first": draw(st.booleans()),
        },
        "quality": {"strong": strong, "good": good},
        "privacy": {"threshold": draw(st.integers(6, 1000))},
        "gates": {gate: draw(steps) for gate in ("mentees", "mentors", "match")}
        | {"trained_percent": draw(st.integers(0, 100))},
    }


@settings(deadline=None)
@given(valid_values())
def test_toml_reads_back_to_the_same_policy(values):
    policy = Policy.from_values(values)

    again = Policy.from_toml(policy.to_toml())

    assert again == policy


@settings(deadline=None)
@given(valid_values())
def test_json_reads_back_to_the_same_policy(values):
    policy = Policy.from_values(values)

    again = Policy.from_json(policy.to_json())

    assert (again, again.to_json()) == (policy, policy.to_json())


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
KEYS = [
    (section, key)
    for section, values in Policy().model_dump().items()
    if isinstance(values, dict)
    for key in values
]


def keys_named(values):
    """The keys, without places in lists, that the refusal of these values names."""
    try:
        Policy.from_values(values)
    except PolicyError as error:
        return {fault.key.split("[")[0] for fault in error.faults}
    return set()


@settings(max_examples=300, deadline=None)
@given(place=st.sampled_from(KEYS), value=anything)
def test_a_refused_value_is_named_by_its_key(place, value):
    section, key = place

    named = keys_named({section: {key: value}})

    assert named <= {f"{section}.{key}"}


@settings(max_examples=300, deadline=None)
@given(place=st.sampled_from(KEYS), value=anything)
def test_an_unknown_key_is_named(place, value):
    section, key = place

    named = keys_named({section: {f"{key}s": value}})

    assert named == {f"{section}.{key}s"}


@settings(max_examples=300, deadline=None)
@given(values=anything)
def test_wrong_values_are_never_another_error(values):
    try:
        said = Policy.from_values(values).to_toml()
    except PolicyError as error:
        said = "".join(error.sentences())

    assert said


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_any_text_is_a_policy_or_a_policy_error(text):
    try:
        said = Policy.from_toml(text).to_toml()
    except PolicyError as error:
        said = "".join(error.sentences())

    assert said
