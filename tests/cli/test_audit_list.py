"""`upwell audit list`: names where people are still there, filters, and lines for programs."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_person
from upwell.audit.models import AuditEntry
from upwell.audit.services import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(type_in):
    """Runs `upwell audit list`; returns what it printed, line by line."""

    def run(*words):
        status, told = type_in("audit", "list", *words)
        assert status == 0
        return told.splitlines()

    return run


@pytest.fixture
def people():
    """Ann, who took a role from Ben, after a letter was read long ago."""
    ann = make_person(name="Ann Lee", sign_in_email="ann@example.com")
    ben = make_person(name="Ben Reed", employee_id="E7")
    AuditEntry.objects.create(
        event="shelf.letter.read",
        by="system",
        object_kind="shelf.letter",
        object_id="7",
        at=timezone.now() - timedelta(days=40),
    )
    record("people.role.taken", by=ann, on=ben, facts={"role": "program_manager"})
    return ann, ben


@pytest.mark.usefixtures("people")
def test_people_are_named(lines):
    old, new = lines()

    assert "A letter was read: letter 7 – Upwell itself" in old
    assert new.endswith(
        "A role was taken from somebody: Ben Reed (role: program_manager) – Ann Lee"
    )


def test_whoever_is_gone_is_an_id(lines, people):
    pk = str(people[1].pk)
    people[1].delete()

    assert f"somebody: {pk} (role" in lines()[1]
    assert len(lines("--person", pk)) == 1


def test_entries_are_narrowed(lines, people):
    day = str(timezone.localdate() - timedelta(days=1))

    found = {
        words: [line.count("A role") for line in lines(*words.split())]
        for words in (
            f"--since {day}",
            "--event people",
            "--event people.role.taken",
            "--event shelf",
            "--event peo",
            "--person ANN@example.com",
            "--person E7",
            f"--person {people[1].pk}",
            "--object 7",
            "--last 1",
        )
    }

    assert found == {
        f"--since {day}": [1],
        "--event people": [1],
        "--event people.role.taken": [1],
        "--event shelf": [0],
        "--event peo": [0],  # the sentence that there is none
        "--person ANN@example.com": [1],
        "--person E7": [1],
        f"--person {people[1].pk}": [1],
        "--object 7": [0],
        "--last 1": [1],
    }


def test_an_address_that_nobody_has_is_said(type_in, people):
    status, told = type_in("audit", "list", "--person", "eve@example.com")

    assert (status, "Nobody in the directory has the address" in told) == (1, True)


def test_lines_for_programs_hold_codes_and_ids(lines, people):
    ann, ben = people

    (line,) = lines("--json", "--last", "1")

    said = json.loads(line)
    assert (said["event"], said["by"], said["object_id"]) == (
        "people.role.taken",
        str(ann.pk),
        str(ben.pk),
    )
    assert (said["by_name"], said["about"], said["number"]) == ("Ann Lee", "Ben Reed", None)
    assert said["facts"] == {"role": "program_manager"}
