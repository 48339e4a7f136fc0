"""Saying a lesson or a guideline in the program's own words."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.learning.markdown import has_first_heading
from upwell.learning.models import OwnText
from upwell.learning.queries import digest_of, shipped, texts_of
from upwell.learning.queries.texts import check_of, code_of
from upwell.learning.texts import LEAST_CHECKS, MOST_CHECKS, Check, Guideline, Lesson
from upwell.people.models import Person
from upwell.programs.models import Program
from upwell.programs.services.rows import locked


@transaction.atomic
def save_text(
    program: Program,
    key: str,
    *,
    language: str,
    title: str,
    text: str,
    checks: Sequence[Mapping[str, Any]] = (),
    again: bool = False,
    since: str | None = None,
    by: Person,
) -> None:
    """Keep the program's own words of a text; those that ship are not kept twice.

    With ``again``, whoever has done the lesson is asked to do it once more, in every language.
    Raises ValidationError for a text that cannot stand so, and where somebody changed it after the
    digest ``since`` was taken.
    """
    locked(program.pk)
    before = texts_of(program).find(key, language)
    ships = shipped(key, language)
    if before is None or ships is None:
        raise ValidationError(_("There is no such text."))
    if since is not None and since != digest_of(before):
        raise ValidationError(
            _("Somebody changed this text meanwhile. Copy yours, and load the page anew.")
        )
    words = OwnText(
        program=program,
        key=key,
        language=language,
        title=" ".join(title.split()),
        text=text.replace("\r\n", "\n").strip(),
        checks=[asdict(one) for one in right_checks(checks)] if is_lesson(before) else [],
    )
    check_text(words)
    if is_same(words, before):
        ask_again(program, before, again=again, by=by)
        return
    if is_same(words, ships):
        program.own_texts.filter(key=key, language=language).delete()
    else:
        write(words)
    record("learning.text.changed", by=by, on=program, facts={"text": code_of(key)})
    ask_again(program, before, again=again, by=by)


def write(words: OwnText) -> None:
    words.full_clean(validate_constraints=False)
    OwnText.objects.update_or_create(
        program=words.program,
        key=words.key,
        language=words.language,
        defaults={"title": words.title, "text": words.text, "checks": words.checks},
    )


def check_text(words: OwnText) -> None:
    if not words.text:
        raise ValidationError({"text": _("Please write something that people read.")})
    if has_first_heading(words.text):
        raise ValidationError(
            {"text": _("The title is the heading of the page: begin those in the text with ##.")}
        )


def right_checks(given: Sequence[Mapping[str, Any]]) -> list[Check]:
    """Raises ValidationError for too few or too many, or options that are the same."""
    if not LEAST_CHECKS <= len(given) <= MOST_CHECKS:
        raise ValidationError(_("A lesson ends with two to four questions."))
    try:
        return [check_of(one) for one in given]
    except ValueError:
        raise ValidationError(_("Two options of one question are the same.")) from None


def is_lesson(text: Guideline) -> bool:
    return isinstance(text, Lesson)


def is_same(words: OwnText, text: Guideline) -> bool:
    checks = tuple(map(check_of, words.checks))
    given = text.checks if isinstance(text, Lesson) else ()
    return (words.title, words.text, checks) == (text.title, text.text.strip(), given)


def ask_again(program: Program, text: Guideline, *, again: bool, by: Person) -> None:
    """Let the version that is needed rise by one."""
    if not again or not is_lesson(text):
        return
    row, is_new = program.revisions.get_or_create(key=text.key)
    if not is_new:
        program.revisions.filter(pk=row.pk).update(raised=F("raised") + 1)
    record("learning.lesson.asked_again", by=by, on=program, facts={"lesson": code_of(text.key)})


@transaction.atomic
def reset_text(program: Program, key: str, *, language: str, by: Person) -> None:
    """Go back to the words that ship; nothing happens where they count already."""
    locked(program.pk)
    gone, _rows = program.own_texts.filter(key=key, language=language).delete()
    if gone:
        record("learning.text.reset", by=by, on=program, facts={"text": code_of(key)})
