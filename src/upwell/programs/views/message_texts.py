"""What people are told: to read as one of them, and to say in the program's own words."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from upwell.core.http import Request, is_done
from upwell.programs import services
from upwell.programs.forms.message_texts import LanguageForm, MessageForm, ReaderForm
from upwell.programs.message_texts import MESSAGES, PLACEHOLDERS
from upwell.programs.models import Enrollment, MessageText, Program
from upwell.programs.queries.message_preview import preview_of
from upwell.programs.queries.message_texts import own_languages, wording_of

Kind = MessageText.Kind
MOST_FOUND = 10


@require_GET
def message_list(request: Request, pk: UUID) -> HttpResponse:
    """Every message, when it goes out, and whether in the program's own words. One query more."""
    program = program_of(request, pk)
    own = own_languages(program)
    rows = [(kind, message, own.get(kind, [])) for kind, message in MESSAGES.items()]
    return render(request, "programs/message_list.html", {"program": program, "rows": rows})


@require_GET
def message_detail(request: Request, pk: UUID, kind: str) -> HttpResponse:
    """A message as somebody who takes part would get it."""
    program, which = program_of(request, pk), kind_of(kind)
    form = ReaderForm(request.GET)
    if not form.is_valid():
        raise Http404
    asked = form.cleaned_data
    readers = readers_of(request, program)
    reader = get_object_or_404(readers, pk=asked["reader"]) if asked["reader"] else readers.first()
    preview = preview_of(program, which, reader=reader, language=asked["language"], by=request.user)
    found = readers.searched(asked["q"], by=request.user)[:MOST_FOUND] if asked["q"] else []
    context = {
        **words_of(program, which),
        "form": form,
        "found": found,
        "reader": reader,
        "preview": preview,
    }
    return render(request, "programs/message_detail.html", context)


@require_http_methods(["GET", "POST"])
def message_edit(request: Request, pk: UUID, kind: str) -> HttpResponse:
    """Change the words in one language, the installation's where the address names none."""
    program, which = program_of(request, pk), kind_of(kind)
    language = language_of(request.GET)
    form = MessageForm(
        request.POST or None,
        words=wording_of(program, which).words_in(language),
        since=services.words_digest(program, which, language),
        language=language,
    )
    if is_done(form, services.save_message, program, which, language=language, by=request.user):
        messages.success(request, _("Saved. So it reads from now on."))
        return redirect(address_of(program, which, language))
    context = words_of(program, which) | {"form": form, "language": language}
    context["back"] = address_of(program, which, language)
    context["placeholders"] = [
        (f"{{{name}}}", PLACEHOLDERS[name]) for name in MESSAGES[which].placeholders
    ]
    return render(request, "programs/message_edit.html", context)


@require_POST
def message_reset(request: Request, pk: UUID, kind: str) -> HttpResponse:
    """Go back to the words that ship."""
    program, which = program_of(request, pk), kind_of(kind)
    language = language_of(request.POST)
    services.reset_message(program, which, language=language, by=request.user)
    messages.success(request, _("The message is back to the words that ship."))
    return redirect(address_of(program, which, language))


def program_of(request: Request, pk: UUID) -> Program:
    return get_object_or_404(Program.objects.managed_by(request.user), pk=pk)


def kind_of(name: str) -> Kind:
    if name not in Kind.values:
        raise Http404
    return Kind(name)


def language_of(given: Any) -> str:
    form = LanguageForm(given)
    return form.cleaned_data["language"] if form.is_valid() else settings.LANGUAGE_CODE


def address_of(program: Program, kind: Kind, language: str) -> str:
    path = reverse("programs:message_detail", args=[program.pk, kind.value])
    return f"{path}?language={language}"


def readers_of(request: Request, program: Program) -> Any:
    """Who takes part in a cohort of the program that the user runs, by name."""
    people = Enrollment.objects.managed_by(request.user).filter(cohort__program=program)
    return people.select_related(
        "cohort__program", "person__level", "person__unit", "person__office"
    ).order_by("person__name", "pk")


def words_of(program: Program, kind: Kind) -> dict[str, Any]:
    """What both pages of a message show."""
    return {
        "program": program,
        "kind": kind,
        "message": MESSAGES[kind],
        "languages": settings.LANGUAGES,
    }
