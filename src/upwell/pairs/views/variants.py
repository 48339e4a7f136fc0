"""Runs under other rules: tried, held beside each other, and made the program's."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from upwell.core.http import Request
from upwell.core.paging import page_of, query_without_page
from upwell.pairs import queries, services
from upwell.pairs.forms import OtherRulesForm
from upwell.pairs.models import MatchRun
from upwell.pairs.views.proof import get_done
from upwell.policy.remedies import one_step
from upwell.programs.models import Cohort
from upwell.programs.queries import level_choices

NOT_ALIKE = gettext_noop(
    "What people have told or chosen in private counts differently in these runs. Side by side they"
    " could tell of it, so they are not shown like that."
)


@require_http_methods(["GET", "POST"])
def run_other(request: Request, pk: UUID) -> HttpResponse:
    """Ask for a run under rules of its own, which the program's policy does not take over.

    It starts from the program's policy, or from the rules of the ``run`` that is asked for, after
    the ``step`` of a rule that is.
    """
    cohorts = Cohort.objects.managed_by(request.user).select_related("program").with_counts()
    cohort = get_object_or_404(cohorts, pk=pk)
    data = request.POST if request.method == "POST" else None
    run = asked_for(request, cohort)
    policy = queries.rules_of(run, cohort.program.policy) if run else cohort.program.policy
    policy = one_step(policy, request.GET.get("step", ""))
    form = OtherRulesForm(data, policy=policy, levels=level_choices())
    if request.method == "POST" and form.is_valid():
        try:
            name = form.cleaned_data["name"]
            run = services.start_run(cohort, by=request.user, policy=form.policy, name=name)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(run)
    runs = list(cohort.runs.for_pages())
    obstacle = queries.obstacle(cohort, runs, queries.choosing_of(cohort, runs))
    context = {"cohort": cohort, "form": form, "obstacle": obstacle, "run": run}
    return render(request, "pairs/run_other.html", context)


def asked_for(request: Request, cohort: Cohort) -> MatchRun | None:
    """The run under other rules from whose rules another one is to start."""
    asked = request.GET.get("run", "")
    return next((run for run in cohort.runs.for_pages() if str(run.pk) == asked), None)


@require_POST
def run_adopt(request: Request, pk: UUID) -> HttpResponse:
    """Make the rules of a run the program's."""
    run = get_done(request, pk)
    try:
        services.adopt_rules(run, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(
            request, _("These rules are the program's now. The next run follows them.")
        )
    return redirect(run)


@require_GET
def run_compare(request: Request, pk: UUID) -> HttpResponse:
    """Two to four finished runs of a cohort beside each other, the oldest first."""
    cohorts = Cohort.objects.managed_by(request.user).select_related("program")
    cohort = get_object_or_404(cohorts, pk=pk)
    runs = chosen(request, cohort)
    if not queries.FEWEST <= len(runs) <= queries.MOST:
        messages.info(request, _("Tick two, three or four runs that have a result."))
        return redirect("pairs:run_list", pk=cohort.pk)
    if not queries.are_comparable(runs):
        messages.info(request, _(NOT_ALIKE))
        return redirect("pairs:run_list", pk=cohort.pk)
    found = queries.comparison_of(cohort, runs)
    context: dict[str, Any] = {
        "cohort": cohort,
        "sides": found.sides,
        "chart": found.chart,
        "movers": len(found.movers),
        "page": page_of(request, found.movers),
        "query": query_without_page(request),
        "can_publish": queries.in_the_way(cohort) is None,
        "superseded": queries.superseded(runs),
    }
    return render(request, "pairs/run_compare.html", context)


def chosen(request: Request, cohort: Cohort) -> list[MatchRun]:
    """The runs that are asked for, without any that there is not; one more than may be at most."""
    asked = set()
    for text in request.GET.getlist("run"):
        try:
            asked.add(UUID(text))
        except ValueError:
            continue
    done = cohort.runs.for_pages().filter(state=MatchRun.State.DONE, pk__in=asked)
    return list(done.order_by("number")[: queries.MOST + 1])
