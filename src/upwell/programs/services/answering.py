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
from upwell.delivery.services import post, withdraw
from upwell.people.models import Person
from upwell.programs.message_texts import MESSAGES
from upwell.programs.models import Answers, Channel, Enrollment, MessageText
from upwell.programs.queries.enrolling import (
    Window,
    answers_of,
    line_manager_of,
    why_not_out,
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
    *("shows_off_limits", "interests", "hopes", "languages", "hours_from"),
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
    if given:  # without names: one that is missing would tell what was sealed
        record("programs.participant.answered", by=by, on=enrollment)
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
    if row.assistant_id == enrollment.person_id:
        raise ValidationError(_("You cannot be your own assistant. Leave it empty."))
    seal(row, **{name: given[name] or None for name in SEALED if name in given})
    row.saved_at = timezone.now()
    row.full_clean(exclude=["enrollment", "person", *SEALED])
    row.save()
    if row.assistant_id != former:
        withdraw(assistant_key(enrollment))
        if Enrollment.objects.enrolled().filter(pk=enrollment.pk).exists():
            tell_assistant(enrollment)
    if not row.tells_manager:
        stop_line_manager(enrollment)


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
        answer(now, State.ENROLLED if is_in else State.WAITING, by=enrollment.person)
        tell_oneself(enrollment, Kind.ENROLLED if is_in else Kind.WAITING)
    enrollment.refresh_from_db(fields=["state", "answered_at", "asks_next"])
    if enrollment.state == State.ENROLLED:
        tell_others(enrollment)
    return State(enrollment.state)


@transaction.atomic
def step_out(enrollment: Enrollment, *, asks_next: bool, by: Person | None) -> None:
    """Not this time, or not any more. Nobody is asked for a reason.

    Their answers, ways to reach them and background are deleted, and messages about them that
    still wait do not go out; their topics stay. ``by`` is None for a link, which cannot take back
    a yes that they have said since. Raises ValidationError, also for whoever is in a pair of the
    cohort, while its pairs are published and nobody is told, and once it has ended.
    """
    locked(enrollment.cohort.program_id)
    if (window := window_of(enrollment)) == Window.OVER:
        raise ValidationError(window_words(enrollment, window))
    if why_not := why_not_out(enrollment):
        raise ValidationError(why_not)
    now = Enrollment.objects.select_for_update().filter(pk=enrollment.pk).first()
    if now is None or (now.state == State.OUT and now.asks_next == asks_next):
        return
    if by is None and now.has_said_yes:
        raise ValidationError(_("You have said yes meanwhile. Sign in to change it."))
    answer(now, State.OUT, asks_next=asks_next, by=by)
    forget(enrollment)
    if asks_next:
        keep_on_roster(enrollment)
    enrollment.refresh_from_db(fields=["state", "answered_at", "asks_next"])


def forget(enrollment: Enrollment) -> None:
    """Whatever they have said but their topics, and who was to hear of them."""
    stop_line_manager(enrollment)
    withdraw(assistant_key(enrollment))
    forget_answers(enrollment)
    Answers.objects.filter(enrollment=enrollment).delete()
    Channel.objects.filter(enrollment=enrollment).delete()


def answer(
    enrollment: Enrollment, state: State, *, asks_next: bool = False, by: Person | None
) -> None:
    enrollment.has_left = enrollment.leaves_by(state)
    enrollment.state, enrollment.asks_next = state, asks_next
    enrollment.answered_at = timezone.now()
    enrollment.save(update_fields=["state", "asks_next", "answered_at", "has_left"])
    facts = {"state": state.value}
    record("programs.participant.said", by=by, on=enrollment, facts=facts)


def tell_oneself(enrollment: Enrollment, kind: Kind) -> None:
    tell(enrollment, enrollment.person, kind, {"href": absolute_url(enrollment.own_href)})


def tell_others(enrollment: Enrollment) -> None:
    """Whom a participant wants to know that they take part: each of them once."""
    tell_line_manager(enrollment)
    tell_assistant(enrollment)


def tell_line_manager(enrollment: Enrollment) -> None:
    """Only where the mentor has agreed to it."""
    row = Answers.objects.filter(enrollment=enrollment, tells_manager=True, manager_told_at=None)
    manager = line_manager_of(enrollment.person)
    if enrollment.is_mentor and manager and row.update(manager_told_at=timezone.now()):
        tell(enrollment, manager, Kind.LINE_MANAGER, {}, once=manager_key(enrollment))


def stop_line_manager(enrollment: Enrollment) -> None:
    """Take back what the line manager has not been sent yet."""
    if withdraw(manager_key(enrollment)):
        Answers.objects.filter(enrollment=enrollment).update(manager_told_at=None)


def tell_assistant(enrollment: Enrollment) -> None:
    """With a link that lets them say how and when the mentee can be reached."""
    assistant = answers_of(enrollment).assistant
    if assistant is None or not assistant.is_active:
        return
    context = {"href": reach_href(enrollment, assistant)}
    once = f"{assistant_key(enrollment)}{assistant.pk}"
    tell(enrollment, assistant, Kind.ASSISTANT, context, once=once, has_secret=True)


def manager_key(enrollment: Enrollment) -> str:
    return f"line-manager:{enrollment.pk}"


def assistant_key(enrollment: Enrollment) -> str:
    """What the keys of messages to their assistants begin with."""
    return f"assistant:{enrollment.pk}:"


def tell(
    enrollment: Enrollment,
    reader: Person,
    kind: Kind,
    context: Mapping[str, Any],
    *,
    once: str = "",
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
        once=once,
        has_secret=has_secret,
    )
