"""Pairs that the directory of today would not allow any more, and what to do about them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.pairs.models import Conflict
from upwell.programs.models import Cohort

MOST_NAMED = 50
Counts = Counter[str]
"""How many pairs break each rule."""


@dataclass(frozen=True)
class Conflicts:
    """``named`` are the first of them, each with its couple; ``sentences`` count them all."""

    sentences: list[str]
    named: list[Conflict]
    more: int


def conflicts_of(cohort: Cohort) -> Conflicts | None:
    """What the last check found; None for nothing. Two queries at most."""
    found = Conflict.objects.of_cohort(cohort)
    counts = Counter(found.order_by().values_list("rule", flat=True))
    if not counts:
        return None
    people = found.select_related("couple__mentor", "couple__mentee")
    named = list(people[:MOST_NAMED])
    return Conflicts(conflict_sentences(counts), named, counts.total() - len(named))


def conflict_path(cohort: UUID, pairs: Sequence[UUID]) -> str:
    """Where one is led out of it: of one pair its own page, of several their list."""
    if len(pairs) == 1:
        return reverse("pairs:pair_conflict", args=pairs)
    return reverse("pairs:pair_list", args=[cohort])


def conflict_counts(cohorts: Iterable[Cohort]) -> dict[UUID, Counts]:
    """Of the cohorts that have any. One query."""
    standing = Conflict.objects.standing().filter(couple__pair__cohort__in=cohorts).order_by()
    rows = standing.values_list("couple__pair__cohort", "rule").annotate(count=Count("pk"))
    counts: dict[UUID, Counts] = {}
    for cohort, rule, count in rows:
        counts.setdefault(cohort, Counter())[rule] = count
    return counts


def conflict_sentences(counts: Counts) -> list[str]:
    """Reporting lines first."""
    lines, levels = (counts[rule] for rule in Conflict.Rule)
    said = []
    if lines:
        text = ngettext(
            "%(count)s pair now stands in one reporting line.",
            "%(count)s pairs now stand in one reporting line.",
            lines,
        )
        said.append(text % {"count": intcomma(lines)})
    if levels:
        text = ngettext(
            "%(count)s pair is now closer in level than the policy allows.",
            "%(count)s pairs are now closer in level than the policy allows.",
            levels,
        )
        said.append(text % {"count": intcomma(levels)})
    return said


def conflict_advice() -> str:
    return _(
        "Upwell ends no pair by itself. Speak with each of the two alone: do they want to go on?"
        " Where the directory is mistaken, have it corrected; this then goes away by itself."
    )
