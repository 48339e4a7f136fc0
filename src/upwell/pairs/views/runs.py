"""Runs of a cohort: listed, started, followed while they are computed, and read."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from upwell.core.http import Request
from upwell.core.paging import page_of, page_of_wide, query_without_page
from upwell.pairs import queries, services
from upwell.pairs.forms import ChoosingForm, PairFilter
from upwell.pairs.models import CoupleRule, MatchRun, Preview
from upwell.pairs.services.words import (
    PIN_FAULTS,
    check_sentences,
    fault_sentences,
    reason_sentences,
    unplaced_sentence,
)
from upwell.pairs.views.proof import why_href
from upwell.programs.models import Cohort


@require_GET
def run_list(request: Request, pk: UUID) -> HttpResponse:
    """The runs of a cohort, newest first, and why another cannot be started where so."""
    cohorts = Cohort.objects.managed_by(request.user).select_related("program").with_counts()
    cohort = get_object_or_404(cohorts, pk=pk)
    runs = list(cohort.runs.for_pages())
    choosing = queries.choosing_of(cohort, runs)
    obstacle = queries.obstacle(cohort, runs, choosing)
    is_settled = any(run.is_published or run.is_under_way for run in runs)
    has_closed = bool(choosing and choosing.is_closed) and not is_settled
    is_end = has_closed and queries.is_nobody_left(cohort)
    context = {
        "cohort": cohort,
        "rows": [(run, queries.rules_in_words(cohort, run)) for run in runs],
        "runs": runs,
        "obstacle": obstacle,
        "choosing": choosing,
        "is_end": is_end,
        "can_compare": sum(run.state == MatchRun.State.DONE for run in runs) >= queries.FEWEST,
        "by_hand": cohort.couple_rules.count(),
        "is_settled": any(run.is_published for run in runs),
        "superseded": queries.superseded(runs),
    }
    if not (obstacle or is_end) and cohort.program.policy.choosing != "assigned":
        context["choosing_form"] = ChoosingForm()
    return render(request, "pairs/run_list.html", context)


@require_POST
def run_start(request: Request, pk: UUID) -> HttpResponse:
    """Ask for a run, or once more for the one that was to follow ``follows``."""
    cohort = get_object_or_404(Cohort.objects.managed_by(request.user), pk=pk)
    followed = request.POST.get("follows")
    before = next((one for one in cohort.runs.for_pages() if str(one.pk) == followed), None)
    try:
        if before:
            run = services.follow_again(before, by=request.user)
        else:
            run = services.start_run(cohort, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("pairs:run_list", pk=cohort.pk)
    return redirect(run)


@require_GET
def run_detail(request: Request, pk: UUID) -> HttpResponse:
    """A run as it stands: under way, failed, or with its result."""
    run = get_run(request, pk)
    if run.state == MatchRun.State.DONE:
        return show_result(request, run)
    if not run.is_under_way:
        return show_failure(request, run)
    context = {"run": run, "progress": queries.progress_of(run)}
    part = "#progress" if request.htmx else ""
    return render(request, f"pairs/run_waiting.html{part}", context)


def get_run(request: Request, pk: UUID) -> MatchRun:
    runs = MatchRun.objects.managed_by(request.user).for_pages()
    return get_object_or_404(runs, pk=pk)


def show_failure(request: Request, run: MatchRun) -> HttpResponse:
    if request.htmx:
        return HttpResponseClientRefresh()
    is_policy = any(fault["key"] for fault in run.faults if "key" in fault)
    context = {"run": run, "faults": fault_sentences(run), "is_policy": is_policy}
    before = run.follows
    if before and queries.can_follow_again(before):
        context["before"] = before
    context["is_by_hand"] = any(fault["code"] in PIN_FAULTS for fault in run.faults)
    return render(request, "pairs/run_failed.html", context)


def show_result(request: Request, run: MatchRun) -> HttpResponse:
    """The whole page, or the pairs alone where a filter asks for them.

    Whoever still asks how far the run is gets told to load the page.
    """
    if request.htmx.target == "pairs":
        return render(request, "pairs/run_detail.html#pairs", pairs_context(request, run))
    if request.htmx:
        return HttpResponseClientRefresh()
    outcome, preview = queries.outcome_of(run), Preview.objects.filter(run=run).first()
    obstacle = None if run.is_published else queries.obstacle_to_publishing(run)
    context = {
        **pairs_context(request, run),
        "outcome": outcome,
        "proof": outcome.proof,
        "check_faults": check_sentences(run),
        "override_reason": queries.override_reason(run),
        "preview": preview,
        "has_failed_to_follow": bool(preview) and queries.has_failed_to_follow(run),
        "obstacle": obstacle,
        "can_ask_first": not (obstacle or preview) and queries.can_ask_first(run),
        "can_follow_again": bool(preview) and queries.can_follow_again(run),
        "changes": queries.changes_of(run),
        "not_kept": queries.names_not_kept(run),
        "other_rules": queries.rules_in_words(run.cohort, run) if run.has_other_rules else [],
    }
    return render(request, "pairs/run_detail.html", context)


def pairs_context(request: Request, run: MatchRun) -> dict[str, Any]:
    form = PairFilter(request.GET)
    text, quality = form.chosen(), form.wanted
    proposals = run.proposals.naming(text).of_quality(quality).with_people()
    page = page_of_wide(request, proposals)
    can_decide = queries.can_decide(run)
    rules = queries.rules_by_hand(run.cohort) if can_decide else {}
    rows = [
        (
            one,
            reason_sentences(one.reasons, mentee=one.mentee.person.name),
            rules.get((one.mentor_id, one.mentee_id)),
            why_href(one),
        )
        for one in page.object_list
    ]
    return {
        "run": run,
        "form": form,
        "page": page,
        "rows": rows,
        "query": query_without_page(request),
        "can_decide": can_decide,
    }


@require_GET
def run_unplaced(request: Request, pk: UUID) -> HttpResponse:
    """Everybody without a counterpart, mentees first, each with the reason."""
    run = get_run(request, pk)
    if run.state != MatchRun.State.DONE:
        return redirect(run)
    page = page_of(request, run.unplaced.with_people())
    rows = [(one, unplaced_sentence(one)) for one in page.object_list]
    context: dict[str, Any] = {"run": run, "page": page, "rows": rows}
    context["remedies"] = remedies = queries.remedies_of(run)
    context["why_unknown"] = queries.why_unknown(run) if remedies is None else ""
    context["is_by_hand"] = any(rule[0] == CoupleRule.Kind.BAN for rule in run.couple_rules)
    return render(request, "pairs/run_unplaced.html", context)


@require_GET
def run_fairness(request: Request, pk: UUID) -> HttpResponse:
    """How the groups of one breakdown fare in a run: whether anyone is worse off."""
    run = get_run(request, pk)
    if run.state != MatchRun.State.DONE:
        return redirect(run)
    fairness = queries.fairness_of(run)
    context: dict[str, Any] = {"run": run, "fairness": fairness}
    context["why_unknown"] = "" if fairness else queries.why_unknown(run)
    return render(request, "pairs/run_fairness.html", context)
