"""Why two people were paired: as codes with parameters to keep, and as sentences."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from math import ceil
from typing import Any, Self

from upwell.policy.compile import Compiled
from upwell.policy.faults import ENGLISH, Translations
from upwell.policy.overlap import shared_minutes, working_times
from upwell.policy.perspective import step
from upwell.policy.phrases import enumerated
from upwell.policy.preferences import strengths
from upwell.policy.values import minutes_of, same_name
from upwell.sheets.people import Topic
from upwell.sheets.texts import gettext_noop

PERSPECTIVES = (
    gettext_noop("A similar perspective."),
    gettext_noop("A different perspective."),
)
OFFERS = gettext_noop("Offers %(topics)s, which %(mentee)s wants.")
SHARED_TOPICS = gettext_noop("Offered and wanted: %(topics)s.")
QUOTED = gettext_noop("“%(topic)s”")
AND_A_HALF = gettext_noop("%(whole)s.5")
SPEAK = gettext_noop("Both speak %(languages)s.")
MOST_TOPICS = 3
FOR_PARTICIPANTS = frozenset({"topics", "hours", "languages"})


@dataclass(frozen=True)
class Reason:
    """One thing that speaks for a pair. ``params`` name nobody and can be kept as JSON.

    Codes and their params
    ----------------------
    topics : names, the worthiest first, and ``more``, how many others there are.
    hours : half_hours in common, and ``usual``, the hours taken where somebody's are not known.
    languages : names.
    perspective : step, 0 or more: how different the two are in what is never told singly.
    """

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(stored["code"], stored["params"])


def reasons(compiled: Compiled, mentor: int, mentee: int) -> list[Reason]:
    """Why these two, by index in the problem: what is open singly, the rest in one."""
    found = (
        topics_reason(compiled, mentor, mentee),
        hours_reason(compiled, mentor, mentee),
        languages_reason(compiled, mentor, mentee),
        perspective(compiled, mentor, mentee),
    )
    return [reason for reason in found if reason]


def for_participants(found: Iterable[Reason]) -> list[Reason]:
    """What the two themselves are told: topics, hours and languages only."""
    return [reason for reason in found if reason.code in FOR_PARTICIPANTS]


def topics_reason(compiled: Compiled, mentor: int, mentee: int) -> Reason | None:
    people, learner = compiled.people, compiled.mentee_rows[mentee]
    offers = strengths(people.offered, [compiled.mentor_rows[mentor]])
    wishes = strengths(people.wanted, [learner])
    if not offers or not wishes:
        return None
    [offer], [wish] = offers, wishes
    worth = {name: wish[name] * offer[name] for name in wish.keys() & offer.keys()}
    if not worth:
        return None
    best = sorted(worth, key=lambda name: (-worth[name], name))[:MOST_TOPICS]
    spelled = spelling((people.wanted or ())[learner])
    names = [spelled[name] for name in best]
    return Reason("topics", {"names": names, "more": len(worth) - len(names)})


def spelling(topics: Sequence[Topic]) -> dict[str, str]:
    return {same_name(topic.name): topic.name for topic in topics}


def hours_reason(compiled: Compiled, mentor: int, mentee: int) -> Reason | None:
    people = compiled.people
    rows = compiled.mentor_rows[mentor], compiled.mentee_rows[mentee]
    has_zones = people.zones is not None and any(people.zones)
    zones = [people.zones[row] for row in rows] if people.zones and has_zones else None
    hours = people.hours and [people.hours[row] for row in rows]
    if zones is not None and not any(zones):
        return None
    usual = compiled.policy.hours.default
    one, other = working_times(zones, hours, minutes_of(usual), len(rows))
    if one is None or other is None:
        return None
    half_hours = int(shared_minutes([one], [other])[0, 0]) // 30
    taken = usual if hours is None or None in hours else ""
    return Reason("hours", {"half_hours": half_hours, "usual": taken}) if half_hours else None


def languages_reason(compiled: Compiled, mentor: int, mentee: int) -> Reason | None:
    spoken = compiled.people.languages
    if spoken is None:
        return None
    mine, theirs = spoken[compiled.mentor_rows[mentor]], spoken[compiled.mentee_rows[mentee]]
    names = [name.title() for name in mine if name in theirs]
    return Reason("languages", {"names": names}) if names else None


def perspective(compiled: Compiled, mentor: int, mentee: int) -> Reason | None:
    """How different the two are in all that is never told singly."""
    found = step(compiled.differences, mentor, mentee)
    return None if found is None else Reason("perspective", {"step": found})


def reason_text(reason: Reason, translations: Translations = ENGLISH, *, mentee: str = "") -> str:
    """The sentence. With the name of the mentee, it says who wants the topics."""
    match reason.code:
        case "topics":
            return topics_text(reason.params, translations, mentee)
        case "hours":
            return hours_text(reason.params, translations)
        case "languages":
            known = [translations.gettext(name) for name in reason.params["names"]]
            names = enumerated(known, translations)
            return translations.gettext(SPEAK) % {"languages": names}
        case _:
            return translations.gettext(PERSPECTIVES[min(reason.params["step"], 1)])


def topics_text(params: Mapping[str, Any], translations: Translations, mentee: str) -> str:
    quoted, more = translations.gettext(QUOTED), params["more"]
    names = [quoted % {"topic": name} for name in params["names"]]
    if more:
        text = translations.ngettext("%(count)s other topic", "%(count)s other topics", more)
        names.append(text % {"count": more})
    values = {"topics": enumerated(names, translations), "mentee": mentee}
    return translations.gettext(OFFERS if mentee else SHARED_TOPICS) % values


def hours_text(params: Mapping[str, Any], translations: Translations) -> str:
    shared, usual = params["half_hours"] / 2, params["usual"]
    number = 1 if shared == 1 else max(2, ceil(shared))
    text = translations.ngettext(
        "%(hours)s working hour in common.", "%(hours)s working hours in common.", number
    )
    if usual:
        text = translations.ngettext(
            "%(hours)s working hour in common, taking %(usual)s where hours are not known.",
            "%(hours)s working hours in common, taking %(usual)s where hours are not known.",
            number,
        )
    return text % {"hours": half_hours_text(params["half_hours"], translations), "usual": usual}


def half_hours_text(half_hours: int, translations: Translations) -> str:
    """Such as 3 or 3.5, with the sign that the language has for it."""
    whole, is_half = divmod(half_hours, 2)
    return translations.gettext(AND_A_HALF) % {"whole": whole} if is_half else str(whole)
