"""Executive owner and concern contacts: asked, and free to say no."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.databases import at_once
from tests.factories import make_level, make_manager, make_person, make_program
from upwell.audit.models import AuditEntry
from upwell.delivery.models import OutboxMessage
from upwell.people.models import OrgUnit
from upwell.programs import services
from upwell.programs.models import Program, Staff
from upwell.programs.queries.candidates import owner_candidates

OWNER, CONTACT = Staff.Role.EXECUTIVE_OWNER, Staff.Role.CONCERN_CONTACT


def make_leader(name="Vera", **fields):
    given = {"name": name, "sign_in_email": f"{name.lower()}@example.com"}
    return make_person(**given | fields)


def url(name, program):
    return reverse(f"programs:{name}", args=[program.pk])


def names(role):
    found = Staff.objects.filter(role=role).order_by("place")
    return list(found.values_list("person__name", flat=True))


pytestmark = pytest.mark.django_db


def test_asking_writes_to_the_person_in_their_language_and_records_it(client, manager):
    program, vera = make_program(manager), make_leader(own_language="de")

    client.post(url("program_owner", program), {"person": vera.pk})

    message = OutboxMessage.objects.get(person=vera)
    assert names(OWNER) == ["Vera"]
    assert url("owner_answer", program) in message.text
    assert "Guten Tag, Vera" in message.text
    assert AuditEntry.objects.get(event="programs.staff.asked").object_id == str(program.pk)


@pytest.mark.parametrize(("role", "said"), [(OWNER, "owner_answer"), (CONTACT, "contact_answer")])
def test_opening_the_link_uses_nothing_up_and_the_buttons_answer(client, role, said):
    program, vera = make_program(make_manager()), make_leader()
    services.ask_to_serve(program, vera, role=role, by=make_manager())
    client.force_login(vera)

    page = client.get(url(said, program)).content.decode()
    staff = Staff.objects.get(role=role)
    before = staff.accepted_at, staff.declined_at
    client.post(url(said, program), {"answer": "yes"})
    staff.refresh_from_db()
    accepted = staff.accepted_at is not None
    client.post(url(said, program), {"answer": "no"})
    staff.refresh_from_db()

    assert ("I accept" in page, "Not me" in page) == (True, True)
    assert before == (None, None)
    assert accepted
    assert (staff.accepted_at, staff.declined_at is not None) == (None, True)
    events = ["programs.staff.asked", "programs.staff.accepted", "programs.staff.declined"]
    assert set(AuditEntry.objects.values_list("event", flat=True)) == set(events)


@pytest.mark.parametrize("name", ["owner_answer", "contact_answer"])
def test_the_page_exists_only_for_whoever_is_asked(client, manager, name):
    program = make_program(manager)
    services.ask_to_serve(program, make_leader(), role=OWNER, by=manager)
    services.ask_to_serve(program, make_leader("Cleo"), role=CONTACT, by=manager)

    assert client.get(url(name, program)).status_code == 404


def test_whoever_is_withdrawn_cannot_answer_any_more(client, manager):
    program, vera = make_program(manager), make_leader()
    services.ask_to_serve(program, vera, role=OWNER, by=manager)

    client.post(url("owner_withdraw", program), {"person": vera.pk})

    assert names(OWNER) == []
    assert OutboxMessage.objects.filter(template="programs/mail/withdrawn").count() == 1
    with pytest.raises(ValidationError, match="not asked for this any more"):
        services.answer_request(program, vera, role=OWNER, accepts=True)


def test_whoever_said_no_or_left_makes_room_and_is_not_written_to_again(manager):
    program, vera, emil = make_program(manager), make_leader(), make_leader("Emil")
    services.ask_to_serve(program, vera, role=OWNER, by=manager)
    services.answer_request(program, vera, role=OWNER, accepts=False)
    services.ask_to_serve(program, emil, role=OWNER, by=manager)
    emil.is_active = False
    emil.save()

    services.ask_to_serve(program, make_leader("Mira"), role=OWNER, by=manager)

    assert names(OWNER) == ["Mira"]
    assert not OutboxMessage.objects.filter(template="programs/mail/withdrawn").exists()


def test_who_has_left_owns_no_program_any_more(manager):
    program, vera = make_program(manager), make_leader()
    services.ask_to_serve(program, vera, role=OWNER, by=manager)
    before = list(Program.objects.owned_by(vera))
    services.answer_request(program, vera, role=OWNER, accepts=True)
    owned = list(Program.objects.owned_by(vera))
    vera.is_active = False
    vera.save()

    assert (before, owned, list(Program.objects.owned_by(vera))) == ([], [program], [])


def test_a_taken_place_is_not_given_away(manager):
    program = make_program(manager)
    services.ask_to_serve(program, make_leader(), role=OWNER, by=manager)
    for name in ("Cleo", "Otto"):
        services.ask_to_serve(program, make_leader(name), role=CONTACT, by=manager)

    with pytest.raises(ValidationError, match="Named already: Vera"):
        services.ask_to_serve(program, make_leader("Mira"), role=OWNER, by=manager)
    with pytest.raises(ValidationError, match="Named already: Cleo, Otto"):
        services.ask_to_serve(program, make_leader("Nils"), role=CONTACT, by=manager)


def test_the_free_place_of_a_contact_is_filled(manager):
    program = make_program(manager)
    first = make_leader("Cleo")
    for person in (first, make_leader("Otto")):
        services.ask_to_serve(program, person, role=CONTACT, by=manager)
    services.withdraw_staff(program, first, role=CONTACT, by=manager)

    services.ask_to_serve(program, make_leader("Mira"), role=CONTACT, by=manager)

    assert names(CONTACT) == ["Mira", "Otto"]


def test_who_cannot_sign_in_is_not_asked(client, manager):
    program, person = make_program(manager), make_person(name="Unable")

    response = client.post(url("program_owner", program), {"person": person.pk}, follow=True)

    assert "Unable has no sign-in address" in response.content.decode()
    assert names(OWNER) == []


def test_a_manager_of_the_program_is_no_concern_contact(manager):
    program = make_program(manager)

    with pytest.raises(ValidationError, match="never learn of a concern"):
        services.ask_to_serve(program, manager, role=CONTACT, by=manager)


def test_the_most_senior_of_the_functions_are_suggested(manager):
    low, high = make_level("Director", 5), make_level("Chief", 9)
    marketing = OrgUnit.objects.create(name="Marketing")
    brand = OrgUnit.objects.create(name="Brand", parent=marketing)
    make_leader("Ada", level=high)
    make_leader("Bea", level=low, unit=brand)
    make_leader("Cid", level=high, service_line="marketing")
    functional = make_program(manager, functions=["Marketing"])
    general = make_program(manager, functions=["Nothing of ours"])

    found = owner_candidates(functional)

    assert [one.person.name for one in found] == ["Cid", "Bea"]
    assert found[0].reason == "among the most senior in Marketing"
    assert [one.person.name for one in owner_candidates(general)] == ["Ada", "Cid", "Bea"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_owner_page_makes_the_same_queries_for_any_number(
    client, manager, count, django_assert_num_queries
):
    program, unit = make_program(manager), OrgUnit.objects.create(name="Sales")
    for number in range(count):
        make_leader(f"Vera{number}", level=make_level("Chief", 9), unit=unit)

    with django_assert_num_queries(8):
        response = client.get(url("program_owner", program), {"q": "vera"})

    assert len(response.context["found"]) == count


@pytest.mark.parametrize("name", ["program_owner", "owner_withdraw", "program_contacts"])
def test_pages_of_another_program_do_not_exist(client, manager, name):
    program = make_program(make_manager())

    assert client.post(url(name, program), {}).status_code == 404


@pytest.mark.parametrize("state", ["nobody", "asked", "accepted", "declined", "left"])
def test_the_heading_says_how_it_stands(client, manager, state):
    program, vera = make_program(manager, name="Upstream"), make_leader()
    if state != "nobody":
        services.ask_to_serve(program, vera, role=OWNER, by=manager)
    if state in ("accepted", "declined"):
        services.answer_request(program, vera, role=OWNER, accepts=state == "accepted")
    if state == "left":
        vera.is_active = False
        vera.save()

    page = client.get(url("program_owner", program)).content.decode()

    assert {
        "nobody": "Which executive is accountable for Upstream?",
        "asked": "Vera is asked and has not answered yet",
        "accepted": "Vera is accountable for Upstream",
        "declined": "Vera has declined: ask somebody else",
        "left": "Vera has left: ask somebody else",
    }[state] in page


@pytest.mark.django_db(transaction=True)
def test_of_two_who_name_an_owner_at_once_one_wins(own_database):
    manager = make_manager()
    program = make_program(manager)
    ask = partial(services.ask_to_serve, program, role=OWNER, by=manager)

    outcomes = at_once(partial(ask, make_leader("Ada")), partial(ask, make_leader("Bea")))

    assert sorted(type(one).__name__ for one in outcomes) == ["Staff", "ValidationError"]
    assert Staff.objects.filter(role=OWNER).count() == 1
