"""The directory's people: a list, and one of them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from upwell.core.http import Request
from upwell.core.paging import page_of, query_without_page
from upwell.people import invitations, services, sign_in
from upwell.people.forms import ContactForm, FilterForm, MappingNameForm, SignInForm
from upwell.people.models import PeopleImport, Person
from upwell.people.views.roles import roles_for
from upwell.people.views.words import outcome


@require_GET
def person_list(request: Request) -> HttpResponse:
    """Everybody, narrowed by a search and filters, 50 a page."""
    form = FilterForm(request.GET)
    people = form.people(Person.objects.with_places(), by=request.user)
    page = page_of(request, people)
    done = done_import(request)
    context = {
        "form": form,
        "page": page,
        "news": outcome(done.counts) if done else "",
        "done": done,
        "name_form": MappingNameForm(),
        "unfinished": PeopleImport.objects.unfinished_of(request.user).count(),
        "query": query_without_page(request, "imported"),
        "can_give_addresses": request.user.is_directory_administrator,
    }
    return render(request, "people/person_list.html", context)


def done_import(request: Request) -> PeopleImport | None:
    """The import that one comes from, if any."""
    try:
        pk = UUID(request.GET.get("imported", ""))
    except ValueError:
        return None
    done = PeopleImport.objects.visible_to(request.user).filter(state=PeopleImport.State.DONE)
    return done.filter(pk=pk).first()


@require_GET
def person_detail(request: Request, pk: UUID) -> HttpResponse:
    """One person; with what a directory administrator may change."""
    people = Person.objects.visible_to(request.user).with_places()
    return show(request, get_object_or_404(people, pk=pk))


def show(request: Request, person: Person, **forms: Form) -> HttpResponse:
    """The page, with forms that were refused in place of fresh ones."""
    places = ("manager__level", "manager__unit", "manager__office")
    lines = person.lines.select_related(*places).order_by("-kind", "manager__name", "named")
    context: dict[str, Any] = {
        "person": person,
        "lines": lines,
        "reports": person.lines_below.filter(person__is_active=True).count(),
        "can_list": bool(request.user.role_kinds),
    }
    if request.user.is_directory_administrator:
        context |= {
            "contact_form": ContactForm(initial={"contact_email": person.contact_email}),
            "sign_in_form": SignInForm(address=person.sign_in_email),
            "has_authenticator": sign_in.has_authenticator(person),
            "roles": roles_for(person),
            "invitation": person.invitations.first(),
        }
    return render(request, "people/person_detail.html", context | forms)


@require_POST
def person_contact(request: Request, pk: UUID) -> HttpResponse:
    person = get_object_or_404(Person.objects.with_places(), pk=pk)
    form = ContactForm(request.POST)
    if not form.is_valid():
        return show(request, person, contact_form=form)
    services.set_contact_address(person, form.cleaned_data["contact_email"], by=request.user)
    messages.success(request, _("The contact address is changed."))
    return redirect(person)


@require_POST
def person_sign_in(request: Request, pk: UUID) -> HttpResponse:
    """Change whom a sign-in belongs to: those who had or get the address are told, sessions end."""
    person = get_object_or_404(Person.objects.with_places(), pk=pk)
    old = person.sign_in_email
    form = SignInForm(request.POST, address=old)
    if form.is_valid():
        try:
            services.change_sign_in(person, form.cleaned_data["sign_in_email"], by=request.user)
        except ValidationError as error:
            form.add_error("sign_in_email", error)
    if form.errors:
        return show(request, person, sign_in_form=form)
    messages.success(request, address_news(old, person.sign_in_email))
    return redirect(person)


def address_news(old: str | None, new: str | None) -> str:
    """What became of a sign-in address, and who is told."""
    if old == new:
        return _("The sign-in address is what it was.")
    if old and new:
        return _("The sign-in address is changed, and both addresses are told.")
    if new:
        return _("The sign-in address is set.")
    return _("The sign-in address is taken away, and the person is told.")


@require_POST
def person_invite(request: Request, pk: UUID) -> HttpResponse:
    """Post an invitation to sign in."""
    person = get_object_or_404(Person, pk=pk)
    try:
        invitations.invite(person, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("An invitation is on its way."))
    return redirect(person)


@require_POST
def second_factor_reset(request: Request, pk: UUID) -> HttpResponse:
    """Forget an authenticator that is lost."""
    person = get_object_or_404(Person, pk=pk)
    sign_in.reset_second_factor(person, by=request.user)
    messages.success(request, _("The authenticator is forgotten, and the person is told."))
    return redirect(person)
