"""Two entries of one person, found and made one."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from tests.backgrounds import make_open_cohort
from tests.databases import at_once
from tests.factories import (
    make_cohort,
    make_earlier_pair,
    make_enrollment,
    make_manager,
    make_measure,
    make_pair,
    make_person,
    make_program,
    make_run,
    make_willing,
)
from tests.pairs.choosing import make_sheet
from upwell.audit.models import AuditEntry
from upwell.delivery.models import Job, OutboxMessage
from upwell.learning.models import Completion, Publication
from upwell.pairs.models import (
    BlockList,
    Couple,
    CoupleRule,
    PairsImport,
    Preview,
    Repair,
    RunShare,
)
from upwell.pairs.services import add_block
from upwell.people import services
from upwell.people.models import (
    Away,
    Invitation,
    Office,
    PeopleImport,
    Person,
    ReportingLine,
    Role,
    SavedMapping,
)
from upwell.people.services.duplicates import find_likenesses
from upwell.people.services.merge_rows import references
from upwell.programs.models import (
    Approach,
    Enrollment,
    Expense,
    Funding,
    LeaderAnswer,
    Reading,
    Sponsor,
    Staff,
    TopicsImport,
)
from upwell.programs.services import save_answers, sign
from upwell.programs.services.background import keep_answers, read_backgrounds
from upwell.vault.services import seal, unseal

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return make_manager(name="Ada", roles=["directory_administrator"])


def merge(kept, gone, by, *taken):
    services.merge_people(kept, gone, taken=taken, by=by)
    kept.refresh_from_db()


def likenesses():
    return {(one.one, one.other, one.why) for one in find_likenesses()}


def everything_of(gone, administrator):
    """A row of every model that may point to somebody, pointing to them."""
    now = timezone.now()
    later = now + timedelta(days=1)
    cohort, run = make_open_cohort(), make_run(by=gone, published_by=gone)
    enrollment = make_enrollment(cohort, person=gone)
    keep_answers(enrollment, {"parents": "y"}, ["matching"])
    save_answers(enrollment, {"sentence": "x"}, by=gone)
    served = make_enrollment(cohort, "mentee")
    save_answers(served, {"assistant": gone}, by=served.person)
    sign(cohort.program, gone, code="shipped-1", language="en")
    make_pair(gone, make_person(), run=run)
    make_pair(make_person(), gone, run=run)
    Role.objects.create(person=gone, kind="program_manager")
    Staff.objects.create(program=make_program(), person=gone, role="program_manager")
    ReportingLine.objects.create(person=gone, manager=make_person())
    ReportingLine.objects.create(person=make_person(), manager=gone)
    PeopleImport.objects.create(kind="part", created_by=gone, asked_by=gone, expires_at=later)
    TopicsImport.objects.create(cohort=cohort, created_by=gone, asked_by=gone, expires_at=later)
    Repair.objects.create(
        cohort=cohort, started_by=gone, applied_by=gone, state="applied", applied_option=0
    )
    PairsImport.objects.create(cohort=cohort, created_by=gone, asked_by=gone, expires_at=later)
    Preview.objects.create(cohort=run.cohort, run=run, opened_by=gone, closes_at=later)
    make_willing(person=gone)
    make_earlier_pair(gone, make_person())
    make_earlier_pair(make_person(), gone)
    sides = {"mentor": make_enrollment(cohort), "mentee": served}
    CoupleRule.objects.create(cohort=cohort, kind="ban", set_by=gone, **sides)
    SavedMapping.objects.create(name="x", key="x", text="", kind="part", saved_by=gone)
    Invitation.objects.create(person=gone, token_hash="a", invited_by=gone, expires_at=later)
    OutboxMessage.objects.create(
        person=gone, address="a@example.com", template="t", subject="s", text="x", message_id="<1>"
    )
    answer_for(cohort, gone, now.date())
    Away.objects.create(person=gone, starts_on=now.date(), ends_on=now.date())
    make_sheet(cohort, enrollment, by=gone)
    share = RunShare(run=run, person=gone)
    seal(share, secret="ab")
    share.save()
    gone.emailaddress_set.create(email="two@example.com", verified=True, primary=True)
    gone.authenticator_set.create(type="totp", data={})
    add_block(gone, make_person(name="Zed"))
    for key in (1, 2**128 - 1):
        services.dismiss_likeness(gone, make_person(pk=UUID(int=key)), by=administrator)


def answer_for(cohort, gone, today):
    """A row of everything that somebody can back, pay for, ask or note in a program."""
    program = cohort.program
    cohort.openings.update(opened_by=gone)
    sponsor = Sponsor.objects.create(program=program, person=gone)
    Approach.objects.create(sponsor=sponsor, made_on=today, made_by=gone, answer="asked")
    LeaderAnswer.objects.create(program=program, person=gone)
    reading = {"measure": make_measure(program), "taken_on": today, "value": 1}
    Reading.objects.create(**reading, recorded_by=gone)
    money = {"amount": 1, "currency": "EUR", "approved_on": today}
    funding = Funding.objects.create(program=program, approved_by=gone, basis="x", **money)
    Expense.objects.create(funding=funding, spent_on=today, amount=1, what="x", recorded_by=gone)
    Publication.objects.create(program=program, kind="lessons", published_by=gone)
    Completion.objects.create(program=program, person=gone, key="mentor-leading", version=1)


def pointing_to(person):
    return {
        f"{model._meta.label}.{field.name}"  # noqa: SLF001 -- a public API of Django
        for model, field in references()
        if model._base_manager.filter(**{field.name: person}).exists()  # noqa: SLF001 -- as above
    }


def test_rows_of_every_model_move(by):
    kept, gone = make_person(), make_person(sign_in_email="two@example.com")
    everything_of(gone, by)
    all_of_them = {f"{model._meta.label}.{field.name}" for model, field in references()}  # noqa: SLF001 -- as above
    counts = {model: model.objects.count() for model in apps.get_models()}
    assert pointing_to(gone) == all_of_them

    merge(kept, gone, by, "employee_id", "sign_in_email")

    assert pointing_to(kept) == all_of_them
    assert not Person.objects.filter(pk=gone.pk).exists()
    lost = {model: had - model.objects.count() for model, had in counts.items()}
    assert {model for model, count in lost.items() if count > 0} == {Person}


def test_what_is_sealed_can_be_read_under_the_one_who_stays(by):
    kept, gone, colleague = make_person(), make_person(), make_person(name="Zed")
    add_block(gone, colleague)
    share = RunShare(run=make_run(), person=gone)
    seal(share, secret="ab")
    share.save()
    enrollment = make_enrollment(make_open_cohort(), person=gone)
    keep_answers(enrollment, {"parents": "y"}, ["matching"])

    merge(kept, gone, by)

    (row,) = BlockList.objects.all()
    assert (row.person, [one.colleague for one in row.blocks]) == (kept, [colleague.pk])
    assert unseal(RunShare.objects.get(), "secret") == "ab"
    assert read_backgrounds(enrollment.cohort) == {kept.pk: "y-----"}


def test_private_requests_of_both_and_about_both_come_together(by):
    kept, gone, asker = make_person(), make_person(), make_person()
    first, second = make_person(name="Ann"), make_person(name="Bo")
    add_block(kept, first)
    add_block(gone, second)
    add_block(asker, gone)
    add_block(asker, kept)
    add_block(kept, gone)

    merge(kept, gone, by)

    lists = {row.person: {one.colleague for one in row.blocks} for row in BlockList.objects.all()}
    assert lists == {kept: {first.pk, second.pk}, asker: {kept.pk}}


def test_facts_are_taken_field_by_field(by):
    office = Office.objects.create(name="Oslo")
    kept = make_person(name="Ann Lee", title="Clerk", contact_email="a@example.com")
    gone = make_person(name="Ann", title="Head", office=office, hours_from=540, hours_until=960)
    new_id = gone.employee_id

    merge(kept, gone, by, "employee_id", "title", "office", "hours")

    assert (kept.employee_id, kept.name, kept.title) == (new_id, "Ann Lee", "Head")
    assert (kept.office, kept.hours_from, kept.hours_until) == (office, 540, 960)
    assert kept.contact_email == "a@example.com"


def test_lines_are_those_of_the_employee_id_that_stays(by):
    kept, gone, boss, other = (make_person() for _number in range(4))
    ReportingLine.objects.create(person=kept, manager=boss)
    ReportingLine.objects.create(person=gone, manager=other)
    ReportingLine.objects.create(person=boss, manager=gone)

    merge(kept, gone, by, "employee_id")

    lines = set(ReportingLine.objects.values_list("person", "manager"))
    assert lines == {(kept.pk, other.pk), (boss.pk, kept.pk)}


def test_the_two_never_report_to_themselves(by):
    kept, gone = make_person(), make_person()
    ReportingLine.objects.create(person=kept, manager=gone)

    merge(kept, gone, by)

    assert not ReportingLine.objects.exists()


def test_a_role_that_both_hold_is_held_once(by):
    kept, gone = make_manager(), make_manager()
    program = make_program(kept)
    Staff.objects.create(program=program, person=gone, role="program_manager")

    merge(kept, gone, by)

    assert Role.objects.filter(person=kept).count() == 1
    assert program.staff.count() == 1


def test_two_in_one_cohort_are_refused_and_nothing_is_done(by):
    cohort, kept, gone = make_cohort(), make_person(), make_person()
    make_enrollment(cohort, person=kept)
    make_enrollment(cohort, "mentee", person=gone)
    Role.objects.create(person=gone, kind="program_manager")

    with pytest.raises(ValidationError, match="one person can have it only once"):
        services.merge_people(kept, gone, taken=["name"], by=by)

    assert Enrollment.objects.count() == 2
    assert (Person.objects.filter(pk=gone.pk).exists(), gone.roles.count()) == (True, 1)
    assert not AuditEntry.objects.filter(event="people.person.merged").exists()


def test_a_couple_of_the_two_is_refused(by):
    kept, gone = make_person(), make_person()
    make_pair(kept, gone)

    with pytest.raises(ValidationError):
        services.merge_people(kept, gone, taken=[], by=by)

    assert Couple.objects.get().mentee == gone


def test_it_is_recorded_and_asks_for_what_follows_a_change(by):
    kept, gone = make_person(), make_person()
    key = gone.pk

    merge(kept, gone, by)

    entry = AuditEntry.objects.get(event="people.person.merged")
    assert (entry.by, entry.object_id, entry.facts) == (
        str(by.pk),
        str(kept.pk),
        {"merged": str(key)},
    )
    assert Job.objects.filter(service="upwell.pairs.services.guard_pairs").exists()


@pytest.mark.parametrize("who", ["manager", "oneself"])
def test_who_may_not_merge_is_refused(by, who):
    kept, gone = make_person(), make_person()
    asked = (kept, by, by) if who == "oneself" else (kept, gone, make_manager())

    with pytest.raises(ValidationError):
        services.merge_people(asked[0], asked[1], taken=[], by=asked[2])

    assert Person.objects.filter(pk=asked[1].pk).exists()


def test_an_address_moves_and_is_told(by):
    kept, gone = make_person(), make_person(sign_in_email="new@example.com")

    merge(kept, gone, by, "sign_in_email")

    assert kept.sign_in_email == "new@example.com"
    assert kept.emailaddress_set.get().email == "new@example.com"


def test_likely_duplicates_are_found_with_why():
    oslo = Office.objects.create(name="Oslo")
    mail = [make_person(name=name, contact_email="A@example.com") for name in ("Ann", "Anna")]
    mail[1].contact_email = "a@Example.com"
    mail[1].save()
    by_hand = {"office": oslo, "employee_id": None}
    same = [make_person(name="Bo Li", office=oslo), make_person(name="bo  li", **by_hand)]
    for _number in range(2):  # two of a common name, whom HR tells apart
        make_person(name="Di Ng", office=oslo)
    left = make_person(name="Cy", is_active=False, left_at=timezone.now())
    back = make_person(name="Cy")
    make_person(name="Bo Li")

    assert likenesses() == {
        (mail[0].pk, mail[1].pk, "address"),
        (same[0].pk, same[1].pk, "office"),
        (left.pk, back.pk, "returned"),
    }


def test_an_address_that_many_share_tells_nothing():
    for _number in range(7):
        make_person(contact_email="office@example.com")

    assert likenesses() == set()


def test_the_pages_lead_from_the_list_to_one_entry(client, administrator):
    one = make_person(name="Ann", contact_email="a@example.com", title="Clerk")
    other = make_person(name="Ann", contact_email="a@example.com", title="Head")
    url = reverse("people:person_merge", args=[one.pk, other.pk])

    listed = client.get(reverse("people:duplicate_list")).content.decode()
    shown = client.get(url).content.decode()
    client.post(url, {"keep": "one", "employee_id": "one", "title": "other"})

    one.refresh_from_db()
    assert url in listed
    assert ("Clerk" in shown, "Head" in shown) == (True, True)
    assert (one.title, Person.objects.filter(name="Ann").count()) == ("Head", 1)


def test_keeping_the_other_turns_the_choices_round(client, administrator):
    one, other = make_person(title="Clerk"), make_person(title="Head")
    url = reverse("people:person_merge", args=[one.pk, other.pk])

    given = {"keep": "other", "employee_id": "one", "name": "other", "title": "one"}
    client.post(url, given)

    kept = Person.objects.get(pk=other.pk)
    assert (kept.employee_id, kept.name, kept.title) == (one.employee_id, other.name, "Clerk")
    assert not Person.objects.filter(pk=one.pk).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(
    client, administrator, count, django_assert_num_queries
):
    for number in range(count):
        for _twice in range(2):
            make_person(contact_email=f"p{number}@example.com")

    with django_assert_num_queries(8):
        page = client.get(reverse("people:duplicate_list"))

    assert len(page.context["pairs"]) == count


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_database")
def test_of_two_merges_at_once_one_wins():
    by = make_manager(name="Ada", roles=["directory_administrator"])
    one, other = make_person(), make_person()
    make_enrollment(person=one)
    make_enrollment(person=other)

    outcomes = at_once(
        lambda: services.merge_people(one, other, taken=[], by=by),
        lambda: services.merge_people(other, one, taken=[], by=by),
    )

    left = Person.objects.filter(pk__in=[one.pk, other.pk])
    assert [type(outcome) for outcome in outcomes if outcome] == [ValidationError]
    assert left.count() == 1
    assert Enrollment.objects.filter(person=left.get()).count() == 2


def test_what_either_has_stopped_stays_stopped(by):
    kept = make_person(unwanted_mail=["reminder"])
    gone = make_person(unwanted_mail=["news"])

    merge(kept, gone, by)

    kept.refresh_from_db()
    assert kept.unwanted_mail == ["news", "reminder"]
