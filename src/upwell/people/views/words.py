"""An import put into words for its pages."""

from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.people.models import PeopleImport
from upwell.people.services.difference import needs_confirmation
from upwell.people.services.leaving import in_words
from upwell.people.services.preview import sentence
from upwell.people.services.steps import step_of
from upwell.people.words import change_in_words


def step_in_words(found: PeopleImport) -> str:
    """What is being done right now."""
    words = {
        "reading": _("Reading the file"),
        "comparing": _("Comparing it with the directory"),
        "writing": _("Writing to the directory"),
    }
    return words.get(step_of(found), _("Waiting for the worker"))


def must_agree(found: PeopleImport) -> bool:
    """Whether the number of leavers needs a yes of its own."""
    return needs_confirmation(found.counts.get("leaving", 0), found.counts.get("active", 0))


def preview_in_words(preview: dict[str, Any]) -> dict[str, Any]:
    """The preview with its messages put into the reader's language."""
    return preview | {
        "error": sentence(preview.get("error")),
        "columns": [worded(one) for one in preview.get("columns", [])],
        "problems": [worded(one) for one in preview.get("problems", [])],
        "notices": [sentence(notice) for notice in preview.get("notices", [])],
        "needed": in_words(preview.get("needed", [])),
        "kinds": [kind_in_words(one) for one in preview.get("changes", {}).get("kinds", [])],
        "more_problems": preview.get("problem_count", 0) - len(preview.get("problems", [])),
    }


def kind_in_words(kind: dict[str, Any]) -> dict[str, Any]:
    """A kind of change with a sentence on it."""
    count = kind["count"]
    said = change_in_words(kind["kind"], count, ngettext) % {"count": intcomma(count)}
    return kind | {"said": said, "more": count - len(kind["first"])}


def worded(entry: dict[str, Any]) -> dict[str, Any]:
    return entry | {"reason": sentence(entry["reason"])}


def outcome(counts: dict[str, int]) -> str:
    """What an import changed, as one sentence."""
    texts = {
        "added": ngettext("%(count)s person is new", "%(count)s people are new", counts["added"]),
        "changed": ngettext("%(count)s changed", "%(count)s changed", counts["changed"]),
        "returning": ngettext("%(count)s is back", "%(count)s are back", counts["returning"]),
        "leaving": ngettext("%(count)s has left", "%(count)s have left", counts["leaving"]),
    }
    said = [
        text % {"count": intcomma(counts[name])} for name, text in texts.items() if counts[name]
    ]
    return ", ".join(said) if said else _("Nothing has changed")
