"""Who backs the program: the list, the log of talks, and whom to ask next."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from upwell.core.http import Request, is_done
from upwell.people.models import OrgUnit, Person
from upwell.programs import services
from upwell.programs.forms import DeleteForm
from upwell.programs.forms.sponsors import ApproachForm, SponsorForm, UnitForm, WhoForm
from upwell.programs.forms.support import FindForm
from upwell.programs.models import Program, Sponsor
from upwell.programs.queries.candidates import searched_people
from upwell.programs.queries.sponsors import sponsor_candidates


@require_GET
def sponsor_list(request: Request, pk: UUID) -> HttpResponse:
    program = get_object_or_404(Program.objects.managed_by(request.user), pk=pk)
    sponsors = list(program.sponsors.for_list())
    committed = [
        one for one in sponsors if one.state == Sponsor.State.COMMITTED and one.person.is_active
    ]
    context = {"program": program, "sponsors": sponsors, "committed": committed}
    return render(request, "programs/sponsor_list.html", context)


@require_http_methods(["GET", "POST"])
def sponsor_add(request: Request, pk: UUID) -> HttpResponse:
    """Choose a leader first, then write down the talk with them."""
    program = get_object_or_404(Program.objects.managed_by(request.user), pk=pk)
    chosen = WhoForm(request.GET if "who" in request.GET else None, by=request.user)
    if chosen.is_valid():
        return sponsor_record(request, program, chosen.cleaned_data["who"])
    form = FindForm(request.GET)
    context = {
        "program": program,
        "chosen": chosen,
        "form": form,
        "found": searched_people(form.text, by=request.user),
        "suggested": [] if form.text else sponsor_candidates(program),
    }
    return render(request, "programs/sponsor_choose.html", context)


def sponsor_record(request: Request, program: Program, person: Person) -> HttpResponse:
    form = SponsorForm(request.POST or None, program=program, by=request.user)
    form.fields["unit"].initial = request.GET.get("unit", "")[:18]

    def add(unit: OrgUnit | None, **_talk: Any) -> None:
        services.add_sponsor(program, person, unit=unit, approach=form.instance, by=request.user)

    if is_done(form, add):
        messages.success(request, _("Saved."))
        return redirect("programs:sponsor_list", program.pk)
    context = {"program": program, "person": person, "form": form}
    return render(request, "programs/sponsor_add.html", context)


@require_http_methods(["GET", "POST"])
def sponsor_detail(request: Request, pk: UUID) -> HttpResponse:
    """Every talk with a leader; another one is written down by posting it."""
    sponsor = sponsor_of(request, pk)
    form = ApproachForm(request.POST or None, program=sponsor.program, by=request.user)
    if form.is_valid():
        services.record_approach(sponsor, form.instance, by=request.user)
        messages.success(request, _("Saved."))
        return redirect(sponsor)
    context = {
        "sponsor": sponsor,
        "program": sponsor.program,
        "approaches": sponsor.approaches.select_related("made_by"),
        "form": form,
        "unit_form": UnitForm(initial={"unit": sponsor.unit_id}),
    }
    return render(request, "programs/sponsor_detail.html", context)


@require_POST
def sponsor_edit(request: Request, pk: UUID) -> HttpResponse:
    sponsor = sponsor_of(request, pk)
    form = UnitForm(request.POST)
    if is_done(form, services.change_sponsor, sponsor, by=request.user):
        messages.success(request, _("Saved."))
    return redirect(sponsor)


@require_http_methods(["GET", "POST"])
def sponsor_remove(request: Request, pk: UUID) -> HttpResponse:
    """Ask, then take a leader off the list."""
    sponsor = sponsor_of(request, pk)
    if is_done(DeleteForm(request.POST or None), services.remove_sponsor, sponsor, by=request.user):
        messages.success(request, _("%(name)s is off the list.") % {"name": sponsor.person})
        return redirect("programs:sponsor_list", sponsor.program_id)
    context = {"sponsor": sponsor, "program": sponsor.program, "form": DeleteForm()}
    context |= {"action": request.path, "back": sponsor.get_absolute_url()}
    return render(request, "programs/sponsor_remove.html", context)


def sponsor_of(request: Request, pk: UUID) -> Sponsor:
    places = ("program", "unit", "person__level", "person__unit", "person__office")
    sponsors = Sponsor.objects.managed_by(request.user).select_related(*places)
    return get_object_or_404(sponsors, pk=pk)
