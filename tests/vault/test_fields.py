"""A sealed field fails loudly wherever a text field would be used."""

import copy
import json
import pickle
import uuid

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection, models
from django.db.models.functions import Length
from django.forms import modelform_factory
from django.template import Context, Template
from django.test.utils import isolate_apps

from tests.vault.shelf.models import Letter
from upwell.vault.fields import SealedTextField
from upwell.vault.models import DataKey
from upwell.vault.router import KeyRouter
from upwell.vault.services import seal, unseal

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    made = Letter()
    seal(made, body="A quiet word")
    made.save()
    return Letter.objects.get()


USES = {
    "str": str,
    "bytes": bytes,
    "len": len,
    "list": list,
    "json": json.dumps,
    "pickle": pickle.dumps,
    "format": "{}".format,
    "sum": lambda sealed: sealed + "x",
    "template": lambda sealed: Template("{{ it }}").render(Context({"it": sealed})),
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_it_cannot_be_used_as_a_text(letter, use):
    with pytest.raises(TypeError):
        use(letter.body)


def test_it_hides_what_it_holds_and_can_be_copied(letter):
    assert repr(letter.body) == "<sealed>"
    assert copy.deepcopy(letter).body == copy.copy(letter.body) == letter.body
    assert len({letter.body, copy.copy(letter.body)}) == 1
    assert letter.body != "A quiet word"


def test_only_what_was_sealed_is_taken(letter):
    with pytest.raises(TypeError, match="seal"):
        letter.body = "clear text"
    with pytest.raises(TypeError, match="seal"):
        Letter(body="clear text")
    with pytest.raises(TypeError, match="seal"):
        Letter.objects.update(body="clear text")
    with pytest.raises(TypeError, match="seal"):
        Letter.body.field.to_python("clear text")


def test_what_was_sealed_for_one_row_is_not_saved_in_another(letter):
    other = Letter(writer=letter.writer)
    seal(other, body="Mine")
    letter.body = other.body

    with pytest.raises(ValueError, match="another row"):
        letter.save()


def test_it_is_saved_in_bulk_checked_and_found_empty_or_not(letter):
    made = Letter(writer=letter.writer)
    seal(made, body="Two")
    made.full_clean()
    Letter.objects.bulk_create([made, Letter()])

    assert Letter.objects.filter(body__isnull=False).count() == 2
    assert unseal(Letter.objects.defer("body").get(pk=made.pk), "body") == "Two"


def test_nothing_looks_for_what_is_in_it():
    for condition in ({"body": "x"}, {"body__contains": "x"}, {"body__length__gt": 1}):
        with pytest.raises(FieldError, match="sealed"):
            list(Letter.objects.filter(**condition))
    assert Letter.objects.annotate(size=Length("body")).count() == 0


def test_it_is_in_no_form_and_in_no_export(letter):
    assert Letter.body.field.formfield() is None
    assert "body" not in modelform_factory(Letter, fields="__all__")().fields
    with pytest.raises(TypeError, match="unseal"):
        serializers.serialize("json", [letter])


def test_a_row_needs_its_uuid_first():
    with pytest.raises(TypeError, match="needs a UUID"):
        seal(Letter(pk=None), body="x")
    with pytest.raises(TypeError, match="named by a UUID"):
        seal(Letter(writer=None), body="x")


def test_it_stands_in_a_migration_with_its_frozen_label():
    field = Letter.shared.field

    _name, _path, _arguments, options = field.deconstruct()

    assert options == {"null": True, "label": "shelf.letter.shared", "scope": ("pair", "pair")}
    assert field.clone().label == field.label
    assert field.db_type(connection) in {"BLOB", "bytea"}


@isolate_apps("tests.vault.shelf")
def test_a_wrong_declaration_is_found_by_the_checks():
    class Wrong(models.Model):
        text = SealedTextField(label="shelf.letter.body", scope=("planet", "pk"))
        other = SealedTextField(label="Body", scope=("pair", "pk"))

        class Meta:
            app_label = "shelf"

        def __str__(self):
            return ""

    found = [fault.msg for field in (Wrong.text, Wrong.other) for fault in field.field.check()]

    assert found == [
        "There is no scope 'planet'.",
        "Its model must have a UUID as primary key.",
        "Its label is taken by another field.",
        "Its label must look like app.model.field.",
        "Its model must have a UUID as primary key.",
    ]
    assert Letter.body.field.check() == Letter.shared.field.check() == []


def test_the_key_store_holds_the_vaults_tables_and_nothing_else():
    router = KeyRouter()

    assert (router.db_for_read(DataKey), router.db_for_write(DataKey)) == ("keys", "keys")
    assert (router.db_for_read(Letter), router.db_for_write(Letter)) == (None, None)
    assert router.allow_migrate("keys", "vault") and router.allow_migrate("default", "people")
    assert not router.allow_migrate("keys", "people") and not router.allow_migrate(
        "default", "vault"
    )
    assert router.allow_relation(DataKey(id=uuid.uuid4()), DataKey())
    assert not router.allow_relation(DataKey(), Letter())
