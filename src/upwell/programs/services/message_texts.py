"""Saying in the program's own words what people are told."""

from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.people.models import Person
from upwell.programs.message_texts import MESSAGES, Words, paragraphs_of, shipped_words, unknown_in
from upwell.programs.models import MessageText, Program
from upwell.programs.queries.message_texts import wording_of
from upwell.programs.services.rows import locked

Kind = MessageText.Kind
NOT_EVERYBODY = "sponsor"


@transaction.atomic
def save_message(
    program: Program,
    kind: Kind,
    *,
    language: str,
    subject: str,
    body: str,
    since: str | None = None,
    by: Person,
) -> None:
    """Keep the program's own words of a message; those that ship are not kept twice.

    Raises ValidationError for a placeholder that the message does not have, for a text of nothing,
    and where somebody changed it after the digest ``since`` was taken.
    """
    locked(program.pk)
    if since is not None and since != words_digest(program, kind, language):
        raise ValidationError(
            _("Somebody changed this message meanwhile. Copy your text, and load the page anew.")
        )
    words = Words(" ".join(subject.split()), paragraphs_of(body))
    check_placeholders(kind, words)
    if all(braced(NOT_EVERYBODY) in part for part in words.paragraphs):
        raise ValidationError({"body": _("Please write something that everybody reads.")})
    if words == wording_of(program, kind).words_in(language):
        return
    if words == shipped_words(kind, language):
        program.message_texts.filter(kind=kind, language=language).delete()
    else:
        write(program, kind, language, words)
    record("programs.message.changed", by=by, on=program)


def write(program: Program, kind: Kind, language: str, words: Words) -> None:
    row = MessageText(
        program=program, kind=kind, language=language, subject=words.subject, body=words.body
    )
    row.full_clean(validate_constraints=False)
    MessageText.objects.update_or_create(
        program=program,
        kind=kind,
        language=language,
        defaults={"subject": row.subject, "body": row.body},
    )


def check_placeholders(kind: Kind, words: Words) -> None:
    allowed = MESSAGES[kind].placeholders
    for field, text in (("subject", words.subject), ("body", words.body)):
        if unknown := unknown_in(text, allowed):
            named = {"names": ", ".join(unknown), "known": ", ".join(map(braced, allowed))}
            raise ValidationError(
                {field: _("%(names)s is no placeholder here. There are: %(known)s.") % named}
            )
    if braced(NOT_EVERYBODY) in words.subject:
        said = _("Not everybody has a sponsor, so the subject cannot name one.")
        raise ValidationError({"subject": said})


def braced(name: str) -> str:
    return f"{{{name}}}"


@transaction.atomic
def reset_message(program: Program, kind: Kind, *, language: str, by: Person) -> None:
    """Go back to the words that ship; nothing happens where they count already."""
    gone, _rows = program.message_texts.filter(kind=kind, language=language).delete()
    if gone:
        record("programs.message.reset", by=by, on=program)


def words_digest(program: Program, kind: Kind, language: str) -> str:
    """By which two states of a text are told apart."""
    words = wording_of(program, kind).words_in(language)
    return sha256(f"{words.subject}\n{words.body}".encode()).hexdigest()
