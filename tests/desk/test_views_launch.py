"""The launch page, and the pages that open a gate."""

import html
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.desk.launching import make_goal, make_owner, make_sponsor, make_wishing
from tests.factories import make_cohort, make_enrollment, make_manager, make_program
from upwell.desk.services import open_gate
from upwell.programs.models import Opening, Staff

pytestmark = pytest.mark.django_db
WHY = "The guidelines are in the intranet."


@pytest.fixture
def manager(client):
    person = make_manager(name="Maya Lind")
    client.force_login(person)
    return person


@pytest.fixture
def cohort(manager):
    starts_on = timezone.localdate() + timedelta(days=60)
    return make_cohort(manager, name="Spring", starts_on=starts_on, gates=())


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(html.unescape(response.content.decode()).split())


def launch_of(cohort):
    return reverse("desk:launch", args=[cohort.program_id])


def gate_of(cohort, gate="match"):
    return reverse(f"desk:gate_{gate}", args=[cohort.pk])


def test_the_page_says_the_news_the_evidence_and_whose_turn_it_is(client, cohort):
    make_goal(cohort.program, 3)

    text = page(client, launch_of(cohort))

    assert f"<h1>{cohort.program}: 1 of 10 steps is done</h1>" in text
    assert "3 measures; the first is due on May 1, 2027." in text
    assert "Up to: Maya Lind" in text


def test_the_page_has_one_action_and_links_to_every_gate_that_is_closed(client, cohort):
    text = page(client, launch_of(cohort))

    assert text.count("button--primary") == 1
    for gate in Opening.Gate.values:
        assert gate_of(cohort, gate) in text


def test_no_step_can_be_ticked(client, cohort):
    main = page(client, launch_of(cohort)).partition("<main")[2].partition("</main>")[0]

    assert "<input" not in main
    assert client.post(launch_of(cohort)).status_code == 405


def test_a_program_of_somebody_else_is_not_there(client, manager):
    other = make_program(make_manager())

    assert client.get(reverse("desk:launch", args=[other.pk])).status_code == 404


def test_the_executive_owner_reads_it_and_is_offered_nothing(client, cohort):
    client.force_login(make_owner(cohort.program).person)

    text = page(client, launch_of(cohort))

    assert "0 of 10 steps are done" not in text
    assert "button--primary" not in text
    assert gate_of(cohort) not in text


def test_a_manager_finds_it_once_however_many_answer_for_it(client, cohort, manager):
    make_owner(cohort.program, manager)
    Staff.objects.create(
        program=cohort.program, person=make_manager(), role=Staff.Role.PROGRAM_MANAGER
    )

    assert client.get(launch_of(cohort)).status_code == 200


def test_whoever_was_asked_to_own_it_and_has_not_answered_finds_nothing(client, cohort):
    client.force_login(make_owner(cohort.program, accepted_at=None).person)

    assert client.get(launch_of(cohort)).status_code == 404


def test_a_cohort_is_chosen_by_its_link(client, cohort):
    later = make_cohort(program=cohort.program, name="Autumn", starts_on=date(2090, 1, 1), gates=())

    first = page(client, launch_of(cohort))
    chosen = page(client, f"{launch_of(cohort)}?cohort={cohort.pk}")

    assert "What Autumn is open for" in first
    assert "What Spring is open for" in chosen
    assert f"?cohort={later.pk}" in chosen


@pytest.mark.parametrize("words", ["nonsense", "00000000-0000-4000-8000-000000000000", "%00"])
def test_a_cohort_that_is_not_there_is_not_chosen(client, cohort, words):
    assert "What Spring is open for" in page(client, f"{launch_of(cohort)}?cohort={words}")


def test_the_page_of_a_gate_says_what_is_missing_and_asks_why(client, cohort):
    text = page(client, gate_of(cohort, "mentees"))

    assert "4 steps are missing before Spring goes on" in text
    assert "Nobody answers yet for orientation, learning and resources." in text
    assert '<textarea name="reason"' in text
    assert "Who sees this:" in text


def test_a_gate_that_misses_nothing_asks_for_nothing(client, cohort):
    make_wishing(cohort, "Games")

    text = page(client, gate_of(cohort, "mentors"))

    assert "Spring can go on: nothing is missing" in text
    assert "<textarea" not in text


def test_a_gate_is_opened_with_a_reason_that_the_launch_page_shows(client, cohort):
    answer = client.post(gate_of(cohort), {"reason": WHY})
    text = page(client, answer.url)

    assert answer.url == f"{launch_of(cohort)}?cohort={cohort.pk}"
    assert "Done. Match runs can be started." in text
    assert "Missing at the time: Training." in text
    assert WHY in text


@pytest.mark.parametrize("reason", ["", "because"])
def test_a_gate_stays_closed_without_a_reason(client, cohort, reason):
    answer = client.post(gate_of(cohort), {"reason": reason})

    assert answer.status_code == 200
    assert "reason" in answer.context["form"].errors
    assert not Opening.objects.exists()


def test_a_gate_that_is_open_says_so(client, cohort, manager):
    open_gate(cohort, Opening.Gate.MATCH, reason=WHY, by=manager)

    text = page(client, gate_of(cohort))

    assert "Spring is open already" in text
    assert "<textarea" not in text


def test_a_gate_opened_meanwhile_is_refused(client, cohort, manager):
    open_gate(cohort, Opening.Gate.MATCH, reason=WHY, by=manager)

    answer = client.post(gate_of(cohort), {"reason": WHY})

    assert answer.status_code == 200
    assert cohort.openings.count() == 1


def test_whoever_takes_part_finds_no_gate_and_no_reason(client, cohort, manager):
    open_gate(cohort, Opening.Gate.MATCH, reason=WHY, by=manager)
    make_enrollment(cohort, "mentee", person=manager)

    assert client.get(gate_of(cohort)).status_code == 404
    assert WHY not in page(client, launch_of(cohort))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_makes_the_same_queries_for_any_number(
    client, manager, cohort, count, django_assert_num_queries
):
    make_goal(cohort.program, count)
    for number in range(count):
        make_sponsor(cohort.program)
        make_wishing(cohort, f"Games {number}")
    open_gate(cohort, Opening.Gate.MATCH, reason=WHY, by=manager)

    with django_assert_num_queries(18):
        client.get(launch_of(cohort))
