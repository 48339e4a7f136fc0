"""The ten steps of a launch, each read from what there is."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from tests.desk.launching import (
    DATES,
    make_calendar,
    make_done,
    make_funding,
    make_goal,
    make_learner,
    make_measure,
    make_meetings,
    make_owner,
    make_published,
    make_sponsor,
    make_wishing,
)
from tests.factories import make_cohort, make_enrollment, make_manager, make_person, make_program
from upwell.desk.queries.launch import launch_of
from upwell.learning.models import TextKind
from upwell.people.models import OrgUnit, Person
from upwell.policy import Policy
from upwell.programs.models import Cohort, Estimate, Program
from upwell.programs.queries.mass_inputs import inputs_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 1)
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def manager():
    return make_manager(name="Maya Lind")


@pytest.fixture
def program(manager):
    return make_program(manager, name="Fresh eyes")


@pytest.fixture
def cohort(program):
    return make_cohort(program=program, name="Spring", starts_on=date(2027, 1, 4), gates=())


def step(program, manager, code):
    found = launch_of(program, by=manager, today=TODAY)
    return next(one for one in found.steps if one.code == code)


def read(program, manager, code):
    reading = step(program, manager, code).reading
    return reading.state.value, reading.evidence


def test_a_program_of_which_there_is_nothing_has_ten_open_steps(program, manager):
    launch = launch_of(program, by=manager, today=TODAY)

    assert [one.state for one in launch.steps] == ["open"] * 10
    assert [one.number for one in launch.steps] == list(range(1, 11))
    assert launch.headline == "Fresh eyes: 0 of 10 steps are done"
    assert launch.gates == []


def test_goal_needs_initiative_goal_and_a_measure(program, manager):
    Program.objects.filter(pk=program.pk).update(goal="Listen.")
    program.refresh_from_db()

    assert read(program, manager, "goal") == (
        "under_way",
        "Still missing: the strategic initiative and a measure.",
    )


@pytest.mark.parametrize(
    ("measures", "evidence"),
    [
        (1, "1 measure; it is due on May 1, 2027."),
        (3, "3 measures; the first is due on May 1, 2027."),
    ],
)
def test_goal_is_done_with_its_measures(program, manager, measures, evidence):
    make_goal(program, measures)

    assert read(program, manager, "goal") == ("done", evidence)


def test_a_measure_alone_is_no_goal(program, manager):
    make_measure(program)

    assert read(program, manager, "goal")[0] == "under_way"


def test_support_waits_for_a_commitment(program, manager):
    make_sponsor(program, "considering")
    make_sponsor(program, "declined")

    assert read(program, manager, "support") == (
        "under_way",
        "2 leaders were asked; none has committed yet.",
    )


def test_support_says_who_has_committed_and_for_what(program, manager):
    unit = OrgUnit.objects.create(name="Sales")
    make_sponsor(program, person=make_person(name="Ann Fern"), unit=unit)
    make_sponsor(program, person=make_person(name="Ben Reed"))

    assert read(program, manager, "support") == (
        "done",
        "Committed: Ann Fern for Sales and Ben Reed for the whole organization.",
    )


def test_a_sponsor_who_has_left_backs_nothing(program, manager):
    make_sponsor(program, person=make_person(is_active=False))

    assert read(program, manager, "support")[0] == "open"


@pytest.mark.parametrize(
    ("amount", "shown"), [("40000", "40,000"), ("999.50", "999.50"), ("0", "0")]
)
def test_funding_says_how_much_who_and_when(program, manager, amount, shown):
    make_funding(program, amount)

    assert read(program, manager, "funding") == (
        "done",
        f"{shown} EUR, approved by Finn Cho on May 1, 2027.",
    )


def test_the_executive_owner_has_to_accept(program, manager):
    owner = make_owner(program, accepted_at=None)

    found = step(program, manager, "owner")

    assert (found.state, found.reading.evidence) == (
        "under_way",
        "Olga Dahl was asked and has not answered yet.",
    )
    assert found.reading.who == [owner.person]


def test_the_executive_owner_has_accepted(program, manager):
    make_owner(program)

    assert read(program, manager, "owner") == ("done", "Olga Dahl accepted on May 1, 2027.")


def test_an_executive_owner_who_has_left_answers_for_nothing(program, manager):
    owner = make_owner(program)
    Person.objects.filter(pk=owner.person_id).update(is_active=False)

    assert read(program, manager, "owner")[0] == "open"


def test_people_come_in_the_order_mentees_wishes_mentors(program, cohort, manager):
    said = [read(program, manager, "people")]
    make_wishing(cohort, "Games", role="mentor")
    said.append(read(program, manager, "people"))
    make_wishing(cohort, "Games", "Law")
    make_enrollment(cohort, "mentee")
    said.append(read(program, manager, "people"))

    assert said == [
        ("open", "Nobody takes part yet. Mentees first."),
        ("under_way", "1 mentor takes part, and no mentee yet."),
        ("under_way", "1 of 2 mentees have said what they want to learn."),
    ]


def test_people_tell_supply_against_demand(program, cohort, manager):
    make_wishing(cohort, "Games", "Law")
    make_wishing(cohort, "Law")
    make_wishing(cohort, "Games", "Music", role="mentor")
    before = read(program, manager, "people")
    make_wishing(cohort, "Law", role="mentor")

    assert before == (
        "under_way",
        "1 of 2 wanted topics are offered (50 %)."
        " For 1 mentee nobody offers anything that they want.",
    )
    assert read(program, manager, "people") == (
        "done",
        "2 mentees and 2 mentors take part. 2 of 2 wanted topics are offered (100 %).",
    )


def test_people_who_have_left_neither_want_nor_offer(program, cohort, manager):
    make_wishing(cohort, "Games")
    make_wishing(cohort, "Games", role="mentor", person=make_person(is_active=False))

    assert read(program, manager, "people")[1].startswith("What all mentees want to learn is in.")


def test_a_mentor_of_another_cohort_meets_nobody_here(program, cohort, manager):
    make_wishing(cohort, "Games")
    make_wishing(cohort, "Law", role="mentor")
    make_wishing(make_cohort(), "Games", role="mentor")

    assert read(program, manager, "people")[1].startswith("0 of 1 wanted topic is offered (0 %).")


def test_calendar_names_the_dates_that_are_missing(program, cohort, manager):
    Cohort.objects.filter(pk=cohort.pk).update(
        **{name: DATES[name] for name in DATES if name != "midpoint_on"}
    )
    make_meetings(program, 5)

    assert read(program, manager, "calendar") == (
        "under_way",
        "Still missing: “midpoint on” and one meeting a month (5 of 6 are planned).",
    )


def test_calendar_is_done_with_all_dates_and_a_meeting_a_month(program, cohort, manager):
    make_calendar(cohort)

    assert read(program, manager, "calendar") == (
        "done",
        "Spring runs from Jan. 4, 2027 to July 3, 2027, with 6 meetings planned.",
    )


def test_a_long_cohort_wants_twelve_meetings(program, cohort, manager):
    make_calendar(cohort)
    Cohort.objects.filter(pk=cohort.pk).update(months=12)

    assert "(6 of 12 are planned)" in read(program, manager, "calendar")[1]


def make_estimate(cohort, **values):
    inputs = inputs_of([cohort])[cohort.pk]
    return Estimate.objects.create(cohort=cohort, inputs=inputs, made_at=NOON, **values)


def test_how_many_are_enough_is_open_until_it_is_worked_out(program, cohort, manager):
    found = step(program, manager, "mass")

    assert found.state == "open"
    assert found.link.href == reverse("programs:mass_detail", args=[cohort.pk])
    assert "has not been worked out" in found.reading.evidence


def test_enough_people_are_a_step_that_is_done(program, cohort, manager):
    make_estimate(cohort, state="enough", chance=0.973)

    assert read(program, manager, "mass") == (
        "done",
        "Enough people: everyone can be paired with 97 % confidence. Worked out on Dec. 1, 2026.",
    )


def test_enough_people_for_everyone_else_are_not_done(program, cohort, manager):
    make_estimate(cohort, state="enough", chance=0.99, figures={"alone": 9})

    state, evidence = read(program, manager, "mass")

    assert state == "under_way"
    assert evidence.startswith("By the rules of the policy, nobody may mentor 9 of the mentees.")


def test_enough_people_are_not_told_once_the_roster_has_changed(program, cohort, manager):
    make_estimate(cohort, state="enough", chance=0.99)
    make_enrollment(cohort)

    assert read(program, manager, "mass") == (
        "under_way",
        "Whether there are enough people was worked out on Dec. 1, 2026. People, the policy or what"
        " is assumed have changed since, so it is to be worked out anew.",
    )


def test_how_many_more_to_invite_is_said_with_a_range(program, cohort, manager):
    make_estimate(cohort, state="more", least=12, most=16, best=["Risk"])

    state, evidence = read(program, manager, "mass")

    assert state == "under_way"
    assert evidence.startswith(
        "Invite 12 to 16 more mentors, mostly in Risk, to pair everyone with 95 % confidence."
    )


@pytest.mark.parametrize(
    ("code", "evidence"),
    [
        (
            "resources",
            "The guidelines for meetings, respectful conversation and confidentiality are ready,"
            " and not published.",
        ),
        ("training", "The lessons for mentors and mentees are ready, and not published."),
    ],
)
def test_guidelines_and_lessons_wait_for_a_manager_to_publish_them(
    program, manager, code, evidence
):
    make_owner(program)

    found = step(program, manager, code)

    assert (found.state, found.who) == ("open", "Maya Lind")
    assert (found.reading.evidence, found.link.to) == (evidence, "learning:text_list")


def test_guidelines_are_done_once_they_are_published(program, manager):
    make_published(program, TextKind.GUIDELINES)

    state, evidence = read(program, manager, "resources")

    assert state == "done"
    assert evidence.startswith("Guidelines for meetings, conversation and confidentiality, publi")
    assert read(program, manager, "training")[0] == "open"


def test_training_counts_those_who_have_done_all_their_lessons(program, cohort, manager):
    make_published(program, TextKind.LESSONS)
    mentee, mentor, other = (make_learner(cohort, role) for role in ("mentee", "mentor", "mentor"))
    make_done(mentee)
    make_done(mentor, "mentor-expectations")
    make_done(other)

    found = step(program, manager, "training")

    assert (found.state, found.link.label) == ("under_way", "See who has done how much")
    assert found.reading.evidence == (
        "2 of 3 who take part have done their lessons. The policy asks for 80 %."
    )


def test_training_is_done_by_as_many_as_the_policy_asks_for(program, cohort, manager):
    make_published(program, TextKind.LESSONS)
    mentee, _mentor = make_learner(cohort, "mentee"), make_learner(cohort)
    make_done(mentee)
    before = read(program, manager, "training")
    policy = Policy.from_values({"gates": {"trained_percent": 50}})
    Program.objects.update(policy_json=policy.to_json())
    program.refresh_from_db()

    assert before[0] == "under_way"
    assert read(program, manager, "training") == (
        "done",
        "1 of 2 who take part have done their lessons.",
    )


def test_whoever_cannot_sign_in_is_told_of_and_does_not_count_as_untrained(
    program, cohort, manager
):
    make_published(program, TextKind.LESSONS)
    make_enrollment(cohort)
    alone = read(program, manager, "training")
    make_done(make_learner(cohort))

    assert alone == (
        "under_way",
        "The lessons are published. Nobody who takes part can sign in. The policy asks for 80 %.",
    )
    assert read(program, manager, "training") == (
        "done",
        "1 of 1 who takes part has done their lessons. 1 more cannot sign in, and is not counted.",
    )


def test_lessons_of_nobody_train_nobody(program, cohort, manager):
    make_published(program, TextKind.LESSONS)
    make_done(make_enrollment(cohort, "mentee", person=make_person(is_active=False)))

    assert read(program, manager, "training") == (
        "under_way",
        "The lessons are published. Nobody takes part yet. The policy asks for 80 %.",
    )


def test_each_step_says_which_gates_wait_for_it(program, cohort, manager):
    found = launch_of(program, by=manager, today=TODAY)

    assert {one.code: one.before for one in found.steps if one.before} == {
        "goal": "before mentees",
        "owner": "before mentees",
        "people": "before mentors",
        "resources": "before mentees",
        "training": "before the match",
        "calendar": "before mentees",
    }


def test_whoever_takes_part_in_the_cohort_is_told_nothing_of_it(program, cohort, manager):
    make_enrollment(cohort, "mentee", person=manager)

    found = launch_of(program, by=manager, today=TODAY)

    assert [one.code for one in found.steps if one.state == "hidden"] == [
        "people",
        "channels",
        "calendar",
        "mass",
    ]
    assert (found.facts.cohort, found.gates, found.cohorts) == (None, [], [])


def test_the_latest_cohort_that_has_not_ended_is_looked_at_first(program, cohort, manager):
    later = make_cohort(program=program, name="Autumn", starts_on=date(2027, 9, 1))
    make_cohort(program=program, name="Long ago", starts_on=date(2025, 1, 1))

    first = launch_of(program, by=manager, today=TODAY)
    asked = launch_of(program, by=manager, cohort=str(cohort.pk), today=TODAY)

    assert (first.facts.cohort, asked.facts.cohort) == (later, cohort)
    assert first.cohorts == [later, cohort]


def test_a_cohort_that_has_ended_is_looked_at_when_asked_for(program, cohort, manager):
    ended = make_cohort(program=program, starts_on=date(2025, 1, 1))

    found = launch_of(program, by=manager, cohort=str(ended.pk), today=TODAY)

    assert (found.facts.cohort, found.cohorts) == (ended, [cohort])


def test_a_cohort_that_one_takes_part_in_is_not_looked_at(program, cohort, manager):
    other = make_cohort(program=program, starts_on=date(2025, 1, 1))
    make_enrollment(other, person=manager)

    found = launch_of(program, by=manager, cohort=str(other.pk), today=TODAY)

    assert found.facts.cohort == cohort


@pytest.mark.parametrize("count", [1, 3])
def test_a_launch_makes_the_same_queries_for_any_number(
    program, manager, count, django_assert_num_queries
):
    make_goal(program, count)
    make_funding(program)
    make_owner(program)
    for number in range(count):
        make_sponsor(program)
        cohort = make_cohort(program=program, starts_on=date(2027, 1, 1 + number))
        make_wishing(cohort, "Games", f"Law {number}")
        make_wishing(cohort, "Games", role="mentor")
        make_done(make_enrollment(cohort))
    make_meetings(program, count)
    make_published(program)

    with django_assert_num_queries(15):
        launch_of(program, by=manager, today=TODAY)
