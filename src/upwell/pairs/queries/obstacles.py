"""Why a run cannot be started yet, and where that is put right."""

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from upwell.pairs.models import MatchRun
from upwell.pairs.queries.choosing import Choosing
from upwell.pairs.queries.room import full_enrollments
from upwell.programs.models import Cohort, Enrollment, Opening


@dataclass(frozen=True)
class Obstacle:
    """One sentence, and the page that helps; ``is_end`` where all is done but to tell the rest."""

    text: str
    href: str
    label: str
    is_end: bool = False


def obstacle(
    cohort: Cohort, runs: list[MatchRun], choosing: Choosing | None = None
) -> Obstacle | None:
    """The first thing in the way of a run, or None. Two queries; the service decides in the end."""
    published = next((run for run in runs if run.is_published), None)
    waiting = next((run for run in runs if run.is_under_way), None)
    if published:
        text = _("The pairs of this cohort are published, so there is nothing more to match.")
        return Obstacle(text, reverse("pairs:pair_list", args=[cohort.pk]), _("See the pairs"))
    if waiting:
        text = _("%(run)s is being computed. One at a time.") % {"run": waiting}
        return Obstacle(text, waiting.get_absolute_url(), _("See how far it is"))
    if choosing and (choosing.is_open or choosing.is_preparing):
        text = _("A run can be started as soon as people have chosen.")
        return Obstacle(text, "#choosing", _("See until when"))
    has_chosen = bool(choosing and choosing.pairs)
    return empty_side(cohort) or full_side(cohort, has_chosen=has_chosen) or closed_gate(cohort)


def closed_gate(cohort: Cohort) -> Obstacle | None:
    if cohort.openings.filter(gate=Opening.Gate.MATCH).exists():
        return None
    text = _("Nobody has opened this cohort for matching yet. See what is missing first.")
    return Obstacle(text, reverse("desk:gate_match", args=[cohort.pk]), _("Open it for matching"))


def full_side(cohort: Cohort, *, has_chosen: bool) -> Obstacle | None:
    """Where everybody of one side has a pair already, and no place beside it."""
    rows = full_enrollments(cohort, cohort.program.policy).values_list("role", flat=True)
    full = Counter(rows)
    counts = {"mentor": cohort.mentor_count, "mentee": cohort.mentee_count}  # type: ignore[attr-defined]  # -- annotated
    if has_chosen and any(full[role] == count for role, count in counts.items()):
        text = _("Everybody on one side has found somebody, so there is nobody left to match.")
        pairs = reverse("pairs:pair_list", args=[cohort.pk])
        return Obstacle(text, pairs, _("See the pairs"), is_end=True)
    if full[Enrollment.Role.MENTOR] == cohort.mentor_count:  # type: ignore[attr-defined]  # -- annotated
        text = _("Every mentor here has a pair that continues, so there is nobody to match.")
    elif full[Enrollment.Role.MENTEE] == cohort.mentee_count:  # type: ignore[attr-defined]  # -- annotated
        text = _("Every mentee here has a pair that continues, so there is nobody to match.")
    else:
        return None
    return Obstacle(
        text, reverse("programs:participant_add", args=[cohort.pk]), _("Add participants")
    )


def empty_side(cohort: Cohort) -> Obstacle | None:
    """For a cohort with counts."""
    if cohort.mentor_count and cohort.mentee_count:  # type: ignore[attr-defined]  # -- annotated
        return None
    if cohort.mentor_count:  # type: ignore[attr-defined]  # -- annotated
        text = _("There is no mentee in this cohort yet, so nobody can be matched.")
    elif cohort.mentee_count:  # type: ignore[attr-defined]  # -- annotated
        text = _("There is no mentor in this cohort yet, so nobody can be matched.")
    else:
        text = _("Nobody takes part in this cohort yet, so there is nobody to match.")
    return Obstacle(
        text, reverse("programs:participant_add", args=[cohort.pk]), _("Add participants")
    )
