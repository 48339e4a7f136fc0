"""Every field is declared: what it is to people, and what becomes of it."""

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from upwell.core.privacy import (
    BLANKED,
    LINK,
    OPEN,
    Erasure,
    Handling,
    Kind,
    check_privacy,
    declarations,
    faults_of,
    handlings,
)
from upwell.people.models import Level, Person
from upwell.vault.fields import SealedTextField, sealed_fields

SEALED = Handling(Kind.SEALED, Erasure.SHRED)


def ids(models, declared):
    return [fault.id for fault in faults_of(models, declared)]


def test_every_field_of_every_model_is_declared():
    assert check_privacy() == []


def test_every_sealed_field_is_shredded():
    found = handlings()

    assert {found[field.model][field.name].erasure for field in sealed_fields()} == {Erasure.SHRED}


@isolate_apps("tests.vault.shelf")
def test_undeclared_model_is_found():
    class Diary(models.Model):
        words = models.TextField()

        class Meta:
            app_label = "shelf"

        def __str__(self):
            return "a diary"

    assert ids([*apps.get_models(), Diary], [*declarations()]) == ["core.E001", "core.E001"]


def test_field_that_is_declared_twice_or_is_not_there_is_found():
    names = ("id", "height", "name")

    assert ids([Level], [{Level: {OPEN: names}}]) == []
    assert ids([Level], [{Level: {OPEN: names, LINK: ("name",)}}]) == ["core.E001"]
    assert ids([Level], [{Level: {OPEN: (*names, "color")}}]) == ["core.E002"]


@pytest.mark.parametrize(
    ("handling", "expected"),
    [(LINK, ["core.E003", "core.E004"]), (Handling(Kind.SEALED), ["core.E004"]), (SEALED, [])],
)
@isolate_apps("tests.vault.shelf")
def test_sealed_field_is_declared_as_sealed(handling, expected):
    class Letter(models.Model):
        words = SealedTextField(label="shelf.letter.words", scope=("person", "pk"), null=True)

        class Meta:
            app_label = "shelf"

        def __str__(self):
            return "a letter"

    assert ids([Letter], [{Letter: {OPEN: ("id",), handling: ("words",)}}]) == expected


def test_open_field_cannot_be_declared_as_sealed():
    rows = {SEALED: ("height",), OPEN: ("id", "name")}

    assert ids([Level], [{Level: rows}]) == ["core.E003", "core.E004"]


def test_field_without_an_empty_value_cannot_be_blanked():
    assert ids([Level], [{Level: {OPEN: ("id", "name"), BLANKED: ("height",)}}]) == ["core.E005"]


def test_erasing_a_person_leaves_nothing_that_tells_who_it_was():
    kept = {name for name, one in handlings()[Person].items() if one.erasure == Erasure.KEEP}

    assert kept == {"id", "is_active", "left_at", "created_at", "sessions_ended"}
