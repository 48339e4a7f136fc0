"""A run put to the test: its proof, its certificate, and why two people were kept apart."""

import json
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from upwell.core.downloads import table_file
from upwell.core.http import Request
from upwell.pairs import queries, services
from upwell.pairs.forms import WhyNotForm, written
from upwell.pairs.models import MatchRun, Proposal
from upwell.sheets.exports import export


def get_done(request: Request, pk: UUID) -> MatchRun:
    """A run with a result, its documents included."""
    runs = MatchRun.objects.managed_by(request.user).select_related("cohort__program")
    return get_object_or_404(runs, pk=pk, state=MatchRun.State.DONE)


@require_POST
def run_check(request: Request, pk: UUID) -> HttpResponse:
    """Prove the run again; answer with the proof, or on the page if there is no JavaScript."""
    run = get_done(request, pk)
    faults = services.recheck_run(run)
    if request.htmx:
        proof = queries.proof_of(run)
        context = {"run": run, "proof": proof, "check_faults": faults, "is_new": True}
        return render(request, "pairs/run_detail.html#proof", context)
    if run.is_past_proof:
        messages.warning(request, " ".join([_("The proof cannot be repeated."), *faults]))
    elif faults:
        messages.error(request, " ".join([_("The proof does not hold."), *faults]))
    else:
        messages.success(request, _("The proof was checked again just now, and it holds."))
    return redirect(run)


@require_GET
def run_certificate(request: Request, pk: UUID) -> HttpResponse:
    """The certificate to keep, as ``upwell verify`` reads it."""
    run = get_done(request, pk)
    text = json.dumps(json.loads(run.certificate), ensure_ascii=False, indent=2)
    disposition = {"Content-Disposition": f'attachment; filename="{run.certificate_name}"'}
    return HttpResponse(text, content_type="application/json", headers=disposition)


@export("people of a run")
@require_GET
def run_table(request: Request, pk: UUID) -> HttpResponse:
    """The people as the run read them, from which ``upwell verify`` proves its certificate."""
    run = get_done(request, pk)
    if not (run.inputs and run.has_inputs):
        raise Http404
    sheets = {_("People"): services.table_of_run(run)}
    return table_file(run.table_name.removesuffix(".xlsx"), sheets, "xlsx")


@require_GET
def run_why_not(request: Request, pk: UUID) -> HttpResponse:
    """Why a mentor and a mentee are a pair, or what keeps them apart, and who else there is."""
    run = get_done(request, pk)
    form = WhyNotForm(request.GET or None, cohort=run.cohort)
    answer = answer_of(run, form) if form.is_valid() else None
    context = {"run": run, "form": form, "answer": answer}
    if answer:
        sides = form.cleaned_data["mentor"], form.cleaned_data["mentee"]
        rules = run.cohort.couple_rules.filter(mentor=sides[0], mentee=sides[1])
        rule = rules.first()
        kept = [[rule.kind, str(rule.mentor_id), str(rule.mentee_id)]] if rule else []
        is_followed = any(one in run.couple_rules for one in kept)
        context |= {"sides": sides, "rule": rule, "is_followed": is_followed}
    context["can_decide"] = bool(answer) and queries.can_decide(run)
    part = "#answer" if request.htmx else ""
    return render(request, f"pairs/run_why_not.html{part}", context)


def answer_of(run: MatchRun, form: WhyNotForm) -> services.Explained | None:
    """All that can be told of the two; None where the form says why there is nothing."""
    try:
        return services.explain_two(run, form.cleaned_data["mentor"], form.cleaned_data["mentee"])
    except ValidationError as error:
        form.add_error(None, error)
        return None


def why_href(proposal: Proposal) -> str:
    """Where the two are explained, with who else there is for each."""
    asked = urlencode({"mentor": written(proposal.mentor), "mentee": written(proposal.mentee)})
    return f"{reverse('pairs:run_why_not', args=[proposal.run_id])}?{asked}"
