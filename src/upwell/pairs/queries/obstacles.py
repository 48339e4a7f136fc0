"""Why a run cannot be started or published yet, and where that is put right."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from upwell.pairs.models import MatchRun, Pair, Preview
from upwell.pairs.queries.choosing import Choosing, choosing_of
from upwell.pairs.queries.nobody_left import is_side_full
from upwell.pairs.queries.room import full_enrollments
from upwell.programs.models import Cohort, Enrollment, Opening


@dataclass(frozen=True)
class Obstacle:
    """One sentence, and the page that helps."""

    text: str
    href: str
    label: str


def obstacle(cohort: Cohort, runs: list[MatchRun], choosing: Choosing | None) -> Obstacle | None:
    """The first thing in the way of a run, or None. Three queries; in the end the service decides.

    ``choosing`` is what ``choosing_of`` says of the cohort.
    """
    published = next((run for run in runs if run.is_published), None)
    waiting = next((run for run in runs if run.is_under_way), None)
    if published:
        return already_published(cohort)
    if waiting:
        text = _("%(run)s is being computed. One at a time.") % {"run": waiting}
        return Obstacle(text, waiting.get_absolute_url(), _("See how far it is"))
    has_chosen = bool(choosing and choosing.pairs)
    return (
        people_asked(cohort, choosing)
        or empty_side(cohort)
        or full_side(cohort, has_chosen=has_chosen)
        or closed_gate(cohort)
    )


def obstacle_to_publishing(run: MatchRun) -> Obstacle | None:
    """The first thing in the way of publishing a run with pairs, or of asking about it first.

    Six queries at most.
    """
    if superseded([run]):
        text = _(
            "Both sides have been asked about this run, and its pairs do not stay. Use a later run."
        )
        href = reverse("pairs:run_list", args=[run.cohort_id])
        return Obstacle(text, href, _("See the runs"))
    return in_the_way(run.cohort) or chosen_since(run)


def chosen_since(run: MatchRun) -> Obstacle | None:
    """Where people have chosen each other since the run, who hold the places that it gave away."""
    chosen = run.cohort.pairs.filter(origin=Pair.Origin.CHOSEN, created_at__gt=run.created_at)
    if not chosen.exists():
        return None
    text = _("Since this run, people have chosen each other. Start another run for the others.")
    return Obstacle(text, reverse("pairs:run_list", args=[run.cohort_id]), _("See the runs"))


def in_the_way(cohort: Cohort) -> Obstacle | None:
    """What no run of a cohort can be published for, whichever. Four queries at most."""
    if cohort.runs.published().exists():
        return already_published(cohort)
    return people_asked(cohort, choosing_of(cohort))


def superseded(runs: Sequence[MatchRun]) -> set[UUID]:
    """Those that people were asked about, and another run took their place or has to. One query."""
    is_past = Q(preview__state=Preview.State.TAKEN_BACK) | Q(followers__isnull=False)
    rows = MatchRun.objects.filter(is_past, pk__in=[run.pk for run in runs]).order_by()
    return set(rows.values_list("pk", flat=True))


def already_published(cohort: Cohort) -> Obstacle:
    text = _("The pairs of this cohort are published, so there is nothing more to match.")
    return Obstacle(text, reverse("pairs:pair_list", args=[cohort.pk]), _("See the pairs"))


def people_asked(cohort: Cohort, choosing: Choosing | None) -> Obstacle | None:
    """What people are being asked, which comes first. One query."""
    until = _("See until when")
    href = f"{reverse('pairs:run_list', args=[cohort.pk])}#choosing"
    if choosing and choosing.is_open:
        text = _("People of this cohort are still choosing. Wait for the day, or close it first.")
        return Obstacle(text, href, until)
    if choosing and choosing.is_preparing:
        text = _("The short lists of this cohort are being made. Wait for them.")
        return Obstacle(text, href, until)
    preview = cohort.previews.open().select_related("run").first()
    if preview is None:
        return None
    text = _("Both sides are being asked about the pairs of %(run)s. Wait, or take it back.")
    return Obstacle(text % {"run": preview.run}, preview.run.get_absolute_url(), until)


def closed_gate(cohort: Cohort) -> Obstacle | None:
    if cohort.openings.filter(gate=Opening.Gate.MATCH).exists():
        return None
    text = _("Nobody has opened this cohort for matching yet. See what is missing first.")
    return Obstacle(text, reverse("desk:gate_match", args=[cohort.pk]), _("Open it for matching"))


def full_side(cohort: Cohort, *, has_chosen: bool) -> Obstacle | None:
    """Where everybody of one side has a pair already, and no place beside it."""
    if has_chosen and is_side_full(cohort):
        text = _("Everybody on one side has found somebody, so there is nobody left to match.")
        pairs = reverse("pairs:pair_list", args=[cohort.pk])
        return Obstacle(text, pairs, _("See the pairs"))
    rows = full_enrollments(cohort, cohort.program.policy).values_list("role", flat=True)
    full = Counter(rows)
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
