"""Sponsors with the log of talks, in whose name people are invited, and whom to ask next."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    make_cohort,
    make_enrollment,
    make_level,
    make_manager,
    make_person,
    make_program,
)
from upwell.audit.models import AuditEntry
from upwell.people.models import Invitation, OrgUnit
from upwell.programs import services
from upwell.programs.models import Approach, LeaderAnswer, Sponsor
from upwell.programs.queries.sponsors import BIG, sponsor_candidates, sponsor_for
from upwell.programs.services.invitations import write_invitations

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 4)


def make_sponsor(program, person=None, *, unit=None, answer="committed", on=TODAY):
    by = make_manager()
    talk = Approach(made_on=on, made_by=by, way="talk", answer=answer)
    person = person or make_person()
    return services.add_sponsor(program, person, unit=unit, approach=talk, by=by)


def url(name, row, query=""):
    return reverse(f"programs:{name}", args=[row.pk]) + query


def posted(manager, **fields):
    given = {"made_by": manager.pk, "made_on": "2026-05-04", "way": "talk", "answer": "committed"}
    return given | {"words": "Good idea."} | fields


@pytest.fixture
def units():
    """Sales, with Field below it."""
    sales = OrgUnit.objects.create(name="Sales")
    return sales, OrgUnit.objects.create(name="Field", parent=sales)


def test_a_leader_is_put_on_the_list_with_the_talk(client, manager, units):
    program, vera = make_program(manager), make_person(name="Vera")

    response = client.post(
        url("sponsor_add", program, "?who=Vera"), posted(manager, unit=units[0].pk)
    )

    sponsor = Sponsor.objects.get()
    talk = sponsor.approaches.get()
    assert response.url == url("sponsor_list", program)
    assert (sponsor.person, sponsor.unit, sponsor.state) == (vera, units[0], "committed")
    assert (talk.made_by, talk.made_on, talk.words) == (manager, TODAY, "Good idea.")
    assert AuditEntry.objects.get().facts == {"person": str(vera.pk), "answer": "committed"}


def test_the_link_beside_a_leader_leads_to_them(client, manager):
    program = make_program(manager)
    for key in ("V 1", "V&2"):
        make_person(name="Vera", employee_id=key)

    page = client.get(url("sponsor_add", program), {"q": "V&2"}).content.decode()
    link = re.search(r'href="([^"]+[?]who=[^"]+)"', page)[1]
    found = client.get(unescape(link)).context["person"]
    several = client.get(url("sponsor_add", program), {"who": "Vera"}).content.decode()

    assert found.employee_id == "V&2"
    assert "Who of these is meant? Vera (V 1), Vera (V&amp;2)" in several


def test_nobody_is_on_the_list_twice(manager):
    program = make_program(manager)
    sponsor = make_sponsor(program)

    with pytest.raises(ValidationError, match="on the list already"):
        make_sponsor(program, sponsor.person)


@pytest.mark.parametrize(("days", "state"), [(1, "declined"), (-1, "committed")])
def test_the_answer_of_the_latest_talk_counts_whenever_it_is_written_down(
    client, manager, days, state
):
    sponsor = make_sponsor(make_program(manager))
    on = (TODAY + timedelta(days=days)).isoformat()

    client.post(url("sponsor_detail", sponsor), posted(manager, made_on=on, answer="declined"))

    sponsor.refresh_from_db()
    assert (sponsor.state, sponsor.approaches.count()) == (state, 2)


def test_a_talk_of_tomorrow_is_refused(client, manager):
    sponsor = make_sponsor(make_program(manager))
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()

    page = client.post(url("sponsor_detail", sponsor), posted(manager, made_on=tomorrow))

    assert page.context["form"].errors == {"made_on": ["Please choose a day up to today."]}
    assert sponsor.approaches.count() == 1


def test_the_unit_is_changed_and_the_sponsor_taken_off(client, manager, units):
    sponsor = make_sponsor(make_program(manager))

    client.post(url("sponsor_edit", sponsor), {"unit": units[1].pk})
    sponsor.refresh_from_db()
    unit = sponsor.unit
    client.post(url("sponsor_remove", sponsor), {"is_sure": "True"})

    assert unit == units[1]
    assert not Sponsor.objects.exists()


def test_the_nearest_committed_sponsor_speaks_to_somebody(manager, units):
    program, (sales, field) = make_program(manager), units
    whole = make_sponsor(program)
    above = make_sponsor(program, unit=sales)
    make_sponsor(program, unit=field, answer="considering")
    make_sponsor(program, make_person(is_active=False), unit=field)
    make_sponsor(make_program(), unit=field)

    assert sponsor_for(program, make_person(unit=field)) == above
    assert sponsor_for(program, make_person()) == whole
    assert sponsor_for(program, above.person) == whole


def test_nobody_is_addressed_in_their_own_name(manager, units):
    program = make_program(manager)
    own = make_sponsor(program, make_person(unit=units[0]), unit=units[0])

    assert sponsor_for(program, own.person) is None


def test_of_two_for_the_same_unit_the_more_senior_speaks(manager, units):
    program = make_program(manager)
    make_sponsor(program, make_person(name="A", level=make_level("Low", 1)), unit=units[0])
    senior = make_person(name="B", level=make_level("High", 9))
    high = make_sponsor(program, senior, unit=units[0])

    assert sponsor_for(program, make_person(unit=units[1])) == high


def test_participants_are_invited_in_the_name_of_their_sponsor(manager, units):
    cohort = make_cohort(manager, name="Spring")
    vera = make_person(name="Vera", title="Head of Sales")
    make_sponsor(cohort.program, vera, unit=units[0])
    ann = make_person(unit=units[1], sign_in_email="ann@example.com")
    ben = make_person(sign_in_email="ben@example.com")
    cem = make_person(unit=units[0], sign_in_email="cem@example.com", own_language="de")
    for person in (ann, ben, cem):
        make_enrollment(cohort, person=person, state="asked")

    write_invitations(f"{cohort.pk.hex}{manager.pk.hex}", report=lambda progress: None)

    about = dict(Invitation.objects.values_list("person", "about"))
    part = f"take part in {cohort.program}, in Spring."
    assert about[ann.pk] == f"In the name of Vera, Head of Sales: please {part}"
    assert about[ben.pk] == f"You are asked to {part}"
    assert about[cem.pk].startswith("Im Namen von Vera, Head of Sales: ")


def test_leaders_who_speak_well_of_it_are_suggested_before_heads_of_big_units(manager, units):
    program, (sales, field) = make_program(manager), units
    chief = make_person(name="Chief", level=make_level("Chief", 9), unit=sales)
    lead = make_person(name="Lead", level=make_level("Lead", 5), unit=field)
    listed = make_sponsor(program).person
    for _number in range(BIG):
        make_person(unit=field, level=make_level("Junior", 1))
    told = {"answered_at": timezone.now(), "has_changed_work": True, "may_be_told": True}
    for person in (make_person(name="Told"), listed):
        LeaderAnswer.objects.create(program=program, person=person, **told)

    found = sponsor_candidates(program)

    assert [one.person.name for one in found] == ["Told", chief.name, lead.name]
    assert found[1].reason == f"the most senior of Sales, {BIG + 2} people"
    assert [one.unit for one in found] == [None, sales.pk, field.pk]


def test_small_units_and_people_without_a_level_are_not_suggested(manager, units):
    for _number in range(BIG):
        make_person(unit=units[0])
    make_person(unit=units[1], level=make_level("Chief", 9))
    OrgUnit.objects.filter(pk=units[1].pk).update(parent=None)

    assert sponsor_candidates(make_program(manager)) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_makes_the_same_queries_for_any_number(
    client, manager, count, django_assert_num_queries
):
    program = make_program(manager)
    for _number in range(count):
        make_sponsor(program)

    with django_assert_num_queries(9):
        response = client.get(url("sponsor_list", program))

    assert len(response.context["sponsors"]) == count


@pytest.mark.parametrize("name", ["sponsor_list", "sponsor_add"])
def test_pages_of_another_program_do_not_exist(client, manager, name):
    assert client.get(url(name, make_program(make_manager()))).status_code == 404


@pytest.mark.parametrize("name", ["sponsor_detail", "sponsor_edit", "sponsor_remove"])
def test_sponsors_of_another_program_do_not_exist(client, manager, name):
    sponsor = make_sponsor(make_program(make_manager()))

    assert client.post(url(name, sponsor), {"is_sure": "True"}).status_code == 404
    assert Sponsor.objects.filter(pk=sponsor.pk).exists()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (None, "Who in senior leadership backs Upstream?"),
        ("considering", "No leader has committed to Upstream yet"),
        ("committed", "Vera backs Upstream"),
    ],
)
def test_the_heading_says_how_it_stands(client, manager, answer, said):
    program = make_program(manager, name="Upstream")
    if answer:
        make_sponsor(program, make_person(name="Vera"), answer=answer)

    assert said in client.get(url("sponsor_list", program)).content.decode()
