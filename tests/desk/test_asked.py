"""What the home page says to whoever is asked something by a program, or has said yes."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from tests.factories import make_manager, make_pair, make_person, make_program
from upwell.desk.queries import home_of
from upwell.programs.models import LeaderAnswer, Staff

pytestmark = pytest.mark.django_db
HOME = reverse("desk:home")
MAY = datetime(2027, 5, 1, 12, tzinfo=UTC)
OWNER, CONTACT = Staff.Role.EXECUTIVE_OWNER, Staff.Role.CONCERN_CONTACT


def make_named(person, role=CONTACT, program=None, **fields):
    program = program or make_program(name="Fresh eyes")
    return Staff.objects.create(program=program, person=person, role=role, place=1, **fields)


def make_asked_leader(person, **fields):
    return LeaderAnswer.objects.create(program=make_program(), person=person, **fields)


@pytest.mark.parametrize(
    ("role", "title", "route"),
    [
        (OWNER, "Will you be the executive owner of Fresh eyes?", "programs:owner_answer"),
        (CONTACT, "Will you be a concern contact of Fresh eyes?", "programs:contact_answer"),
    ],
)
def test_whoever_is_named_and_has_not_answered_is_asked(role, title, route):
    staff = make_named(ann := make_person(), role)

    home = home_of(ann)

    assert (home.headline, home.is_bare, home.duties) == (title, False, [])
    assert (home.main_step.to, home.main_step.pk) == (route, staff.program_id)


@pytest.mark.parametrize(
    ("role", "words", "routes"),
    [
        (
            OWNER,
            "You are the executive owner of Fresh eyes.",
            ["programs:owner_answer", "desk:launch", "learning:text_list"],
        ),
        (CONTACT, "You are a concern contact of Fresh eyes.", ["programs:contact_answer"]),
    ],
)
def test_after_a_yes_a_line_says_what_they_are(role, words, routes):
    make_named(ann := make_person(), role, accepted_at=MAY)

    home = home_of(ann)

    assert (home.headline, home.main_step, home.is_bare) == (
        "Nothing waits for you today",
        None,
        False,
    )
    assert [duty.words for duty in home.duties] == [words]
    assert [step.to for step in home.duties[0].steps] == routes


def test_after_a_no_nothing_is_said():
    make_named(ann := make_person(), declined_at=MAY)

    assert home_of(ann).is_bare


def test_nobody_is_told_what_others_are_asked():
    make_named(make_person(), accepted_at=MAY)
    make_asked_leader(make_person())

    assert home_of(make_person()).is_bare


def test_a_leader_is_asked_two_questions_until_they_answer():
    answer = make_asked_leader(ann := make_person())
    before = home_of(ann)
    LeaderAnswer.objects.update(answered_at=MAY, has_changed_work=False, may_be_told=False)

    assert before.headline == "Did a mentor change your work?"
    assert (before.main_step.to, before.main_step.pk) == ("programs:leader_answer", answer.pk)
    assert home_of(ann).is_bare


def test_of_several_questions_none_is_the_main_step():
    make_named(ann := make_person())
    make_asked_leader(ann)

    home = home_of(ann)

    assert (home.headline, home.main_step) == ("2 questions wait for your answer", None)


def test_a_question_comes_before_ones_own_pair_and_leaves_the_pair_its_button(client):
    make_pair(ann := make_person(), make_person(name="Thomas"))
    make_named(ann)
    client.force_login(ann)

    response = client.get(HOME)
    html = response.content.decode()

    assert response.context["home"].headline == "Will you be a concern contact of Fresh eyes?"
    assert html.count("button--primary") == 1
    assert "Open your pair" in html


def test_a_program_that_waits_for_its_manager_comes_before_a_question():
    manager = make_manager()
    program = make_program(manager)
    make_named(manager, program=make_program())

    home = home_of(manager, date(2026, 1, 1))

    assert (home.main_step.to, home.main_step.pk) == ("desk:launch", program.pk)
    assert len(home.questions) == 1


def test_each_link_leads_to_a_page(client):
    make_named(ann := make_person(), OWNER, accepted_at=MAY)
    make_named(ann, CONTACT, make_program())
    make_asked_leader(ann)
    client.force_login(ann)
    home = client.get(HOME).context["home"]

    hrefs = [one.step.href for one in home.questions]
    hrefs += [step.href for duty in home.duties for step in duty.steps]

    assert len(hrefs) == 5
    assert {client.get(href).status_code for href in hrefs} == {200}


@pytest.mark.parametrize("count", [1, 3])
def test_home_makes_the_same_queries_for_any_number_of_questions(
    client, count, django_assert_num_queries
):
    ann = make_person()
    for _ in range(count):
        make_named(ann, program=make_program())
        make_named(ann, program=make_program(), accepted_at=MAY)
        make_asked_leader(ann)
    client.force_login(ann)

    with django_assert_num_queries(13):
        response = client.get(HOME)

    assert len(response.context["home"].questions) == 2 * count


def test_the_question_stands_once_on_the_page(client):
    make_named(ann := make_person())
    client.force_login(ann)

    html = client.get(HOME).content.decode()

    assert html.count("Will you be a concern contact of Fresh eyes?") == 1
    assert (
        html.count(reverse("programs:contact_answer", args=[Staff.objects.get().program_id])) == 1
    )
