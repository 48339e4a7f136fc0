"""Imports that meet others, fail, or ask for more work."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from tests.people.readings import bring_in, make_file, state
from upwell.delivery.models import Job
from upwell.people import services
from upwell.people.models import Directory, Person
from upwell.people.services import directory
from upwell.people.services.difference import compare
from upwell.people.services.rows import prepare
from upwell.people.services.snapshot import take_snapshot

pytestmark = pytest.mark.django_db


def test_two_imports_of_one_revision_do_not_both_write():
    one, other = make_file("1 2", titles="One"), make_file("2 3", titles="Other")
    difference = compare(one, take_snapshot(), is_whole=False)
    bring_in(other)
    before = state()

    with pytest.raises(services.OutdatedError):
        directory.write(difference, prepare(difference))

    assert state() == before


def test_an_import_overtaken_by_another_is_computed_again(monkeypatch):
    """The other comes between comparing and writing, and adds somebody of this file."""
    overtaken = []

    def prepare_slowly(difference):
        rows = prepare(difference)
        if not overtaken:
            overtaken.append(True)
            monkeypatch.undo()
            bring_in(make_file("2 3", titles="Other"))
        return rows

    monkeypatch.setattr(directory, "prepare", prepare_slowly)
    done = bring_in(make_file("1 2", titles="One"))

    titles = dict(Person.objects.values_list("employee_id", "title"))
    assert titles == {"1": "One", "2": "One", "3": "Other"}
    assert (done.counts["added"], done.counts["changed"]) == (1, 1)
    assert Directory.current().revision == 2


def test_an_import_overtaken_every_time_gives_up(monkeypatch):
    def prepare_too_late(difference):
        services.raise_revision()
        return prepare(difference)

    monkeypatch.setattr(directory, "prepare", prepare_too_late)

    with pytest.raises(ValidationError, match="being changed by others"):
        bring_in(make_file())

    assert not Person.objects.exists()


def fail(_difference):
    raise IntegrityError("on purpose")


def test_a_transaction_that_fails_at_its_end_leaves_nothing():
    bring_in(make_file())
    before = state()

    with pytest.raises(IntegrityError):
        bring_in(make_file("1 4", titles="Other", units="New"), is_whole=True, leaving=3, also=fail)

    assert state() == before


def test_each_change_asks_for_the_jobs_of_higher_rooms(settings):
    settings.AFTER_DIRECTORY_CHANGE = ["upwell.pairs.services.guard"]

    bring_in(make_file())
    bring_in(make_file())

    job = Job.objects.get()
    assert (job.service, job.target) == ("upwell.pairs.services.guard", "1")


def test_those_jobs_are_not_asked_for_by_an_import_that_failed(settings):
    settings.AFTER_DIRECTORY_CHANGE = ["upwell.pairs.services.guard"]

    with pytest.raises(IntegrityError):
        bring_in(make_file(), also=fail)

    assert not Job.objects.exists()
