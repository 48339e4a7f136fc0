"""What people say themselves of their enrollment: their answers, yes, and not this time."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from upwell.audit.services import record
from upwell.core.links import absolute_url
from upwell.delivery.services import post
from upwell.people.models import Person
from upwell.programs.message_texts import MESSAGES
from upwell.programs.models import Answers, Channel, Enrollment, MessageText
from upwell.programs.queries.enrolling import (
    Window,
    answers_of,
    is_in_pair,
    line_manager_of,
    window_of,
    window_words,
)
from upwell.programs.queries.message_texts import values_for, wording_of
from upwell.programs.services.background import forget_answers
from upwell.programs.services.enrollment import set_capacity
from upwell.programs.services.one_purpose import reach_href
from upwell.programs.services.pledge import sign
from upwell.programs.services.rows import locked
from upwell.programs.services.topics import set_topics
from upwell.programs.services.willing import keep_on_roster
from upwell.vault.services import seal

Kind = MessageText.Kind
State = Enrollment.State
SEALED = ("sentence", "off_limits")
PLAIN = (
    *("shows_off_limits", "interests", "hopes", "languages", "zone", "hours_from"),
    *("hours_until", "assistant", "tells_manager"),
)


@transaction.atomic
def save_answers(enrollment: Enrollment, given: Mapping[str, Any], *, by: Person | None) -> None:
    """Keep what is given, and leave the rest as it is.

    ``given`` has names of answers, ``topics`` (names with strengths), ``capacity`` and kinds of
    channels with their values, "" for none. ``by`` is None for a link. Raises ValidationError.
    """
    program = locked(enrollment.cohort.program_id)
    check_answerable(enrollment)
    save_row(enrollment, {name: given[name] for name in given if name in (*SEALED, *PLAIN)})
    if "topics" in given:
        set_topics(enrollment, **{topics_kind(enrollment): given["topics"]}, by=enrollment.person)
    if "capacity" in given:
        set_capacity(enrollment, given["capacity"], by=enrollment.person)
    save_channels(enrollment, {kind: given[kind] for kind in Channel.Kind if kind in given})
    if given:
        about = {"changed": sorted(name for name in given if name not in SEALED)}
        record("programs.participant.answered", by=by, on=enrollment, facts=about)
    enrollment.cohort.program = program


def check_answerable(enrollment: Enrollment) -> None:
    """Refuse answers to a cohort that is over, or that somebody was taken out of meanwhile."""
    if not Enrollment.objects.filter(pk=enrollment.pk).exists():
        raise ValidationError(_("You are not in this cohort any more. Ask your program manager."))
    if (window := window_of(enrollment)) == Window.OVER:
        raise ValidationError(window_words(enrollment, window))


def topics_kind(enrollment: Enrollment) -> str:
    return "offered" if enrollment.is_mentor else "wanted"


def save_row(enrollment: Enrollment, given: Mapping[str, Any]) -> None:
    if not given:
        return
    row = answers_of(enrollment)
    former = row.assistant_id
    for name in PLAIN:
        if name in given:
            setattr(row, name, given[name])
    seal(row, **{name: given[name] or None for name in SEALED if name in given})
    row.saved_at = timezone.now()
    row.full_clean(exclude=["enrollment", "person", *SEALED])
    row.save()
    if row.assistant and row.assistant_id != former:
        tell_assistant(enrollment, row.assistant)


def save_channels(enrollment: Enrollment, given: Mapping[str, str]) -> None:
    for kind, value in given.items():
        rows = Channel.objects.filter(enrollment=enrollment, kind=kind)
        if not value:
            rows.delete()
        elif not rows.update(value=value):
            Channel.objects.create(enrollment=enrollment, kind=kind, value=value)


@transaction.atomic
def take_part(enrollment: Enrollment, *, pledge: str | None = None, language: str) -> State:
    """Say yes, for oneself. Where enrollment is over, it is a yes for the waiting list.

    ``pledge`` is the code of the text that was read and signed, None where it was signed before.
    Saying it twice changes nothing and writes no second message. Raises ValidationError.
    """
    program = locked(enrollment.cohort.program_id)
    window = window_of(enrollment)
    if window in (Window.AHEAD, Window.OVER):
        raise ValidationError(window_words(enrollment, window))
    if pledge is not None:
        sign(program, enrollment.person, code=pledge, language=language)
    now = Enrollment.objects.select_for_update().get(pk=enrollment.pk)
    has_said = now.answered_at is not None and now.state in (State.ENROLLED, State.WAITING)
    if not has_said:
        is_in = window == Window.OPEN or now.state == State.ENROLLED
        answer(now, State.ENROLLED if is_in else State.WAITING)
        tell_oneself(enrollment, Kind.ENROLLED if is_in else Kind.WAITING)
    enrollment.refresh_from_db(fields=["state", "answered_at", "asks_next"])
    if enrollment.state == State.ENROLLED:
        tell_line_manager(enrollment)
    return State(enrollment.state)


@transaction.atomic
def step_out(enrollment: Enrollment, *, asks_next: bool, by: Person | None) -> None:
    """Not this time, or not any more. Nobody is asked for a reason; what they told is forgotten.

    ``by`` is None for a link. Raises ValidationError for whoever is in a pair of the cohort.
    """
    locked(enrollment.cohort.program_id)
    if is_in_pair(enrollment):
        raise ValidationError(
            _("You are in a pair. Tell your program manager, who finds a way out for both of you.")
        )
    now = Enrollment.objects.select_for_update().filter(pk=enrollment.pk).first()
    if now is None or (now.state == State.OUT and now.asks_next == asks_next):
        return
    answer(now, State.OUT, asks_next=asks_next)
    forget_answers(enrollment)
    if asks_next:
        keep_on_roster(enrollment)
    enrollment.refresh_from_db(fields=["state", "answered_at", "asks_next"])


def answer(enrollment: Enrollment, state: State, *, asks_next: bool = False) -> None:
    enrollment.has_left = enrollment.leaves_by(state)
    enrollment.state, enrollment.asks_next = state, asks_next
    enrollment.answered_at = timezone.now()
    enrollment.save(update_fields=["state", "asks_next", "answered_at", "has_left"])
    facts = {"state": state.value}
    record("programs.participant.said", by=enrollment.person, on=enrollment, facts=facts)


def tell_oneself(enrollment: Enrollment, kind: Kind) -> None:
    tell(enrollment, enrollment.person, kind, {"href": absolute_url(enrollment.own_href)})


def tell_line_manager(enrollment: Enrollment) -> None:
    """Once, and only where the mentor has agreed to it."""
    row = Answers.objects.filter(enrollment=enrollment, tells_manager=True, manager_told_at=None)
    manager = line_manager_of(enrollment.person)
    if enrollment.is_mentor and manager and row.update(manager_told_at=timezone.now()):
        tell(enrollment, manager, Kind.LINE_MANAGER, {})


def tell_assistant(enrollment: Enrollment, assistant: Person) -> None:
    """With a link that lets them say how and when the mentee can be reached."""
    tell(enrollment, assistant, Kind.ASSISTANT, {"href": reach_href(enrollment)}, has_secret=True)


def tell(
    enrollment: Enrollment,
    reader: Person,
    kind: Kind,
    context: Mapping[str, Any],
    *,
    has_secret: bool = False,
) -> None:
    cohort, language = enrollment.cohort, reader.language
    with override(language):
        values = values_for(cohort, language=language, by=None, name=reader.name)
    values |= {"participant": enrollment.person.name}
    post(
        MESSAGES[kind].template,
        to=reader,
        context={**wording_of(cohort.program, kind).context(language, values), **context},
        category=MESSAGES[kind].category,
        has_secret=has_secret,
    )
