"""Answers that are saved as one goes, in several windows if need be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils.crypto import salted_hmac

from upwell.people.models import Person
from upwell.programs.models import Enrollment
from upwell.programs.queries.enrolling import stored_answers
from upwell.programs.queries.seen import Seen, changed_elsewhere, digests
from upwell.programs.services.answering import check_answerable, save_answers
from upwell.programs.services.rows import locked

REMEMBERED = 60 * 60
"""Seconds for which it is known what a window has written."""


@dataclass(frozen=True)
class Kept:
    """``digests`` of what was written, as it stands there; ``elsewhere``: what was left alone."""

    digests: Mapping[str, str]
    elsewhere: Mapping[str, Any]


@transaction.atomic
def save_from_window(
    enrollment: Enrollment,
    given: Mapping[str, Any],
    *,
    seen: Seen,
    is_final: bool = False,
    by: Person,
) -> Kept:
    """Keep what is given, but what was changed elsewhere since the window showed it.

    ``is_final`` where the window waits for nothing that it sent before: what it wrote meanwhile
    then counts as seen. Raises ValidationError and VaultError.
    """
    locked(enrollment.cohort.program_id)
    check_answerable(enrollment)
    enrollment.refresh_from_db(fields=["capacity"])
    own = cache.get(key_of(enrollment, seen), {})
    stored = stored_answers(enrollment)
    elsewhere = changed_elsewhere(given, stored, seen, own if is_final else {})
    kept = {name: value for name, value in given.items() if name not in elsewhere}
    if not kept:
        return Kept({}, elsewhere)
    save_answers(enrollment, kept, by=by)
    now = stored_answers(enrollment)
    written = digests({name: now[name] for name in kept})
    cache.set(key_of(enrollment, seen), {**own, **written}, REMEMBERED)
    return Kept(written, elsewhere)


def key_of(enrollment: Enrollment, seen: Seen) -> str:
    words = f"{enrollment.pk} {seen.window}"
    return f"programs.window.{salted_hmac('upwell.window', words).hexdigest()}"
