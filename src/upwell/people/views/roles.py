"""Giving and taking a role in the organization: asked first, and said afterwards."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from upwell.core.http import Request, flash_errors
from upwell.people import services
from upwell.people.forms import RoleForm
from upwell.people.models import Person, Role


@dataclass(frozen=True)
class Words:
    """What is said of a role; questions and news name the person."""

    give: Promise
    ask_to_give: Promise
    ask_to_take: Promise
    allows: Promise
    given: Promise
    taken: Promise


WORDS = {
    Role.Kind.PROGRAM_MANAGER: Words(
        give=_("Make program manager"),
        ask_to_give=_("Make %(name)s a program manager?"),
        ask_to_take=_("Take the role of a program manager from %(name)s?"),
        allows=_(
            "Program managers see everybody in the directory, import files, start programs, choose"
            " participants and publish pairs. They never see what a pair says."
        ),
        given=_("%(name)s is a program manager now."),
        taken=_("%(name)s is no program manager any more."),
    ),
    Role.Kind.DIRECTORY_ADMINISTRATOR: Words(
        give=_("Make administrator"),
        ask_to_give=_("Make %(name)s a directory administrator?"),
        ask_to_take=_("Take the role of a directory administrator from %(name)s?"),
        allows=_(
            "Directory administrators see everybody in the directory, change sign-in addresses,"
            " give and take roles, and see whether mail goes out. They never see what a pair says."
        ),
        given=_("%(name)s is a directory administrator now."),
        taken=_("%(name)s is no directory administrator any more."),
    ),
}


@dataclass(frozen=True)
class HeldRole:
    kind: Role.Kind
    is_held: bool

    @property
    def give(self) -> Promise:
        return WORDS[self.kind].give


def roles_for(person: Person) -> list[HeldRole]:
    return [HeldRole(kind, kind in person.role_kinds) for kind in Role.Kind]


@require_http_methods(["GET", "POST"])
def role_grant(request: Request, pk: UUID) -> HttpResponse:
    return change_role(request, pk, services.grant_role, is_given=True)


@require_http_methods(["GET", "POST"])
def role_take(request: Request, pk: UUID) -> HttpResponse:
    return change_role(request, pk, services.take_role, is_given=False)


def change_role(
    request: Request, pk: UUID, change: services.RoleChange, *, is_given: bool
) -> HttpResponse:
    person = get_object_or_404(Person, pk=pk)
    form = RoleForm(request.POST if request.method == "POST" else request.GET)
    if request.method == "GET" and form.is_valid():
        return ask(request, person, form, is_given=is_given)
    if form.is_valid():
        kind = Role.Kind(form.cleaned_data["kind"])
        try:
            change(person, kind, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            said = WORDS[kind].given if is_given else WORDS[kind].taken
            messages.success(request, said % {"name": person})
    flash_errors(request, form)
    return redirect(person)


def ask(request: Request, person: Person, form: RoleForm, *, is_given: bool) -> HttpResponse:
    words = WORDS[Role.Kind(form.cleaned_data["kind"])]
    question = words.ask_to_give if is_given else words.ask_to_take
    context = {
        "person": person,
        "form": form,
        "question": question % {"name": person},
        "allows": words.allows,
        "is_given": is_given,
        "act": words.give if is_given else _("Take the role away"),
        "action": request.path,
        "back": person.get_absolute_url(),
    }
    return render(request, "people/role_change.html", context)
