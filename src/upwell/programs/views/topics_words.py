"""A file of topics put into words for its pages."""

from typing import Any

from django.utils.translation import gettext as _

from upwell.people.services.preview import sentence
from upwell.people.services.steps import step_of
from upwell.programs.models import TopicsImport


def step_in_words(found: TopicsImport) -> str:
    """What is being done right now."""
    words = {
        "reading": _("Reading the file"),
        "comparing": _("Comparing it with the cohort"),
        "writing": _("Writing topics and places"),
    }
    return words.get(step_of(found), _("Waiting for the worker"))


def refusal_of(preview: dict[str, Any]) -> str:
    """Why the file cannot be written as it is meant; "" where it can."""
    if preview.get("refused") == "nothing_told":
        return _(
            "No column is read as topics offered or wanted, role or capacity. Please say below"
            " which column is which."
        )
    return sentence(preview.get("error")) or preview.get("refused", "")


def reasons_left_out() -> dict[str, str]:
    return {
        "unknown": _("Nobody in the directory has this ID or address."),
        "twice": _("An earlier row is about the same person."),
        "outside": _("Does not take part in this cohort."),
        "no_role": _("Does not take part, and the file says no role."),
        "level": _("Could not be added: the policy takes other levels for this role."),
        "oneself": _("You are not added by a file: whoever takes part cannot run the cohort."),
        "other_role": _("Takes part in the other role already."),
        "held": _("Has more counterparts already than this row allows."),
        "topic": _("The name of a topic is longer than 200 characters."),
    }


def preview_in_words(found: TopicsImport) -> dict[str, Any]:
    """The preview with its messages put into the reader's language."""
    preview: dict[str, Any] = found.preview
    whys = reasons_left_out()
    left_out = [one | {"why": whys[one["why"]]} for one in preview.get("left_out", [])]
    problems = preview.get("problems", [])
    return preview | {
        "refusal": refusal_of(preview),
        "problems": [one | {"reason": sentence(one["reason"])} for one in problems],
        "more_problems": preview.get("problem_count", 0) - len(problems),
        "notices": [sentence(notice) for notice in preview.get("notices", [])],
        "left_out": left_out,
        "more_left_out": found.counts.get("left_out", 0) - len(left_out),
        "changes": found.counts.get("added", 0) + found.counts.get("updated", 0),
    }
