"""Files of pairs brought in at once: what they share is there once, and nothing is half."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.databases import at_once
from tests.factories import make_cohort, make_manager, make_person
from tests.pairs.organizations import manager_of
from tests.pairs.test_import_pairs import HEADER, reading_of, row
from tests.pairs.test_runs import silent
from upwell.pairs.models import Couple, EarlierPair, Member, Pair, PairsImport
from upwell.pairs.services import confirm_pairs_import, import_pairs, start_pairs_import
from upwell.pairs.services.import_jobs import read_pairs_file, write_pairs_file

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_database")]

ROUNDS = 3


def rows_of_four():
    mentor, mentee, third, fourth = (make_person() for _ in range(4))
    return row(mentor, mentee), row(third, fourth, "former", date(2025, 7, 11).isoformat())


def made():
    return [model.objects.count() for model in (Pair, Couple, Member, EarlierPair)]


def test_of_two_confirmations_at_once_one_counts():
    cohort = make_cohort(make_manager())
    by = manager_of(cohort)
    file = SimpleUploadedFile("pairs.csv", "\n".join([HEADER, *rows_of_four()]).encode())
    found = start_pairs_import(cohort, file, by=by)
    read_pairs_file(str(found.pk), report=silent)

    outcomes = at_once(*[lambda: confirm_pairs_import(found, by=by)] * 2)

    assert sorted(type(one).__name__ for one in outcomes) == ["NoneType", "ValidationError"]
    assert PairsImport.objects.get().state == PairsImport.State.APPLYING


def test_a_file_written_by_two_workers_at_once_is_there_once():
    cohort = make_cohort(make_manager())
    by = manager_of(cohort)
    file = SimpleUploadedFile("pairs.csv", "\n".join([HEADER, *rows_of_four()]).encode())
    found = start_pairs_import(cohort, file, by=by)
    read_pairs_file(str(found.pk), report=silent)
    confirm_pairs_import(found, by=by)

    outcomes = at_once(*[lambda: write_pairs_file(str(found.pk), report=silent)] * 2)

    assert outcomes == [None, None]
    assert made() == [1, 1, 2, 1]
    assert PairsImport.objects.get().state == PairsImport.State.DONE


def import_into(cohort, reading):
    by = manager_of(cohort)
    return lambda: import_pairs(cohort, reading, by=by)


def test_the_same_pairs_in_two_programs_at_once_continue_in_one(tmp_path):
    for _round in range(ROUNDS):
        reading = reading_of(tmp_path, *rows_of_four())
        cohorts, before = [make_cohort(make_manager()) for _ in range(2)], made()

        outcomes = at_once(*(import_into(cohort, reading) for cohort in cohorts))

        written = [one for one in outcomes if not isinstance(one, ValidationError)]
        assert sum(len(one.continuing) for one in written) == 1, outcomes
        grown = [now - then for now, then in zip(made(), before, strict=True)]
        assert grown == [1, 1, 2, len(written)]
