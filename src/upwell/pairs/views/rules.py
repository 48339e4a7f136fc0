"""Couples kept together or apart by hand: decided beside a pair, listed, and taken off again."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from upwell.core.http import Request
from upwell.core.paging import page_of, query_without_page
from upwell.pairs import services
from upwell.pairs.forms import NameFilter, RuleForm, written
from upwell.pairs.models import CoupleRule, MatchRun
from upwell.pairs.services.words import reason_sentences
from upwell.pairs.views.pairs import cohort_of
from upwell.pairs.views.proof import get_done, why_href


@require_GET
def run_rules(request: Request, pk: UUID) -> HttpResponse:
    """Everything that is decided by hand in a cohort, pins first and by the mentor's name."""
    cohort = cohort_of(request, pk)
    form = NameFilter(request.GET)
    page = page_of(request, cohort.couple_rules.naming(form.chosen()).for_list())
    context = {"cohort": cohort, "form": form, "page": page, "query": query_without_page(request)}
    context["is_published"] = cohort.runs.published().exists()
    return render(request, "pairs/run_rules.html", context)


@require_POST
def run_rule_set(request: Request, pk: UUID) -> HttpResponse:
    """Keep two of a run together or apart from now on, or leave it to the match again."""
    run = get_done(request, pk)
    form = RuleForm(request.POST, cohort=run.cohort)
    if not form.is_valid():
        messages.error(request, _("Nothing was changed: these two are not in this cohort."))
        return redirect(run)
    said = ""
    try:
        decide(run, form, request)
    except ValidationError as error:
        said = " ".join(error.messages)
    if request.htmx:
        return show_row(request, run, form, said)
    if said:
        messages.error(request, said)
    if request.POST.get("from") == "why":
        sides = {side: written(form.cleaned_data[side]) for side in ("mentor", "mentee")}
        return redirect(f"{reverse('pairs:run_why_not', args=[run.pk])}?{urlencode(sides)}")
    return redirect(f"{run.get_absolute_url()}#pairs")


def decide(run: MatchRun, form: RuleForm, request: Request) -> None:
    kind, mentor, mentee = (form.cleaned_data[name] for name in ("kind", "mentor", "mentee"))
    if kind != RuleForm.NONE:
        services.set_rule(run, mentor, mentee, kind=kind, by=request.user)
        return
    rule = run.cohort.couple_rules.filter(mentor=mentor, mentee=mentee).first()
    if rule:
        services.remove_rule(rule, by=request.user)


def show_row(request: Request, run: MatchRun, form: RuleForm, said: str) -> HttpResponse:
    """The pair as the page of the run shows it, or what is decided alone where it is none."""
    two = {side: form.cleaned_data[side] for side in ("mentor", "mentee")}
    rule = run.cohort.couple_rules.filter(**two).first()
    context = {"run": run, **two, "rule": rule, "said": said, "is_new": True}
    proposal = run.proposals.filter(**two).with_people().first()
    if request.POST.get("from") == "why" or proposal is None:
        return render(request, "pairs/_by_hand.html", context | {"from": "why"})
    reasons = reason_sentences(proposal.reasons, mentee=proposal.mentee.person.name)
    context |= {"proposal": proposal, "reasons": reasons, "can_decide": True}
    context["href"] = why_href(proposal)
    return render(request, "pairs/_proposal.html", context)


@require_POST
def run_rule_remove(request: Request, pk: UUID, rule: UUID) -> HttpResponse:
    """Leave it to the next run again whether the two are a pair."""
    cohort = cohort_of(request, pk)
    rules = cohort.couple_rules.select_related("mentor__person", "mentee__person", "cohort")
    found: CoupleRule = get_object_or_404(rules, pk=rule)
    try:
        services.remove_rule(found, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        names = {"mentor": found.mentor.person.name, "mentee": found.mentee.person.name}
        said = _("Whether %(mentor)s and %(mentee)s are a pair is left to the next run.") % names
        messages.success(request, said)
    return redirect("pairs:run_rules", cohort.pk)
