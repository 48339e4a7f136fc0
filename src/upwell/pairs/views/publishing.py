"""Publishing a run: what will happen, then the one act for everybody."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from upwell.core.http import Request
from upwell.pairs import queries, services
from upwell.pairs.forms import PublishForm
from upwell.pairs.models import MatchRun, Preview
from upwell.vault.errors import VaultError


@sensitive_variables()
@sensitive_post_parameters("reason")
@require_http_methods(["GET", "POST"])
def run_publish(request: Request, pk: UUID) -> HttpResponse:
    """What publishing will do, then the act; once it is done, the pairs."""
    runs = MatchRun.objects.managed_by(request.user).for_pages()
    run = get_object_or_404(runs, pk=pk, state=MatchRun.State.DONE)
    if MatchRun.objects.published().filter(cohort=run.cohort_id).exists():
        messages.info(request, _("The pairs of this cohort are already published."))
        return redirect("pairs:pair_list", pk=run.cohort_id)
    obstacle = queries.obstacle_to_publishing(run)
    if obstacle:
        messages.info(request, obstacle.text)
        return redirect(obstacle.href)
    form = PublishForm(request.POST if request.method == "POST" else None, run=run)
    if request.method == "POST" and form.is_valid():
        try:
            services.publish_run(run, reason=form.cleaned_data.get("reason", ""), by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        except VaultError:
            form.add_error(None, _("Nothing confidential can be kept now. Tell your IT."))
        else:
            messages.success(request, published(run))
            return redirect("pairs:pair_list", pk=run.cohort_id)
    publication = queries.publication_of(run)
    page = "run_incomplete" if publication.newcomers else "run_publish"
    context = {"run": run, "form": form, "publication": publication}
    context["unweighed"] = queries.unweighed(run)
    context["stop_minutes"] = settings.STOP_MINUTES
    context["preview"] = Preview.objects.filter(run=run).first()
    context["paired"] = run.proposals.values_list("mentor", flat=True).last()
    context["left_over"] = run.unplaced.values_list("enrollment", flat=True).first()
    return render(request, f"pairs/{page}.html", context)


def published(run: MatchRun) -> str:
    if run.can_be_stopped:
        return _("Published. Nobody is told yet: you can still stop it.")
    return _("Published. Everybody is being told by e-mail.")


@require_POST
def run_stop(request: Request, pk: UUID) -> HttpResponse:
    """Stop a publication before anybody is told of it."""
    run = get_object_or_404(MatchRun.objects.managed_by(request.user).for_pages(), pk=pk)
    try:
        services.stop_publication(run, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("pairs:pair_list", pk=run.cohort_id)
    messages.success(request, _("Stopped. Nobody was told, and nobody is paired."))
    return redirect(run)
