"""In which words a program tells people something."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.module_loading import import_string
from django.utils.translation import override

from upwell.people.models import Person
from upwell.programs.message_texts import Words, fill, paragraphs_of, shipped_words
from upwell.programs.models import Cohort, MessageText, Program, Sponsor

Kind = MessageText.Kind
LEARNERS = {Kind.ASSISTANT: "assistant", Kind.LINE_MANAGER: "line_manager"}
"""Messages to those who take no part and have a lesson, with what its audience is called."""


@dataclass(frozen=True)
class Wording:
    """The words of one message of a program, by language.

    ``lesson_href`` leads readers who take no part to what helps them; "" where there is nothing.
    """

    kind: Kind
    own: Mapping[str, Words]
    lesson_href: str = ""

    def words_in(self, language: str) -> Words:
        """The program's own, else those that ship."""
        return self.own.get(language) or shipped_words(self.kind, language)

    def context(self, language: str, values: Mapping[str, str]) -> dict[str, Any]:
        """``subject``, ``words`` and ``words_html`` (paragraphs), as the templates take them.

        And ``lesson_href``.
        """
        told = fill(self.words_in(language), values)
        shown = {"subject": told.subject, "words": told.paragraphs, "words_html": told.html}
        return {**shown, "lesson_href": self.lesson_href}


def wording_of(program: Program, kind: Kind) -> Wording:
    """One query, two for those who take no part; ask it for as many people as there are."""
    rows = program.message_texts.filter(kind=kind)
    own = {row.language: words_of(row) for row in rows}
    if kind not in LEARNERS:
        return Wording(kind, own)
    return Wording(kind, own, import_string(settings.LESSON_LINK)(program, LEARNERS[kind]))


def words_of(row: MessageText) -> Words:
    return Words(row.subject, paragraphs_of(row.body))


def values_for(
    cohort: Cohort,
    *,
    language: str,
    by: Person | None,
    name: str,
    sponsor: Sponsor | None = None,
    counterpart: str = "",
) -> dict[str, str]:
    """What the placeholders stand for; "" for what a reader does not have."""
    with override(language):
        start = date_format(cohort.starts_on)
    return {
        "name": name,
        "program": cohort.program.name,
        "cohort": cohort.name,
        "start": start,
        "manager": by.name if by else cohort.program.name,
        "sponsor": title_of(sponsor) if sponsor else "",
        "counterpart": counterpart,
    }


def title_of(sponsor: Sponsor) -> str:
    return ", ".join(filter(None, (sponsor.person.name, sponsor.person.title)))


def own_languages(program: Program) -> dict[str, list[str]]:
    """By kind of message, the names of the languages in which the program has its own words."""
    names = dict(settings.LANGUAGES)
    found: dict[str, list[str]] = {}
    for kind, language in program.message_texts.values_list("kind", "language"):
        found.setdefault(kind, []).append(names.get(language, language))
    return found
