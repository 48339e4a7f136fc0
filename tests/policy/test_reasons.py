"""Why two people were paired, as it is kept and as it is said."""

import json
from gettext import NullTranslations

import pytest

from upwell.policy import Policy, compile_problem
from upwell.policy.faults import ENGLISH
from upwell.policy.reasons import Reason, for_participants, reason_text, reasons
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


def sentences(compiled, translations=ENGLISH):
    """What is said of the first mentor and the first mentee, from what would be kept."""
    kept = json.dumps([reason.to_json() for reason in reasons(compiled, 0, 0)])
    found = [Reason.from_json(stored) for stored in json.loads(kept)]
    learner = compiled.people.names[compiled.mentee_rows[0]]
    return [reason_text(reason, translations, mentee=learner) for reason in found]


def test_reasons_name_topics_by_worth_then_hours_and_languages():
    offered = (Topic("Data storytelling", 1), Topic("Generative AI", 3), Topic("Podcasts", 3))
    compiled = make_pair(
        offered=(offered, ()),
        wanted=((), (Topic("data  Storytelling", 2), Topic("Generative AI", 3))),
        zones=("Europe/Berlin", "Europe/Berlin"),
        hours=((540, 1020), (480, 935)),
        languages=(("english", "german", "spanish"), ("english", "french", "spanish")),
    )

    said = sentences(compiled)

    assert said == [
        "Offers “Generative AI” and “data  Storytelling”, which Dana Weiß wants.",
        "6.5 working hours in common.",
        "Both speak English and Spanish.",
    ]


def test_more_than_three_topics_are_counted():
    names = ("A", "B", "C", "D", "E")
    topics = tuple(Topic(name) for name in names)
    compiled = make_pair(offered=(topics, ()), wanted=((), topics))

    said = sentences(compiled)

    assert said == ["Offers “A”, “B”, “C” and 2 other topics, which Dana Weiß wants."]


def test_one_hour_is_singular():
    compiled = make_pair(
        {"rules": {"level_gap": 1, "overlap_hours": 0}},
        zones=("Europe/Berlin", "Europe/Berlin"),
        hours=((540, 1020), (480, 600)),
    )

    said = sentences(compiled)

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

    said = sentences(compiled)

    assert said == []


def test_unknown_hours_are_not_spoken_of():
    compiled = make_pair(zones=("Europe/Berlin", ""))

    said = sentences(compiled)

    assert said == []


def test_hours_that_are_taken_for_somebodys_are_named():
    compiled = make_pair(zones=("Europe/Berlin", "Europe/Berlin"), hours=((480, 840), None))

    said = sentences(compiled)

    assert said == ["5 working hours in common, taking 09:00-17:00 where hours are not known."]


def test_the_usual_day_is_named_where_nobodys_hours_are_known():
    compiled = make_pair(zones=("Europe/Berlin", "Europe/Berlin"))

    said = sentences(compiled)

    assert said == ["8 working hours in common, taking 09:00-17:00 where hours are not known."]


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

    said = sentences(compiled)

    assert said == []


def make_everybody(**preferences):
    """Mentors and mentees of every level, unit and region there is, so that any two may meet."""
    both = [
        (level, unit, region)
        for level in ("1", "2", "5", "6")
        for unit in ("A", "B")
        for region in ("X", "Y")
    ]
    ids = tuple(f"E{row}" for row in range(len(both)))
    levels, units, regions = zip(*both, strict=True)
    people = People(
        ids=ids,
        names=ids,
        level_order=tuple("123456"),
        levels=levels,
        roles=tuple("mentor" if level < "5" else "mentee" for level in levels),
        units=units,
        regions=regions,
    )
    values = {"rules": {"level_gap": 3}, "preferences": preferences}
    return compile_problem(Policy.from_values(values), people)


def told_steps(compiled):
    """The steps told of all pairs that may be made, each with what the two have in common."""
    people, problem = compiled.people, compiled.problem
    for mentor, row in enumerate(compiled.mentor_rows):
        for mentee, other in enumerate(compiled.mentee_rows):
            told = [r for r in reasons(compiled, mentor, mentee) if r.code == "perspective"]
            if told and not problem.rules_between(mentor, mentee):
                yield (
                    told[0].params["step"],
                    people.units[row] == people.units[other],
                    people.regions[row] == people.regions[other],
                    int(people.levels[other]) - int(people.levels[row]),
                )


@pytest.mark.parametrize(
    "weights",
    [{}, {"unit": 100}, {"stage": 100, "unit": 1, "region": 1}, {"region": 100}, {"stage": 1}],
    ids=str,
)
def test_no_step_tells_any_one_difference_whatever_its_weight(weights):
    told = list(told_steps(make_everybody(**weights)))

    for step in (0, 1):
        _steps, units, regions, gaps = zip(*[one for one in told if one[0] == step], strict=True)
        assert set(units) == set(regions) == {True, False}
        assert {min(gaps), max(gaps)} == {3, 5}


def test_differences_are_one_line_in_two_steps():
    compiled = make_everybody()
    said = {
        reason_text(Reason("perspective", {"step": step}))
        for step, *_others in told_steps(compiled)
    }

    assert said == {"A similar perspective.", "A different perspective."}


@pytest.mark.parametrize(
    "weights",
    [{"stage": 0}, {"unit": 0}, {"region": 0}, {"preferred_region": "same"}],
    ids=str,
)
def test_fewer_than_three_differences_are_not_told(weights):
    assert list(told_steps(make_everybody(**weights))) == []


def test_what_a_rule_has_settled_is_no_difference():
    compiled = make_pair(units=("A", "B"), regions=("X", "Y"))

    said = sentences(compiled)

    assert said == []


def test_everything_is_said_in_another_language():
    compiled = make_pair(
        languages=(("english", "german"), ("english", "german")),
        zones=("Europe/Berlin", "Europe/Berlin"),
        hours=((540, 1020), (540, 1020)),
    )

    said = sentences(compiled, Shouting())

    assert said == ["8 WORKING HOURS IN COMMON.", "BOTH speak English AND German."]


def test_kept_reasons_name_nobody():
    topic = Topic("Generative AI")
    compiled = make_pair(offered=((topic,), ()), wanted=((), (topic,)))

    kept = json.dumps([reason.to_json() for reason in reasons(compiled, 0, 0)])

    assert kept == '[{"code": "topics", "params": {"names": ["Generative AI"], "more": 0}}]'


def test_topics_are_told_without_a_name_too():
    reason = Reason("topics", {"names": ["A", "B"], "more": 1})

    said = reason_text(reason)

    assert said == "Offered and wanted: “A”, “B” and 1 other topic."


def test_participants_are_told_of_topics_hours_and_languages_only():
    found = [Reason("perspective", {"step": 2}), Reason("languages", {"names": ["English"]})]

    told = for_participants(found)

    assert told == [Reason("languages", {"names": ["English"]})]
