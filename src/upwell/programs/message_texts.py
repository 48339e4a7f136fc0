"""The words of messages: those that ship, and the placeholders that stand in them.

Placeholders are replaced and nothing else is: a text can neither compute nor look anything up.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import escape, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy, override
from django.utils.translation import gettext_noop as _

from upwell.delivery.models import Category
from upwell.programs.models.message_texts import MessageText

Kind = MessageText.Kind
PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
PLACEHOLDERS: dict[str, Promise] = {
    "name": gettext_lazy("the name of whoever reads it"),
    "program": gettext_lazy("the name of the program"),
    "cohort": gettext_lazy("the name of the cohort"),
    "start": gettext_lazy("the first day of the cohort"),
    "manager": gettext_lazy("your name, or whoever else sends it"),
    "sponsor": gettext_lazy("the sponsor of the reader's part of the organization"),
    "counterpart": gettext_lazy("the name of the counterpart"),
    "participant": gettext_lazy("the name of whoever takes part"),
}
COMMON = ("name", "program", "cohort", "start", "manager")


@dataclass(frozen=True)
class Words:
    """A subject and the paragraphs of a text, with placeholders in both or with none left."""

    subject: str
    paragraphs: tuple[str, ...]

    @property
    def body(self) -> str:
        return "\n\n".join(self.paragraphs)


@dataclass(frozen=True)
class Told:
    """What a reader is told: nothing of it is filled in any more. ``html`` is safe, with links."""

    subject: str
    paragraphs: tuple[str, ...]
    html: tuple[SafeString, ...]


@dataclass(frozen=True)
class Message:
    """One of the messages that a program sends; ``fixed`` says what Upwell adds by itself.

    Templates may be those of a higher room, which sends the message.

    Readers can stop messages of a ``category`` that is not essential.
    """

    template: str
    when: Promise
    shipped: Words
    fixed: Promise
    placeholders: tuple[str, ...] = COMMON
    category: Category = Category.ESSENTIAL


MESSAGES: dict[Kind, Message] = {
    Kind.INVITATION: Message(
        "programs/mail/invitation",
        gettext_lazy("when you ask people whether they take part"),
        Words(
            _("{manager} invites you to {program}"),
            (
                _("Hello {name},"),
                _("{manager} invites you to take part in {program}, in {cohort}."),
                _(
                    "In it, juniors mentor senior leaders: what is new to the one is everyday life"
                    " to the other. A pair meets once a month, for an hour."
                ),
                _("{sponsor} stands behind it in your part of the organization."),
            ),
        ),
        gettext_lazy(
            "as what they are asked, by when, a link to say yes, and one to say not this time"
        ),
        (*COMMON, "sponsor"),
    ),
    Kind.REMINDER: Message(
        "programs/mail/reminder",
        gettext_lazy("when you remind whoever was asked and has not answered"),
        Words(
            _("Your place in {program} is waiting"),
            (
                _("Hello {name},"),
                _(
                    "{manager} invited you to {program}, in {cohort}. You have not answered yet,"
                    " and perhaps the message went under."
                ),
                _("{sponsor} stands behind it in your part of the organization."),
                _("If it does not suit you now, say so with one click. That is fine, too."),
            ),
        ),
        gettext_lazy(
            "as what they are asked, by when, a link to say yes, and one to say not this time"
        ),
        (*COMMON, "sponsor"),
        Category.REMINDER,
    ),
    Kind.ENROLLED: Message(
        "programs/mail/enrolled",
        gettext_lazy("when somebody has said that they take part, or gets a place they waited for"),
        Words(
            _("You take part in {program}"),
            (
                _("Hello {name},"),
                _("thank you. You take part in {program}, in {cohort}, which begins on {start}."),
                _(
                    "Your answers can be changed until the pairs are made. You hear from us as soon"
                    " as there is somebody for you."
                ),
            ),
        ),
        gettext_lazy("a link to their answers"),
    ),
    Kind.WAITING: Message(
        "programs/mail/enrolled",
        gettext_lazy("when somebody says yes once enrollment has ended or the pairs are made"),
        Words(
            _("You are on the waiting list of {program}"),
            (
                _("Hello {name},"),
                _(
                    "thank you. {cohort} of {program} takes nobody else at the moment, so you are"
                    " on its waiting list. When a place becomes free, those on it come first, and"
                    " you hear of it."
                ),
            ),
        ),
        gettext_lazy("a link to their answers"),
    ),
    Kind.ASSISTANT: Message(
        "programs/mail/assistant",
        gettext_lazy("when a mentee names you as their assistant"),
        Words(
            _("{participant} takes part in {program}, and counts on you"),
            (
                _("Hello {name},"),
                _(
                    "{participant} takes part in {program} and gets a junior mentor there, whom"
                    " they meet for an hour each month. They have named you as their assistant."
                ),
                _(
                    "Please say how and when {participant} can be reached. It takes a minute. You"
                    " book and move the meetings; what the two talk about stays between them."
                ),
            ),
        ),
        gettext_lazy(
            "a link to say how the mentee can be reached, and one to the lesson for assistants once"
            " the lessons are published; neither needs a sign-in"
        ),
        (*COMMON, "participant"),
    ),
    Kind.LINE_MANAGER: Message(
        "programs/mail/line_manager",
        gettext_lazy("when a mentor takes part and wants their line manager to know"),
        Words(
            _("{participant} has said yes to being a mentor"),
            (
                _("Hello {name},"),
                _(
                    "{participant} takes part in {program} as the mentor of a senior leader, from"
                    " {start} on. It takes about two hours a month: one to meet, the rest to"
                    " prepare."
                ),
                _(
                    "Please let them have this time. What the two talk about stays between them,"
                    " and nothing of it counts in an appraisal. {participant} has agreed to this"
                    " message."
                ),
            ),
        ),
        gettext_lazy("a link to the lesson for line managers, once the lessons are published"),
        (*COMMON, "participant"),
    ),
    Kind.PAIR: Message(
        "pairs/mail/published",
        gettext_lazy("when you publish the pairs, to everybody in one"),
        Words(
            _("You and {counterpart} are a pair"),
            (
                _("Hello {name},"),
                _("you and {counterpart} are a pair in {program}, {cohort} (first day: {start})."),
            ),
        ),
        gettext_lazy("who leads, why just these two, and how to reach each other"),
        (*COMMON, "counterpart"),
    ),
    Kind.NOT_PLACED: Message(
        "programs/mail/not_placed",
        gettext_lazy("when you publish the pairs, to whoever has no counterpart"),
        Words(
            _("{program}: no counterpart for you this time"),
            (
                _("Hello {name},"),
                _(
                    "thank you for your place in {program}. In {cohort} there is no counterpart for"
                    " you this time. We are sorry: it says nothing about you or what you bring."
                    " The two sides are seldom of one size, and what is wanted is not always what"
                    " is offered."
                ),
                _(
                    "You stay on the list. When somebody has to step back, {manager} looks there"
                    " first."
                ),
            ),
        ),
        gettext_lazy("nothing"),
    ),
    Kind.KICKOFF: Message(
        "pairs/mail/kickoff",
        gettext_lazy("when you send the kick-off, to everybody in a pair"),
        Words(
            _("{cohort} begins on {start}"),
            (
                _("Hello {name},"),
                _("{cohort} of {program} begins on {start}. From then on you meet once a month."),
                _(
                    "Take the first two meetings to get to know each other: who you are, and what a"
                    " day at work looks like. Aims come after that."
                ),
                _(
                    "If a date does not work out, find the next one at once, within the week. Many"
                    " programs have died of two canceled meetings."
                ),
                _("Any questions? Write to {manager}."),
            ),
        ),
        gettext_lazy("a link to Upwell"),
        category=Category.NEWS,
    ),
}


def shipped_words(kind: Kind, language: str) -> Words:
    """What ships, in this language."""
    shipped = MESSAGES[kind].shipped
    with override(language):
        return Words(_t(shipped.subject), tuple(map(_t, shipped.paragraphs)))


def paragraphs_of(body: str) -> tuple[str, ...]:
    """The parts of a text between its empty lines."""
    lines = "\n".join(line.rstrip() for line in body.splitlines())
    return tuple(part.strip() for part in re.split(r"\n{2,}", lines) if part.strip())


def unknown_in(text: str, allowed: Sequence[str]) -> list[str]:
    """What stands in braces and is no placeholder of the message, as it is written there."""
    found = dict.fromkeys(match.group(1) for match in PLACEHOLDER.finditer(text))
    return [f"{{{name}}}" for name in found if name not in allowed]


def fill(words: Words, values: Mapping[str, str]) -> Told:
    """Put values in, once: what a value says is never looked at again.

    A paragraph is left out where one of its placeholders has no value for this reader.
    """
    told = [part for part in words.paragraphs if all(map(values.get, named_in(part)))]
    return Told(
        put_in(words.subject, values),
        tuple(put_in(part, values) for part in told),
        tuple(put_in_html(part, values) for part in told),
    )


def named_in(text: str) -> list[str]:
    return [match.group(1) for match in PLACEHOLDER.finditer(text)]


def put_in(text: str, values: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda match: values.get(match.group(1), ""), text)


def put_in_html(text: str, values: Mapping[str, str]) -> SafeString:
    """Addresses that the text itself holds become links; a value never does, nor is part of one."""
    parts = PLACEHOLDER.split(text)
    shown = [
        escape(values.get(part, "")) if place % 2 else urlize(part, autoescape=True)
        for place, part in enumerate(parts)
    ]
    return mark_safe("".join(shown))  # noqa: S308 -- each part of it is escaped
