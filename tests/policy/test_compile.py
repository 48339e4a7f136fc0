"""A policy and people compiled, against a slow oracle that looks at pair by pair."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from upwell.matching.problem import FORBIDDEN, Affinity
from upwell.policy import Policy, PolicyError, compile_problem
from upwell.policy.overlap import REFERENCE_YEAR
from upwell.sheets.people import People, Topic

LEVELS = ("Low", "Middle", "High", "Top")
ZONES = ("", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Nowhere")
TOPICS = ("AI", "Podcasts", "Gaming", "Sleep")


def topics():
    return st.lists(
        st.builds(Topic, st.sampled_from(TOPICS), st.integers(1, 3)),
        max_size=3,
        unique_by=lambda topic: topic.name,
    ).map(tuple)


def hours():
    half_hours = st.tuples(st.integers(0, 47), st.integers(1, 48)).filter(lambda at: at[0] < at[1])
    return st.none() | half_hours.map(lambda at: (30 * at[0], 30 * at[1]))


@st.composite
def tables(draw):
    """Four to nine people, any column of whom may be missing or blank here and there."""
    size = draw(st.integers(4, 9))
    ids = tuple(f"E{row}" for row in range(size))

    def column(values):
        return tuple(draw(st.lists(values, min_size=size, max_size=size)))

    def maybe(values):
        return column(values) if draw(st.booleans()) else None

    names = st.sampled_from(("", "A", "a ", "B", "C"))
    managers = st.sampled_from(("", "outside", *ids))
    levels = (*LEVELS, *column(st.sampled_from(LEVELS)))[:size]
    return People(
        ids=ids,
        names=ids,
        level_order=LEVELS,
        levels=levels,
        units=maybe(names),
        teams=maybe(names),
        regions=maybe(names),
        zones=maybe(st.sampled_from(ZONES)),
        hours=maybe(hours()),
        languages=maybe(st.sampled_from(((), ("de",), ("en",), ("de", "en"), ("en", "fr")))),
        offered=maybe(topics()),
        wanted=maybe(topics()),
        managers=maybe(managers),
        dotted=maybe(st.lists(st.sampled_from(ids), max_size=2, unique=True).map(tuple)),
        capacities=maybe(st.none() | st.integers(0, 3)),
    )


policies = st.fixed_dictionaries({
    "rules": st.fixed_dictionaries({
        "level_gap": st.integers(0, 2),
        "reporting_lines": st.sampled_from(("never", "distance")),
        "reporting_distance": st.integers(2, 4),
        "unit": st.sampled_from(("any", "different")),
        "team": st.sampled_from(("any", "different")),
        "region": st.sampled_from(("any", "same", "across")),
        "overlap_hours": st.sampled_from((0, 0.5, 2.0, 4)),
        "shared_language": st.booleans(),
    }),
    "preferences": st.fixed_dictionaries({
        "topics": st.integers(1, 100),
        "hours": st.integers(0, 100),
        "stage": st.integers(0, 100),
        "unit": st.integers(0, 100),
        "region": st.integers(0, 100),
        "preferred_region": st.sampled_from(("same", "across")),
    }),
    "pairs": st.fixed_dictionaries({
        "keep_apart": st.just([["E0", "E2"]]),
        "former": st.sampled_from(([], [["E3", "E1"]], [["E0", "E3"], ["E9", "left"]])),
    }),
}).map(Policy.from_values)  # fmt: skip


def value(column, row):
    return " ".join(column[row].casefold().split()) if column else ""


def moments(people, policy, row):
    """The minutes of two days in which a person works, as sets of minutes since 1970."""
    zones = people.zones if people.zones and any(people.zones) else None
    zone = zones[row] if zones else "UTC"
    span = people.hours[row] if people.hours else None
    if zones and span is None:
        start, end = policy.hours.default.split("-")
        span = 60 * int(start[:2]), 60 * int(end[:2])
    if not zone or zone == "Nowhere" or span is None:
        return None
    days = []
    for month in (1, 7):
        noon = datetime(REFERENCE_YEAR, month, 15, 12, tzinfo=ZoneInfo(zone))
        ahead = noon.utcoffset() // timedelta(minutes=1)
        days.append({(minute - ahead) % 1440 for minute in range(*span)})
    return days


def shared_minutes(people, policy, mentor, mentee):
    first, second = (moments(people, policy, row) for row in (mentor, mentee))
    if first is None or second is None:
        return None
    return min(len(one & other) for one, other in zip(first, second, strict=True))


def next_above(people, row):
    """Those directly above, each with whether the line is dotted."""
    solid = [people.managers[row]] if people.managers else []
    dotted = people.dotted[row] if people.dotted else ()
    named = [(person, False) for person in solid] + [(person, True) for person in dotted]
    return [(people.row_of[p], is_dotted) for p, is_dotted in named if p in people.row_of]


def ways_up(people, start):
    """Everyone above, each with the steps of the shortest solid way, and by a dotted way or not."""
    seen, queue = set(), [(start, 0, False)]
    while queue:
        row, steps, is_dotted = queue.pop(0)
        for above, dotted_step in next_above(people, row):
            way = (above, is_dotted or dotted_step)
            if way not in seen:
                seen.add(way)
                queue.append((above, steps + 1, way[1]))
                yield above, steps + 1, way[1]


def is_in_line(people, rules, mentor, mentee):
    if any(row == mentor for row, _, _ in ways_up(people, mentee)):
        return True
    near = rules.reporting_distance if rules.reporting_lines == "distance" else 10**9
    return any(
        row == mentee and (is_dotted or steps < near)
        for row, steps, is_dotted in ways_up(people, mentor)
    )


def broken_names(people, rules, mentor, mentee):
    broken = set()
    for code, column in (
        ("unit", people.units),
        ("team", people.teams),
        ("region", people.regions),
    ):
        one, other = value(column, mentor), value(column, mentee)
        asked = getattr(rules, code)
        if one and other and asked != "any" and (one == other) == (asked != "same"):
            broken.add(code)
    return broken


def broken_rules(people, policy, mentor, mentee):
    rules = policy.rules
    broken = broken_names(people, rules, mentor, mentee)
    height = [LEVELS.index(level) for level in people.levels]
    if height[mentee] - height[mentor] < rules.level_gap:
        broken.add("level_gap")
    shared = shared_minutes(people, policy, mentor, mentee)
    if shared is not None and shared < 60 * rules.overlap_hours:
        broken.add("overlap_hours")
    one, other = (people.languages[row] if people.languages else () for row in (mentor, mentee))
    if rules.shared_language and one and other and not set(one) & set(other):
        broken.add("shared_language")
    couple = {people.ids[mentor], people.ids[mentee]}
    for code in ("former", "keep_apart"):
        if couple in [set(pair) for pair in getattr(policy.pairs, code)]:
            broken.add(code)
    if is_in_line(people, rules, mentor, mentee):
        broken.add("reporting_line")
    return broken


def points_of(people, policy, largest, mentor, mentee):
    weights, rules, points = policy.preferences, policy.rules, {}
    offer = {t.name: t.strength for t in people.offered[mentor]} if people.offered else {}
    wish = {t.name: t.strength for t in people.wanted[mentee]} if people.wanted else {}
    whole = 3 * sum(wish.values())
    points["topics"] = sum(
        offer.get(name, 0) * (10 * weights.topics * strength // whole)
        for name, strength in wish.items()
    )
    shared = shared_minutes(people, policy, mentor, mentee) or 0
    points["hours"] = 10 * weights.hours * (min(shared, 480) // 30) // 16
    steps = LEVELS.index(people.levels[mentee]) - LEVELS.index(people.levels[mentor])
    points["stage"] = 10 * weights.stage * max(steps, 0) // largest
    for code, column, settled, wanted in (
        ("unit", people.units, rules.unit != "any", "across"),
        ("region", people.regions, rules.region != "any", weights.preferred_region),
    ):
        one, other = value(column, mentor), value(column, mentee)
        fits = one and other and (one == other) == (wanted == "same")
        points[code] = 10 * getattr(weights, code) if fits and not settled else 0
    return {code: number for code, number in points.items() if number}


def part(criterion, mentor, mentee):
    if isinstance(criterion, Affinity):
        return int(criterion.mentors[mentor] @ criterion.mentees[mentee])
    return int(criterion.scores[criterion.mentor_class[mentor], criterion.mentee_class[mentee]])


def couples(compiled):
    """Each pair of the problem: its indices, and the rows of the two."""
    for mentor, one in enumerate(compiled.mentor_rows):
        for mentee, other in enumerate(compiled.mentee_rows):
            yield (mentor, mentee), (one, other)


@settings(max_examples=150, deadline=None)
@given(people=tables(), policy=policies)
def test_rules_forbid_what_the_oracle_finds_broken(people, policy):
    compiled = compile_problem(policy, people)

    found = {rows: set(compiled.problem.rules_between(*pair)) for pair, rows in couples(compiled)}

    assert found == {rows: broken_rules(people, policy, *rows) for rows in found}


@settings(max_examples=150, deadline=None)
@given(people=tables(), policy=policies)
def test_preferences_give_what_the_oracle_counts(people, policy):
    compiled = compile_problem(policy, people)
    heights = [LEVELS.index(level) for level in people.levels]
    largest = max(heights[row] for row in compiled.mentee_rows)
    largest -= min(heights[row] for row in compiled.mentor_rows)

    found = {
        rows: {c.code: points for c in compiled.problem.criteria if (points := part(c, *pair)) > 0}
        for pair, rows in couples(compiled)
    }

    assert found == {rows: points_of(people, policy, largest, *rows) for rows in found}


@settings(max_examples=100, deadline=None)
@given(people=tables(), policy=policies)
def test_full_score_is_never_exceeded(people, policy):
    compiled = compile_problem(policy, people)

    most = max(
        sum(points for c in compiled.problem.criteria if (points := part(c, *pair)) > 0)
        for pair, _ in couples(compiled)
    )

    assert most <= compiled.full_score


@settings(max_examples=50, deadline=None)
@given(people=tables(), policy=policies)
def test_the_same_input_gives_the_same_problem(people, policy):
    first = compile_problem(policy, people)

    again = compile_problem(Policy.from_json(policy.to_json()), replace(people))

    assert again.problem.digest() == first.problem.digest()


@settings(max_examples=50, deadline=None)
@given(people=tables(), policy=policies)
def test_capacities_are_those_of_the_table_or_of_the_policy(people, policy):
    compiled = compile_problem(policy, people)

    seats = compiled.problem.mentor_capacity.tolist()

    known = people.capacities or [None] * len(people)
    assert seats == [1 if known[row] is None else known[row] for row in compiled.mentor_rows]


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
    assert compiled.not_used == ("topics", "hours", "unit", "region")
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
        ids=tuple(f"E{row}" for row in range(2 * count)),
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
    "no participant": (
        {"keep_apart": [["A", "C"]]},
        ['pairs.keep_apart[0][1] names "C", who does not take part.'],
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
