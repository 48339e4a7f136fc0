"""Proof S5: a right that ends is gone with the very next request of a session that is open."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.backgrounds import tell_of
from tests.conftest import Client
from tests.factories import make_cohort, make_enrollment, make_lines, make_manager, make_person
from tests.security.asking import text_of
from tests.security.test_what_pages_show import plant
from tests.security.walking import address, ask, faults_of, signed_in
from tests.security.world import ANYBODY, make_import, routes
from upwell.delivery.models import OutboxMessage
from upwell.desk.queries.pair import PairPage
from upwell.pairs import services as services_of_pairs
from upwell.pairs.models import Couple, Member, Pair
from upwell.pairs.services.private import private_requests
from upwell.people import invitations, services, sign_in
from upwell.people.models import Person, Role
from upwell.people.services.files import path_of
from upwell.programs.models import Channel, Cohort, Enrollment, Staff
from upwell.programs.services import answering, save_answers, withdraw
from upwell.programs.services.background import PURPOSES, read_backgrounds
from upwell.programs.services.one_purpose import Purpose, token_for

pytestmark = pytest.mark.django_db

SIGNED_IN = ANYBODY | {"signed_in"}
MANAGES = {
    *("program_managers", "program_manager", "support_manager", "launch_manager"),
    *("cohort_manager", "earlier_manager", "importer", "roster_manager"),
}


def lose_role(person, world):
    services.take_role(person, Role.Kind.PROGRAM_MANAGER, by=None)


def lose_program(person, world):
    Staff.objects.filter(person=person).delete()


def take_part(person, world):
    make_enrollment(Cohort.objects.get(pk=world.ids[Cohort]), person=person)


def leave(person, world):
    Person.objects.filter(pk=person.pk).update(is_active=False)


def get_another_address(person, world):
    sign_in.set_address(person, "another@example.com")


ENDS = [
    ("manager", lose_role, ANYBODY),
    ("manager", lose_program, SIGNED_IN | {"program_managers", "importer"}),
    (
        "manager",
        take_part,
        SIGNED_IN | (MANAGES - {"cohort_manager", "earlier_manager"}) | {"learner"},
    ),
    ("manager", leave, ANYBODY),
    ("mentor", leave, ANYBODY),
    ("mentor", get_another_address, ANYBODY),
    ("administrator", leave, ANYBODY),
]


@pytest.mark.parametrize(("name", "end", "audiences"), ENDS)
def test_the_next_request_is_refused(world, tell, name, end, audiences):
    persona = next(one for one in world.personas if one.name == name)
    client = Client()
    client.force_login(persona.person)
    assert client.get(reverse("desk:home")).status_code == 200

    end(Person.objects.get(pk=persona.person.pk), world)
    after = replace(persona, person=None, audiences=audiences)
    faults, right = faults_of(world, client, after)

    tell(f"S5: {name}, {end.__name__}: {right} answers refused or as left")
    assert faults == []
    assert right > 300


def test_the_proof_finds_a_right_that_lives_on(world, monkeypatch):
    monkeypatch.setattr(sign_in, "end_sessions", lambda person, *, by: None)
    persona = next(one for one in world.personas if one.name == "manager")
    client = Client()
    client.force_login(persona.person)

    after = replace(persona, person=None, audiences=ANYBODY)  # nothing has been taken

    assert faults_of(world, client, after)[0]


def end_pair(world):
    pair = world.ids[Pair]
    Pair.objects.filter(pk=pair).update(state=Pair.State.ENDED)
    Couple.objects.filter(pair=pair).update(is_active=False)
    Member.objects.filter(pair=pair).update(is_active=False)


def reached(world, canaries):
    """On which routes each member of the pair finds how to reach the other."""
    couple = Couple.objects.get(pair=world.ids[Pair])
    found = set()
    for name, other in (("mentor", couple.mentee_id), ("mentee", couple.mentor_id)):
        client = signed_in(next(one for one in world.personas if one.name == name))
        for route, names in routes():
            text = text_of(ask(client, "GET", address(world, route, names)))
            found |= {
                (name, route)
                for canary, (whose, kind) in canaries.items()
                if whose == other and kind == "people.contact" and canary in text
            }
    return found


def test_an_ended_pair_does_not_say_any_more_how_to_reach_each_other(world, tell, monkeypatch):
    canaries = plant()
    before = reached(world, canaries)

    end_pair(world)
    after = reached(world, canaries)

    tell(f"S5: pair ended: {len(before)} pages told, {len(after)} tell")
    assert before == {("mentor", "desk:pair_detail"), ("mentee", "desk:pair_detail")}
    assert after == set()

    monkeypatch.setattr(PairPage, "is_active", True)
    assert reached(world, canaries) == before


def test_an_ended_pair_leaves_its_members_nothing_of_its_page_but_its_end(world, tell):
    couple = Couple.objects.select_related("pair", "mentor", "mentee").get(pair=world.ids[Pair])
    Person.objects.filter(pk__in=[couple.mentor_id, couple.mentee_id]).update(title="Beekeeper")
    address = couple.pair.get_absolute_url()
    clients = {
        name: signed_in(next(one for one in world.personas if one.name == name))
        for name in ("mentor", "mentee")
    }
    before = [text_of(client.get(address)) for client in clients.values()]

    manager = next(one for one in world.personas if one.name == "manager")
    services_of_pairs.end_pair(couple.pair, by=manager.person)
    after = [text_of(client.get(address)) for client in clients.values()]

    told = ("Beekeeper", "Why the two of you", "What happens next")
    tell(f"S5: pair ended: {len(after)} pages say that it has, and none says more")
    assert all(words in page for page in before for words in told)
    assert not any(words in page for page in after for words in told)
    assert all("has ended" in page for page in after)


@pytest.mark.parametrize("end", [lose_role, leave])
@pytest.mark.parametrize("is_confirmed", [True, False])
def test_work_that_was_asked_for_ends_with_the_right(end, is_confirmed, run_jobs):
    manager = make_manager()
    found = make_import(manager, run_jobs if is_confirmed else None)
    if is_confirmed:
        found.refresh_from_db()
        services.confirm_import(found, leaving=None, by=manager)

    end(manager, None)
    run_jobs()

    found.refresh_from_db()
    assert (found.state, found.preview, path_of(found).exists()) == ("discarded", {}, False)
    assert not Person.objects.filter(name="Ada Fern").exists()


@pytest.mark.parametrize("end", [leave, get_another_address])
def test_an_open_invitation_ends_with_the_right(client, end, mailoutbox, run_jobs):
    person = make_person(sign_in_email="new@example.com")
    invitations.invite(person, by=None)
    run_jobs()
    link = next(word for word in mailoutbox[0].body.split() if "/invitation/" in word)

    end(person, None)
    client.get(link)
    client.post(reverse("people:invitation_accept"))

    assert "_auth_user_id" not in client.session


def rows_read_after(world):
    """What the next run reads of somebody who has told something and takes their consent back."""
    persona = next(one for one in world.personas if one.name == "mentor")
    enrollment = Enrollment.objects.get(pk=world.ids[Enrollment])
    tell_of(enrollment, "yhywyy", PURPOSES.values)
    before = read_backgrounds(enrollment.cohort)[persona.person.pk]

    url = reverse("programs:about_me_withdraw", args=[enrollment.pk])
    signed_in(persona).post(url, {"use": "matching"})

    after = private_requests(enrollment.cohort, enrollment.cohort.program.policy)
    return before, after.requests.backgrounds[persona.person.employee_id]


def test_a_consent_that_is_taken_back_does_not_count_in_the_next_run(world, tell):
    before, after = rows_read_after(world)

    tell(f"S5: consent taken back: {before} was read, {after} is")
    assert (before, after) == ("yhywyy", "------")


def test_the_proof_finds_a_consent_that_lives_on(world, monkeypatch):
    monkeypatch.setattr("upwell.programs.views.background.take_back", lambda *arguments: None)

    assert rows_read_after(world) == ("yhywyy", "yhywyy")


def make_asked(**fields):
    """Somebody who can be asked: their side is open, and the cohort is ahead."""
    ahead = timezone.localdate() + timedelta(days=60)
    cohort = make_cohort(make_manager(), starts_on=ahead)
    return make_enrollment(cohort, state="asked", **fields)


def be_taken_out(person, world):
    withdraw(person.enrollments.get(), by=make_manager())


def keep_it(person, world):
    pass


LINKS = {Purpose.NO: {"answer": "no"}, Purpose.REACH: {"mobile": "+49 30 901820"}}


@pytest.mark.parametrize(
    ("end", "is_good"), [(leave, False), (be_taken_out, False), (keep_it, True)]
)
@pytest.mark.parametrize("purpose", LINKS)
def test_a_link_that_does_one_thing_ends_with_the_right(client, purpose, end, is_good):
    enrollment = make_asked(role="mentee")
    save_answers(enrollment, {"assistant": make_person()}, by=enrollment.person)
    readers = {Purpose.NO: enrollment.person, Purpose.REACH: enrollment.answers.assistant}
    token = token_for(enrollment, purpose, readers[purpose])
    url = reverse(f"programs:enrollment_{purpose}", args=[token])

    end(enrollment.person, None)
    status = client.post(url, LINKS[purpose]).status_code

    is_done = Enrollment.objects.filter(state="out").exists() or Channel.objects.exists()
    assert (status, is_done) == ((200, True) if is_good else (404, False))


def told_of_after(enrollment, *ticks):
    """Which line managers hear of a mentor who agreed to it or took it back, and then says yes."""
    make_lines(enrollment.person, make_person(name="Boss", contact_email="boss@example.com"))
    for tick in ticks:
        save_answers(enrollment, {"tells_manager": tick}, by=enrollment.person)
    answering.take_part(enrollment, pledge="shipped-1", language="en")
    rows = OutboxMessage.objects.filter(template="programs/mail/line_manager")
    return [*rows.values_list("person__name", flat=True)]


@pytest.mark.parametrize(("ticks", "told"), [((True,), ["Boss"]), ((True, False), []), ((), [])])
def test_a_line_manager_hears_nothing_once_a_mentor_has_taken_it_back(ticks, told):
    assert told_of_after(make_asked(), *ticks) == told


def test_the_proof_finds_a_line_manager_who_is_told_all_the_same(monkeypatch):
    def tell(enrollment):
        manager = answering.line_manager_of(enrollment.person)
        answering.tell(enrollment, manager, answering.Kind.LINE_MANAGER, {})

    monkeypatch.setattr(answering, "tell_line_manager", tell)

    assert told_of_after(make_asked(), True, False) == ["Boss"]
