"""An import put into words for its pages."""

from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.delivery.models import Job
from upwell.people.models import PeopleImport
from upwell.people.services.difference import needs_confirmation
from upwell.people.services.preview import unsaid
from upwell.sheets import describe


def has_failed(found: PeopleImport) -> bool:
    """Whether the job of this import has given up."""
    job = Job.objects.filter(target=str(found.pk)).first()
    return bool(found.is_working and job and job.state == Job.State.FAILED)


def step_of(found: PeopleImport) -> str:
    """What is being done right now, in words."""
    job = Job.objects.filter(target=str(found.pk)).first()
    words = {
        "reading": _("Reading the file"),
        "comparing": _("Comparing it with the directory"),
        "writing": _("Writing to the directory"),
    }
    return words.get(job.progress.get("step", "") if job else "", _("Waiting for the worker"))


def must_agree(found: PeopleImport) -> bool:
    """Whether the number of leavers needs a yes of its own."""
    return needs_confirmation(found.counts.get("leaving", 0), found.counts.get("active", 0))


def sentence(kept: dict[str, Any] | None) -> str:
    """A kept message in the reader's language; "" for none."""
    return describe(unsaid(kept), _) if kept else ""


def preview_in_words(preview: dict[str, Any]) -> dict[str, Any]:
    """The preview with its messages put into the reader's language."""
    return preview | {
        "error": sentence(preview.get("error")),
        "columns": [worded(one) for one in preview.get("columns", [])],
        "problems": [worded(one) for one in preview.get("problems", [])],
        "notices": [sentence(notice) for notice in preview.get("notices", [])],
        "more_problems": preview.get("problem_count", 0) - len(preview.get("problems", [])),
    }


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
