"""The kinds of changes in words, for pages and for the terminal."""

from collections.abc import Callable

Plural = Callable[[str, str, int], str]


def change_in_words(kind: str, count: int, ngettext: Plural) -> str:
    """A sentence with ``%(count)s`` in it."""
    texts = {
        "added": ngettext("%(count)s is new", "%(count)s are new", count),
        "returning": ngettext("%(count)s is back", "%(count)s are back", count),
        "leaving": ngettext("%(count)s leaves", "%(count)s leave", count),
        "moved": ngettext(
            "%(count)s moves to another unit", "%(count)s move to another unit", count
        ),
        "manager": ngettext(
            "%(count)s has another manager", "%(count)s have another manager", count
        ),
        "dotted": ngettext(
            "%(count)s has other dotted lines", "%(count)s have other dotted lines", count
        ),
        "level": ngettext("%(count)s has another level", "%(count)s have another level", count),
        "office": ngettext("%(count)s has another office", "%(count)s have another office", count),
        "title": ngettext(
            "%(count)s has another job title", "%(count)s have another job title", count
        ),
        "name": ngettext("%(count)s has another name", "%(count)s have another name", count),
        "contact": ngettext(
            "%(count)s has another contact address",
            "%(count)s have another contact address",
            count,
        ),
        "other": ngettext(
            "%(count)s changes in other facts", "%(count)s change in other facts", count
        ),
        "orphan": ngettext(
            "%(count)s reports to somebody who has left",
            "%(count)s report to somebody who has left",
            count,
        ),
    }
    return texts[kind]
