"""Private requests: kept sealed, kept by every match, and told to nobody."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from tests.factories import make_person
from tests.pairs.organizations import load_demo, manager_of
from upwell.audit.models import AuditEntry
from upwell.cli import verify
from upwell.pairs.models import BlockList, Pair
from upwell.pairs.models.blocks import LENGTH, MOST_BLOCKS
from upwell.pairs.queries import typed_blocks
from upwell.pairs.services import (
    add_block,
    publish_run,
    recheck_run,
    remove_block,
    start_run,
    why_not,
)
from upwell.vault.models import DataKey

pytestmark = pytest.mark.django_db

PAGE = "/not-with/"


def blocks_of(person):
    row = BlockList.objects.filter(person=person).first()
    return [block.colleague for block in row.blocks] if row else []


@pytest.fixture
def cohort():
    return load_demo(60)[0]


@pytest.fixture
def matched(run_jobs):
    def match(cohort):
        run = start_run(cohort, by=manager_of(cohort))
        run_jobs()
        run.refresh_from_db()
        return run

    return match


@pytest.fixture
def two(cohort, matched):
    """A run, and two people whom it would pair."""
    run = matched(cohort)
    found = run.proposals.select_related("mentor__person", "mentee__person").first()
    return run, found.mentor, found.mentee


def test_somebody_is_put_on_the_list_and_taken_off_again():
    asking, first, second = make_person(), make_person(), make_person()

    add_block(asking, first)
    add_block(asking, second)
    add_block(asking, second)
    remove_block(asking, first.name)

    assert blocks_of(asking) == [second.pk]
    assert blocks_of(second) == []


def test_stored_list_has_one_length_however_many_are_on_it():
    asking = make_person()
    lengths = set()

    for _number in range(3):
        add_block(asking, make_person())
        lengths.add(len(BlockList.objects.get().colleagues.content))
    for words in typed_blocks(asking):
        remove_block(asking, words)
        lengths.add(len(BlockList.objects.get().colleagues.content))

    assert len(lengths) == 1
    assert lengths.pop() > LENGTH


def test_taking_nobody_off_and_looking_leave_no_trace(client):
    person = make_person()
    client.force_login(person)

    client.get(PAGE)
    client.post(f"{PAGE}remove/", {"colleague": str(make_person().pk)})

    assert not BlockList.objects.exists()
    assert not DataKey.objects.filter(scope_id=person.pk).exists()


def test_oneself_and_one_too_many_are_refused():
    asking = make_person()
    for _number in range(MOST_BLOCKS):
        add_block(asking, make_person())

    with pytest.raises(ValidationError, match="yourself"):
        add_block(asking, asking)
    with pytest.raises(ValidationError, match="Take somebody off"):
        add_block(asking, make_person())

    assert len(blocks_of(asking)) == MOST_BLOCKS


def test_nothing_is_recorded_in_the_audit_log():
    before = AuditEntry.objects.count()

    add_block(make_person(), make_person())

    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("asks", ["mentor", "mentee"])
def test_next_run_keeps_two_apart_whoever_has_asked(cohort, matched, two, asks):
    _run, mentor, mentee = two
    people = [mentor.person, mentee.person]
    add_block(*(people if asks == "mentor" else reversed(people)))

    run = matched(cohort)

    assert run.state == "done"
    assert not run.proposals.filter(mentor=mentor, mentee=mentee).exists()
    assert recheck_run(run) == []
    assert why_not(run, mentor, mentee) == []


@pytest.fixture
def handed_out(cohort, matched, two, client, tmp_path):
    """The certificate and the people of a run with a private request, as its manager gets them."""
    _run, mentor, mentee = two
    add_block(mentor.person, mentee.person)
    run = matched(cohort)
    client.force_login(manager_of(cohort))
    files = tmp_path / "certificate.json", tmp_path / "people.xlsx"
    for file, route in zip(files, ("run_certificate", "run_table"), strict=True):
        file.write_bytes(client.get(reverse(f"pairs:{route}", args=[run.pk])).getvalue())
    return files


def test_what_is_handed_out_neither_proves_nor_tells(handed_out, capsys):
    status = verify.run([*map(str, handed_out)])

    body = json.loads(handed_out[0].read_text())
    assert status == verify.WITHOUT_PROOF
    assert "private requests could be read from it if there are any" in " ".join(
        capsys.readouterr().out.split()
    )
    assert body["private_requests"] is True
    assert not {"t", "prices", "cover"} & body.keys()


def test_changed_certificate_without_its_proof_is_rejected(handed_out, capsys):
    changed = json.loads(handed_out[0].read_text())
    changed["value"] += 1
    handed_out[0].write_text(json.dumps(changed))

    status = verify.run([*map(str, handed_out)])

    said = capsys.readouterr().out
    assert status == 1
    assert "has been changed" in said
    assert "value says" in said


def test_equal_requests_give_unequal_digests(cohort, matched, two):
    _run, mentor, mentee = two
    add_block(mentor.person, mentee.person)

    runs = [matched(cohort), matched(cohort)]

    assert runs[0].problem_digest != runs[1].problem_digest
    assert {*runs[0].proposals.values_list("mentor", "mentee")} == {
        *runs[1].proposals.values_list("mentor", "mentee")
    }


def test_request_made_since_a_run_stops_its_publication(cohort, two):
    run, mentor, mentee = two
    add_block(mentee.person, mentor.person)

    with pytest.raises(ValidationError, match="private request") as refused:
        publish_run(run, reason="Looked at by hand.", by=manager_of(cohort))

    assert mentor.person.name in refused.value.messages[0]
    assert not Pair.objects.exists()


def test_unreadable_request_fails_the_run_and_stops_publication(cohort, matched, two):
    run, mentor, mentee = two
    add_block(mentor.person, mentee.person)
    with connection.cursor() as cursor:
        table = BlockList._meta.db_table  # noqa: SLF001 -- a public API of Django
        cursor.execute(f"UPDATE {table} SET colleagues = %s", [b"\x01" * 90])

    failed = matched(cohort)

    assert failed.state == "failed"
    assert [fault["code"] for fault in failed.faults] == ["sealed"]
    with pytest.raises(ValidationError, match="cannot be read at present"):
        publish_run(run, reason="Looked at by hand.", by=manager_of(cohort))


def test_page_adds_by_the_whole_name_and_removes(client):
    asking, meant = make_person(), make_person(name="Robin Fox")
    client.force_login(asking)

    client.post(PAGE, {"colleague": "robin\N{NO-BREAK SPACE} fox"})

    assert blocks_of(asking) == [meant.pk]

    client.post(f"{PAGE}remove/", {"colleague": "nobody"})

    assert blocks_of(asking) == [meant.pk]

    client.post(f"{PAGE}remove/", {"colleague": "robin fox"})

    assert blocks_of(asking) == []
