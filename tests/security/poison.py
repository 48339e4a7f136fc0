"""Fills what people may write, wherever it is kept, with texts that mean harm."""

from itertools import count, cycle

from django.apps import apps
from django.db import IntegrityError, models, transaction

from upwell.vault.fields import sealed_fields
from upwell.vault.services import seal

WORDS_OF_MACHINES = {  # never written by people: a wrong word in them is a broken installation
    "delivery.Job.service",
    "delivery.OutboxMessage.message_id",
    "learning.OwnText.key",
    "learning.OwnText.language",
    "people.Invitation.token_hash",
    "people.Office.zone",
    "people.Person.own_zone",
    "people.Person.password",
    "pairs.MatchRun.certificate",
    "pairs.MatchRun.policy_json",
    "pairs.MatchRun.problem_digest",
    "pairs.Unplaced.why",
    "programs.Program.policy_json",
    "programs.Topic.key",
}
SEALED_BY_MACHINES = {
    "pairs.block_list.colleagues",
    "pairs.choice_sheet.kept",
    "pairs.run.private_part",
    "programs.background.kept",
}
"""Sealed fields that hold ids, letters and documents; a text of a person in them cannot be."""
OF_MACHINES = {"audit", "vault"}  # opaque references and keys, which nobody can write


def text_fields():
    """Every field of our models that may hold what somebody wrote."""
    for model in apps.get_models():
        options = options_of(model)
        if not model.__module__.startswith("upwell.") or options.app_label in OF_MACHINES:
            continue
        for field in options.concrete_fields:
            is_text = isinstance(field, (models.CharField, models.TextField)) and not field.choices
            if is_text and not field.primary_key and name_of(field) not in WORDS_OF_MACHINES:
                yield field


def options_of(model):
    return model._meta  # noqa: SLF001 -- public in all but its name


def name_of(field):
    return f"{options_of(field.model).label}.{field.name}"


def poison(texts, *, rows_each=25, only=None):
    """Write one of the texts into each field, or the named ones, of the first rows of each model.

    A text is marked with a number where the field must be unique, and cut to what the field takes.
    Returns how many fields were filled, the names of those that no row was there for, and how
    often each text was written.
    """
    numbers, supply = count(1), cycle(texts)
    filled, empty = set(), set()
    written = dict.fromkeys(texts, 0)
    for field in text_fields():
        if only and name_of(field) not in only:
            continue
        keys = list(
            options_of(field.model).default_manager.values_list("pk", flat=True)[:rows_each]
        )
        for key in keys:
            text = next(supply)
            value = f"{text}{next(numbers)}"[: field.max_length or 10_000]
            if was_written(field, key, value):
                filled.add(name_of(field))
                written[text] += 1
        if name_of(field) not in filled:
            empty.add(name_of(field))
    return filled, empty, written


def was_written(field, key, value):
    try:
        with transaction.atomic():
            rows = options_of(field.model).base_manager.filter(pk=key)
            return bool(rows.update(**{field.name: value}))
    except IntegrityError:  # the database itself refuses such a text
        return False


def poison_sealed(texts):
    """Seal all the texts, one after the other, into each sealed field that holds words.

    Returns the labels of the fields that were filled.
    """
    filled = set()
    for field in sealed_fields():
        is_ours = field.model.__module__.startswith("upwell.")
        for row in field.model.objects.all() if is_ours else ():
            if field.label not in SEALED_BY_MACHINES:
                seal(row, **{field.name: " ".join(texts)})
                row.save(update_fields=[field.name])
                filled.add(field.label)
    return filled
