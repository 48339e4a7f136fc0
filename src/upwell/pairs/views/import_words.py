"""A file of pairs put into words for its pages."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.pairs.models import PairsImport
from upwell.people.services.preview import sentence
from upwell.people.services.steps import step_of
from upwell.sheets.write import Cell


def step_in_words(found: PairsImport) -> str:
    """What is being done right now."""
    words = {
        "reading": _("Reading the file"),
        "comparing": _("Comparing it with the cohort"),
        "writing": _("Writing the pairs"),
    }
    return words.get(step_of(found), _("Waiting for the worker"))


def sample_rows() -> Iterator[list[Cell]]:
    """A header and three pairs, each naming people in another way."""
    yield [_("Mentor"), _("Mentee"), _("State"), _("Since"), _("Until")]
    yield ["E1024", "E0031", _("current"), "2026-01-12", ""]
    yield ["ada.fern@example.com", "ben.reed@example.com", _("former"), "2025-01-13", "2025-07-11"]
    yield ["Cleo Park", "Dan Ortiz", _("former"), "", "2024-06-28"]


def summary_of(found: PairsImport) -> str:
    """What counts in one sentence, as in "12 pairs continue, 2 rows need you"; "" for nothing."""
    counts, needing = found.counts, found.counts.get("needing", 0)
    parts = [
        ngettext("%(count)s pair continues", "%(count)s pairs continue", counts["continuing"])
        % {"count": intcomma(counts["continuing"])}
        if counts.get("continuing")
        else "",
        ngettext(
            "%(count)s earlier pair is kept apart",
            "%(count)s earlier pairs are kept apart",
            counts["earlier"],
        )
        % {"count": intcomma(counts["earlier"])}
        if counts.get("earlier")
        else "",
        ngettext("%(count)s row needs you", "%(count)s rows need you", needing)
        % {"count": intcomma(needing)}
        if needing
        else "",
    ]
    return ", ".join(part for part in parts if part)


def also_of(counts: dict[str, int]) -> list[str]:
    """What the file tells that changes nothing and needs nobody."""
    here, apart, gone = (counts.get(name, 0) for name in ("already", "known", "gone"))
    said = []
    if here:
        text = ngettext(
            "%(count)s pair is here already.", "%(count)s pairs are here already.", here
        )
        said.append(text % {"count": intcomma(here)})
    if apart:
        text = ngettext(
            "%(count)s earlier pair is kept apart already.",
            "%(count)s earlier pairs are kept apart already.",
            apart,
        )
        said.append(text % {"count": intcomma(apart)})
    if gone:
        text = ngettext(
            "In %(count)s earlier pair somebody has left, so there is nobody to keep apart.",
            "In %(count)s earlier pairs somebody has left, so there is nobody to keep apart.",
            gone,
        )
        said.append(text % {"count": intcomma(gone)})
    return said


def reasons_left_out() -> dict[str, str]:
    """Why a row is left out, and what to do; each may name ``who``."""
    return {
        "unknown": _(
            "Nobody in the directory goes by “%(who)s”. Use the employee ID, or leave it if they"
            " have left."
        ),
        "ambiguous": _(
            "Several people go by “%(who)s”. Write the employee ID or the e-mail address instead."
        ),
        "one": _("Both are %(who)s. Put the right person into one of the columns."),
        "left": _("%(who)s has left. Write “former” if the pair has ended."),
        "oneself": _(
            "This is your own pair, and whoever takes part cannot run the cohort. Ask another"
            " program manager to bring it in."
        ),
        "apart": _(
            "These two must be kept apart (reporting line, earlier pair or private request), so"
            " the pair is not brought in."
        ),
        "twice": _("An earlier row is about the same two people. Nothing to do."),
        "already": _("These two are a pair here already. Nothing to do."),
        "elsewhere": _("These two are a pair in another cohort. It goes on there."),
        "role": _("%(who)s takes part in the other role. Swap the two columns, or decide for one."),
        "level": _(
            "The policy takes other levels than that of %(who)s. Add the level to the policy, then"
            " read the file again."
        ),
        "out": _(
            "%(who)s does not take part this time. Ask them, and read the file again once they have"
            " said yes."
        ),
        "place": _(
            "%(who)s has no free place. Let them take more counterparts, then read the file again."
        ),
    }


def preview_in_words(found: PairsImport) -> dict[str, Any]:
    """The preview with its messages put into the reader's language."""
    preview: dict[str, Any] = found.preview
    whys, counts = reasons_left_out(), found.counts
    left_out = [one | {"why": whys[one["why"]] % one} for one in preview.get("left_out", [])]
    problems = preview.get("problems", [])
    return preview | {
        "refusal": sentence(preview.get("error")) or preview.get("refused", ""),
        "problems": [one | {"reason": sentence(one["reason"])} for one in problems],
        "more_problems": preview.get("problem_count", 0) - len(problems),
        "continuing": [with_days(one) for one in preview.get("continuing", [])],
        "more_continuing": counts.get("continuing", 0) - len(preview.get("continuing", [])),
        "earlier": [with_days(one) for one in preview.get("earlier", [])],
        "more_earlier": counts.get("earlier", 0) - len(preview.get("earlier", [])),
        "left_out": left_out,
        "left_out_count": counts.get("left_out", 0) + counts.get("already", 0),
        "more_left_out": counts.get("left_out", 0) + counts.get("already", 0) - len(left_out),
        "also": also_of(counts),
        "changes": counts.get("continuing", 0) + counts.get("earlier", 0),
    }


def with_days(kept: dict[str, Any]) -> dict[str, Any]:
    days = {name: date.fromisoformat(kept[name]) for name in ("since", "until") if kept[name]}
    return kept | days
