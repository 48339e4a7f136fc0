"""The topics of a program and its planned meetings, and the templates that bring them."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.databases import at_once
from tests.factories import make_manager, make_program
from upwell.audit.models import AuditEntry
from upwell.policy import Policy
from upwell.programs import services
from upwell.programs.goal_templates import goal_templates
from upwell.programs.models import PlannedMeeting, Program, Topic

pytestmark = pytest.mark.django_db


def url(name, row):
    return reverse(f"programs:{name}", args=[row.pk])


def plan(program, *names, by):
    for name in names:
        services.add_meeting(program, name=name, intent="Talk.", questions=[], by=by)


def planned(program):
    return list(program.planned_meetings.values_list("number", "name"))


def topics_of(program):
    return list(program.topics.values_list("topic__name", flat=True))


@pytest.mark.parametrize("kind", Program.Kind.values)
def test_a_program_of_each_kind_starts_from_its_template(manager, kind):
    template = goal_templates()[kind]

    program = services.create_program(name="Upstream", goal_kind=kind, by=manager)

    program.refresh_from_db()
    assert (program.initiative, program.goal) == (template.initiative, template.goal)
    assert program.functions == list(template.functions)
    assert program.policy != Policy(objective="fair")
    assert program.policy.objective == "fair"
    assert topics_of(program) == list(template.topics)
    assert [name for _number, name in planned(program)] == [one.name for one in template.meetings]
    assert all(meeting.questions for meeting in program.planned_meetings.all())


def test_ones_own_goal_stands_before_that_of_the_template(manager):
    program = services.create_program(
        name="Upstream", goal="Listen.", goal_kind="inclusion", by=manager
    )

    assert program.goal == "Listen."


def test_a_program_without_a_template_is_empty(manager):
    program = services.create_program(name="Upstream", by=manager)

    assert (program.goal, program.initiative, topics_of(program), planned(program)) == (
        *("", ""),
        *([], []),
    )
    assert program.policy == Policy(objective="fair")


def test_templates_are_whole():
    found = goal_templates()

    assert set(found) == set(Program.Kind.values)
    for template in found.values():
        assert (template.language, len(template.topics), len(template.meetings)) == ("en", 10, 6)
        assert all(measure.hint and measure.unit for measure in template.measures)
        assert all(len(meeting.questions) >= 3 for meeting in template.meetings)
        assert template.measures


def test_no_question_is_asked_by_two_templates():
    questions = [
        question
        for template in goal_templates().values()
        for meeting in template.meetings
        for question in meeting.questions
    ]

    assert len(questions) == len(set(questions)) == 90


def test_topics_are_chosen_in_their_order_and_each_once(client, manager):
    program = make_program(manager)
    Topic.objects.create(name="Games", key="games")

    client.post(url("conversation_topics", program), {"topics": "Law\r\ngames\r\n\r\nLAW"})

    assert topics_of(program) == ["LAW", "Games"]
    assert AuditEntry.objects.get().event == "programs.topics.chosen"


def test_too_many_topics_are_refused(client, manager):
    program = make_program(manager)
    names = "\n".join(f"Topic {number}" for number in range(61))

    answer = client.post(url("conversation_topics", program), {"topics": names})

    assert "Please name at most 60 topics." in answer.content.decode()
    assert (topics_of(program), Topic.objects.count()) == ([], 0)


def test_meetings_are_planned_changed_and_taken_out(client, manager):
    program = make_program(manager)
    plan(program, "One", "Two", "Three", by=manager)
    second = program.planned_meetings.get(number=2)

    client.post(
        url("meeting_edit", second),
        {"name": "Second", "intent": "See.", "questions": "Why?\n\n How  so? "},
    )
    client.post(url("meeting_delete", program.planned_meetings.get(number=1)))
    client.post(url("meeting_delete", program.planned_meetings.get(number=1)), {"is_sure": "True"})

    second.refresh_from_db()
    assert planned(program) == [(1, "Second"), (2, "Three")]
    assert (second.intent, second.questions) == ("See.", ["Why?", "How so?"])


@pytest.mark.parametrize(
    ("questions", "why"),
    [(["Why?"] * 13, "at most 12 questions"), (["x" * 301], "This question is too long")],
)
def test_add_meeting_refuses_too_much(manager, questions, why):
    program = make_program(manager)

    with pytest.raises(ValidationError, match=why):
        services.add_meeting(program, name="One", intent="", questions=questions, by=manager)

    assert not planned(program)


def test_at_most_two_years_of_meetings_are_planned(manager):
    program = make_program(manager)
    PlannedMeeting.objects.bulk_create(
        PlannedMeeting(program=program, number=number, name="M") for number in range(1, 25)
    )

    with pytest.raises(ValidationError, match="At most 24 meetings"):
        plan(program, "One more", by=manager)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_database")
def test_meetings_planned_at_once_get_numbers_of_their_own():
    manager = make_manager()
    program = make_program(manager)

    at_once(*(partial(plan, program, f"Meeting {number}", by=manager) for number in range(4)))

    assert [number for number, _name in planned(program)] == [1, 2, 3, 4]


@pytest.mark.parametrize("count", [1, 3])
def test_conversation_detail_makes_the_same_queries(
    client, manager, count, django_assert_num_queries
):
    program = make_program(manager)
    plan(program, *(f"Meeting {number}" for number in range(count)), by=manager)
    names = [f"Topic {number}" for number in range(count)]
    services.set_program_topics(program, topics=names, by=manager)

    with django_assert_num_queries(8):
        response = client.get(url("conversation_detail", program))

    assert len(response.context["meetings"]) == len(response.context["topics"]) == count


@pytest.mark.parametrize("name", ["meeting_edit", "meeting_delete"])
def test_what_others_manage_does_not_exist(client, manager, name):
    owner = make_manager()
    program = make_program(owner)
    plan(program, "One", by=owner)
    meeting = program.planned_meetings.get()

    answer = client.post(
        url(name, meeting), {"is_sure": "True", "name": "Mine", "intent": "x", "questions": ""}
    )

    assert answer.status_code == 404
    assert planned(program) == [(1, "One")]
