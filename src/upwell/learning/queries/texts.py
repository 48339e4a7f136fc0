"""The texts of a program: its own words where it has any, else those that ship."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings

from upwell.learning.models import OwnText, Revision
from upwell.learning.texts import (
    WORDS_A_MINUTE,
    Check,
    Guideline,
    Lesson,
    guidelines,
    lessons,
    word_count,
)
from upwell.programs.models import Program

Text = TypeVar("Text", bound=Guideline)


@dataclass(frozen=True)
class ProgramTexts:
    """``own`` by key and language; ``raised`` is what the program adds to a shipped version."""

    own: Mapping[tuple[str, str], OwnText] = field(default_factory=dict)
    raised: Mapping[str, int] = field(default_factory=dict)

    def lessons(self, language: str) -> list[Lesson]:
        """In their order, each with the version that is needed."""
        return [self.said(one, language) for one in lessons(language)]

    def guidelines(self, language: str) -> list[Guideline]:
        return [self.said(one, language) for one in guidelines(language)]

    def find(self, key: str, language: str) -> Guideline | None:
        """A lesson or guideline by its key."""
        found = shipped(key, language)
        return self.said(found, language) if found else None

    def said(self, text: Text, language: str) -> Text:
        version = text.version + self.raised.get(text.key, 0)
        own = self.own.get((text.key, language))
        if own is None:
            return replace(text, version=version)
        words: dict[str, Any] = {
            "title": own.title,
            "text": own.text,
            "minutes": minutes_of(own.text),
            "language": language,
        }
        if isinstance(text, Lesson):
            words["checks"] = tuple(map(check_of, own.checks))
        return replace(text, version=version, **words)

    def own_languages(self, key: str) -> list[str]:
        """The names of the languages in which the program says it in its own words."""
        names = dict(settings.LANGUAGES)
        return [names.get(language, language) for one, language in self.own if one == key]


def texts_of(program: Program) -> ProgramTexts:
    """Two queries, for any number of languages."""
    own = {(row.key, row.language): row for row in program.own_texts.all()}
    return ProgramTexts(own, dict(program.revisions.values_list("key", "raised")))


def versions_of(programs: Iterable[UUID]) -> dict[UUID, dict[str, int]]:
    """The version of each lesson that is needed, by program. One query."""
    shipped_versions = {one.key: one.version for one in lessons()}
    found: dict[UUID, dict[str, int]] = defaultdict(lambda: dict(shipped_versions))
    rows = Revision.objects.filter(program__in=programs, key__in=shipped_versions)
    for program, key, raised in rows.values_list("program", "key", "raised"):
        found[program][key] += raised
    return found


def shipped(key: str, language: str) -> Guideline | None:
    """The text that ships; None for a key of nothing."""
    every: tuple[Guideline, ...] = (*lessons(language), *guidelines(language))
    return next((one for one in every if one.key == key), None)


def check_of(values: Mapping[str, object]) -> Check:
    options = values["options"]
    return Check(**{**values, "options": tuple(options)})  # type: ignore[arg-type]  # -- JSON


def minutes_of(text: str) -> int:
    """At least one."""
    return max(1, -(-word_count(text) // WORDS_A_MINUTE))


def digest_of(text: Guideline) -> str:
    """By which two states of a text are told apart."""
    checks = text.checks if isinstance(text, Lesson) else ()
    return sha256(repr((text.title, text.text, checks)).encode()).hexdigest()


def code_of(key: str) -> str:
    """A key as entries of the audit log name it."""
    return key.replace("-", "_")
