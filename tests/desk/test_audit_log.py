from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.urls import reverse

from tests.audit.conftest import chain  # noqa: F401 -- a fixture
from tests.factories import make_manager, make_person
from upwell.audit.models import AuditEntry
from upwell.audit.services import record, record_verified, seal_tail
from upwell.audit.verify import verify
from upwell.vault import ring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("chain")]

LOG = reverse("desk:audit_log")
GIVEN = "A role was taken from somebody"


@pytest.fixture
def administrator(client):
    person = make_person(name="Ada Admin", roles=["directory_administrator"])
    client.force_login(person)
    return person


def give(by, person, *, on_day=None):
    entry = record("people.role.taken", by=by, on=person, facts={"role": "program_manager"})
    if on_day:
        late = AuditEntry(
            event="people.role.taken",
            by=str(by.pk),
            object_kind="people.person",
            object_id=str(person.pk),
            at=datetime(2026, 3, on_day, 12, tzinfo=UTC),
        )
        late.save(force_insert=True)
    return entry


def rows(client, **query):
    return client.get(LOG, query).context["rows"]


def test_the_log_is_hidden_from_everybody_else(client):
    client.force_login(make_manager())

    assert client.get(LOG).status_code == 404


def test_the_newest_stands_first_with_names_that_the_log_does_not_hold(client, administrator):
    ben = make_person(name="Ben Reed")
    give(administrator, ben)
    record("people.second_factor.reset", by=None, on=ben)

    found = [(row.text, row.who, row.about, row.facts) for row in rows(client)]

    assert found == [
        ("The authenticator of somebody was forgotten", "Upwell itself", "Ben Reed", ""),
        (GIVEN, "Ada Admin", "Ben Reed", "role: program_manager"),
    ]
    assert "Ben" not in str(list(AuditEntry.objects.values()))


def test_entries_of_people_who_are_gone_stay(client, administrator):
    ben = make_person()
    give(administrator, ben)
    pk = str(ben.pk)
    ben.delete()

    assert [row.about for row in rows(client)] == [pk]


def test_the_log_is_narrowed_by_kind_person_and_day(client, administrator):
    ben = make_person(name="Ben Reed", sign_in_email="reed@sign-in.example")
    eve = make_person(name="Eve Snow")
    give(administrator, ben)
    give(administrator, eve, on_day=7)
    record("people.second_factor.reset", by=None, on=ben)

    assert len(rows(client)) == 4
    assert [row.about for row in rows(client, kind="people.second_factor.reset")] == ["Ben Reed"]
    assert [row.about for row in rows(client, person="eve")] == ["Eve Snow"] * 2
    assert [row.about for row in rows(client, person=str(ben.pk))] == ["Ben Reed"] * 2
    assert [row.about for row in rows(client, person="reed@sign-in")] == ["Ben Reed"] * 2
    assert len(rows(client, person="ada")) == 3
    assert [row.at.day for row in rows(client, day="2026-03-07")] == [7]
    assert rows(client, day="2026-03-08") == []
    assert len(rows(client, kind="nonsense", day="someday")) == 4


def test_the_page_says_until_where_it_is_sealed_and_when_it_was_verified(client, administrator):
    give(administrator, make_person())
    seal_tail()
    before = client.get(LOG).content.decode()
    with transaction.atomic():
        record_verified(verify(b"x" * 32))
    wrong = client.get(LOG).content.decode()
    record_verified(verify(ring.read_file(chain_key_file())[0].value))

    after = client.get(LOG).content.decode()

    assert "Sealed until entry 1 (" in before and "It was never verified." in before
    assert "it was not what was sealed" in wrong
    assert "every entry was as it was sealed" in after


def chain_key_file():
    from django.conf import settings  # noqa: PLC0415 -- as the fixture has set it

    return settings.AUDIT_KEY_FILE


def test_the_page_says_why_nothing_is_sealed(client, administrator, chain):  # noqa: F811 -- the fixture
    give(administrator, make_person())
    seal_tail()
    chain.unlink()

    html = client.get(LOG).content.decode()

    assert "The audit log is not sealed: its head file is lost." in html


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_makes_the_same_queries_for_any_number_of_entries(
    client, administrator, count, django_assert_num_queries
):
    for _ in range(count):
        give(make_person(), make_person())
    seal_tail()

    with django_assert_num_queries(14):
        found = rows(client)

    assert len(found) == count
