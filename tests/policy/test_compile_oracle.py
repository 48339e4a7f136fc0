"""A policy and people compiled, against a slow oracle that looks at pair by pair."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching.oracles import points_listed
from upwell.matching.criteria import Affinity, Listed
from upwell.policy import Policy, compile_problem
from upwell.policy.overlap import REFERENCE_YEAR
from upwell.sheets.people import People, Topic

LEVELS = ("Low", "Middle", "High", "Top")
ZONES = (
    "",
    "Nowhere",
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/New_York",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Europe/Berlin",
)
TOPICS = ("AI", "Podcasts", "Gaming", "Sleep")


def topics():
    return st.lists(
        st.builds(Topic, st.sampled_from(TOPICS), st.integers(1, 3)),
        max_size=3,
        unique_by=lambda topic: topic.name,
    ).map(tuple)


def hours():
    half_hours = st.tuples(st.integers(0, 47), st.integers(1, 48))
    return st.none() | half_hours.map(lambda at: (30 * at[0], 30 * (at[0] + at[1])))


def rankings(ids):
    """Some people in any order, each once; a bit of a number joins one to the one before."""

    def cut(people, joins):
        tiers = []
        for at, person in enumerate(people):
            if tiers and joins >> at & 1:
                tiers[-1] += (person,)
            else:
                tiers.append((person,))
        return tuple(tiers)

    people = st.lists(st.sampled_from([*ids, "nobody"]), max_size=5, unique=True)
    return st.builds(cut, people, st.integers(0, 31))


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
        max_mentees=maybe(st.none() | st.integers(0, 3)),
        max_mentors=maybe(st.none() | st.integers(0, 3)),
        ranked=maybe(rankings(ids)),
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
        "ranking": st.integers(0, 100),
    }),
    "pairs": st.fixed_dictionaries({
        "keep_apart": st.just([["E0", "E2"]]),
        "former": st.sampled_from(([], [["E3", "E1"]], [["E0", "E3"], ["E9", "left"]])),
    }),
}).map(Policy.from_values)  # fmt: skip


def value(column, row):
    return " ".join(column[row].casefold().split()) if column else ""


@cache
def offsets(zone):
    """Minutes ahead of UTC on each day of the year."""
    days = [datetime(REFERENCE_YEAR, 1, 1, 12, tzinfo=UTC) + timedelta(n) for n in range(365)]
    return [day.astimezone(ZoneInfo(zone)).utcoffset() // timedelta(minutes=1) for day in days]


def working_day(people, policy, row):
    """A person's zone and hours, or None."""
    zones = people.zones if people.zones and any(people.zones) else None
    zone = zones[row] if zones else "UTC"
    span = people.hours[row] if people.hours else None
    if zones and span is None:
        start, end = policy.hours.default.split("-")
        span = 60 * int(start[:2]), 60 * int(end[:2])
    return (zone, span) if zone and zone != "Nowhere" and span is not None else None


@cache
def least_shared(one, other):
    """Minutes of the worst day of the year, counted one by one."""
    return min(
        len({(m - ahead[0]) % 1440 for m in range(*one[1])}
            & {(m - ahead[1]) % 1440 for m in range(*other[1])})
        for ahead in set(zip(offsets(one[0]), offsets(other[0]), strict=True))
    )  # fmt: skip


def shared_minutes(people, policy, mentor, mentee):
    first, second = (working_day(people, policy, row) for row in (mentor, mentee))
    return None if first is None or second is None else least_shared(first, second)


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


def rank_of(people, chooser, chosen, others):
    """The place of somebody among those of the other side whom the chooser ranks, or None."""
    sides = [people.row_of.keys() & set(tier) for tier in people.ranked[chooser]]
    rows = [{people.row_of[person] for person in tier} & set(others) for tier in sides]
    filled = [tier - {chooser} for tier in rows if tier - {chooser}]
    return next((rank for rank, tier in enumerate(filled, start=1) if chosen in tier), None)


def ranking_points(compiled, mentor, mentee):
    people, half = compiled.people, 5 * compiled.policy.preferences.ranking
    ranks = [
        rank_of(people, mentor, mentee, compiled.mentee_rows),
        rank_of(people, mentee, mentor, compiled.mentor_rows),
    ] if people.ranked else []  # fmt: skip
    points = sum(half * (9 - rank) // 8 for rank in ranks if rank is not None and rank < 9)
    return {"ranking": points} if points else {}


def part(criterion, mentor, mentee):
    if isinstance(criterion, Listed):
        return points_listed(criterion, mentor, mentee)
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

    assert found == {
        rows: points_of(people, policy, largest, *rows) | ranking_points(compiled, *rows)
        for rows in found
    }


@settings(max_examples=100, deadline=None)
@given(people=tables(), policy=policies)
def test_full_score_is_exceeded_by_rankings_alone(people, policy):
    compiled = compile_problem(policy, people)
    others = [c for c in compiled.problem.criteria if c.code != "ranking"]

    most = max(
        sum(points for c in others if (points := part(c, *pair)) > 0)
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

    seats = compiled.problem.mentor_capacity.tolist(), compiled.problem.mentee_capacity.tolist()

    assert seats == (
        [places(row, people.max_mentees, people.capacities) for row in compiled.mentor_rows],
        [places(row, people.max_mentors, people.capacities) for row in compiled.mentee_rows],
    )


def places(row, *columns):
    for column in columns:
        if column is not None and column[row] is not None:
            return column[row]
    return 1
