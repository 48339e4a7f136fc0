"""What is wrong with a policy: the key, the value and what is allowed, in whole sentences."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from gettext import NullTranslations
from typing import Protocol

from upwell.policy.texts import POLICY, TEXTS

SHOWN = 60
LARGE_BITS = 200


class Translations(Protocol):
    """Any language: ``gettext.NullTranslations`` or Django's translation module."""

    def gettext(self, message: str, /) -> str: ...

    def ngettext(self, singular: str, plural: str, number: int, /) -> str: ...


ENGLISH = NullTranslations()


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a policy.

    ``key`` is its path, such as ``rules.level_gap``; "" for the text as a whole. ``value`` is what
    stands there, as it is shown. ``params`` fill the rest of the sentence of the code.
    """

    code: str
    key: str
    value: str = ""
    params: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence(ENGLISH)

    def sentence(self, translations: Translations) -> str:
        key = self.key or translations.gettext(POLICY)
        values = {"key": key, "value": self.value, **self.params}
        return translations.gettext(TEXTS[self.code]) % values


class PolicyError(ValueError):
    """A policy that cannot be used, with everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))

    def __reduce__(self) -> tuple[type["PolicyError"], tuple[tuple[Fault, ...]]]:
        return PolicyError, (self.faults,)

    def sentences(self, translations: Translations = ENGLISH) -> list[str]:
        return [fault.sentence(translations) for fault in self.faults]


def shown(value: object, depth: int = 2) -> str:
    """The value as one writes it in a policy, on one line, cut to a length that can be read."""
    match value:
        case bool():
            text = "true" if value else "false"
        case str():
            text = f'"{value}"'
        case int() if value.bit_length() > LARGE_BITS:
            text = hex(value)
        case list() | tuple():
            items = [shown(item, depth - 1) for item in value[:SHOWN]] if depth else ["…"]
            text = f"[{', '.join(items)}]"
        case dict():
            text = "{…}" if value else "{}"
        case None:
            text = "null"
        case _:
            text = str(value)
    return cut(text)


def cut(text: str) -> str:
    plain = "".join(mark if mark.isprintable() else "�" for mark in text[: SHOWN + 1])
    return plain if len(plain) <= SHOWN else plain[: SHOWN - 1] + "…"


def listed(names: Sequence[str], limit: int = 12) -> str:
    return ", ".join([*(cut(name) for name in names[:limit]), *["…"] * (len(names) > limit)])
