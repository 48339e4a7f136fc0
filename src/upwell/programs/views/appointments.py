"""Naming the executive owner and the concern contacts, and what those who are asked say."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from upwell.core.http import Request, flash_errors
from upwell.people.models import Person
from upwell.programs import services
from upwell.programs.forms.support import FindForm, PersonForm, YesNoForm
from upwell.programs.models import Program, Staff
from upwell.programs.queries.appointed import named_for
from upwell.programs.queries.candidates import Candidate, owner_candidates, searched_people
from upwell.programs.queries.contact_words import line_words

OWNER, CONTACT = Staff.Role.EXECUTIVE_OWNER, Staff.Role.CONCERN_CONTACT


@require_http_methods(["GET", "POST"])
def program_owner(request: Request, pk: UUID) -> HttpResponse:
    """Who the executive owner is and what they said; asks another by posting their id."""
    program = get_object_or_404(Program.objects.managed_by(request.user), pk=pk)
    if request.method == "POST":
        ask(request, program, OWNER)
        return redirect("programs:program_owner", program.pk)
    named = named_for(program, OWNER)
    form = FindForm(request.GET)
    is_open = not any(one.staff.is_standing for one in named)
    context = {
        "program": program,
        "named": named[0] if named else None,
        "is_open": is_open,
        "form": form,
        "found": searched_people(form.text, by=request.user) if is_open else [],
        "suggested": [] if form.text or not is_open else owner_candidates(program),
    }
    return render(request, "programs/program_owner.html", context)


@require_http_methods(["GET", "POST"])
def program_contacts(request: Request, pk: UUID) -> HttpResponse:
    """Both concern contacts, whom they could not serve, and a search for others."""
    program = get_object_or_404(Program.objects.managed_by(request.user), pk=pk)
    if request.method == "POST":
        ask(request, program, CONTACT)
        return redirect("programs:program_contacts", program.pk)
    named = named_for(program, CONTACT)
    standing = [one.person for one in named if one.staff.is_standing]
    form = FindForm(request.GET)
    is_open = len(standing) < len(services.PLACES[CONTACT])
    found = searched_people(form.text, by=request.user) if is_open else []
    people = [*standing, *(one.person for one in found)]
    said = line_words(services.in_lines_of(people, program, reader=request.user))
    context = {
        "program": program,
        "named": [(one, said.get(one.person.pk, "")) for one in named],
        "standing": standing,
        "accepted": [one.person for one in named if one.state == "accepted"],
        "is_open": is_open,
        "is_warned": any(said[one.pk] for one in standing),
        "form": form,
        "found": [with_warning(one, said) for one in found],
    }
    return render(request, "programs/program_contacts.html", context)


def with_warning(candidate: Candidate, said: dict[UUID, str]) -> Candidate:
    return replace(candidate, warning=said[candidate.person.pk])


def ask(request: Request, program: Program, role: Staff.Role) -> None:
    form = PersonForm(request.POST, people=Person.objects.active())
    if not form.is_valid():
        flash_errors(request, form)
        return
    person = form.cleaned_data["person"]
    try:
        services.ask_to_serve(program, person, role=role, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        said = _("%(name)s is asked by e-mail. You see here what they say.")
        messages.success(request, said % {"name": person})


@require_POST
def owner_withdraw(request: Request, pk: UUID) -> HttpResponse:
    return withdraw(request, pk, OWNER, "programs:program_owner")


@require_POST
def contact_withdraw(request: Request, pk: UUID) -> HttpResponse:
    return withdraw(request, pk, CONTACT, "programs:program_contacts")


def withdraw(request: Request, pk: UUID, role: Staff.Role, back: str) -> HttpResponse:
    program = get_object_or_404(Program.objects.managed_by(request.user), pk=pk)
    named = Person.objects.filter(staffed__program=program, staffed__role=role)
    form = PersonForm(request.POST, people=named)
    if form.is_valid():
        person = form.cleaned_data["person"]
        try:
            services.withdraw_staff(program, person, role=role, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("%(name)s is withdrawn.") % {"name": person})
    flash_errors(request, form)
    return redirect(back, program.pk)


@require_http_methods(["GET", "POST"])
def owner_answer(request: Request, pk: UUID) -> HttpResponse:
    return answer(request, pk, OWNER, "programs/owner_answer.html")


@require_http_methods(["GET", "POST"])
def contact_answer(request: Request, pk: UUID) -> HttpResponse:
    return answer(request, pk, CONTACT, "programs/contact_answer.html")


def answer(request: Request, pk: UUID, role: Staff.Role, template: str) -> HttpResponse:
    """What is asked of them, in plain words, with a button for yes and one for no."""
    program = get_object_or_404(Program.objects.asking(request.user, role), pk=pk)
    form = YesNoForm(request.POST or None)
    if form.is_valid():
        accepts = form.cleaned_data["answer"] == "yes"
        try:
            services.answer_request(program, request.user, role=role, accepts=accepts)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("desk:home")
        messages.success(request, _("Thank you. Your program manager sees your answer."))
        return redirect(request.path)
    context: dict[str, Any] = {"program": program, "form": form}
    context["staff"] = program.staff.get(person=request.user, role=role)
    return render(request, template, context)
