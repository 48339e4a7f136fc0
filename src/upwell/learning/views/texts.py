"""What a program's people are to read and learn: in its words, and published by its managers."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from upwell.core.http import Request, is_done
from upwell.learning import services
from upwell.learning.forms import KindForm, LanguageForm, TextForm
from upwell.learning.links import BY_LINK, lesson_link
from upwell.learning.markdown import as_html
from upwell.learning.models import TextKind
from upwell.learning.queries import overview_of, texts_of
from upwell.learning.texts import Guideline, Lesson
from upwell.learning.words import AUDIENCES
from upwell.programs.models import Program


@require_GET
def text_list(request: Request, pk: UUID) -> HttpResponse:
    """All guidelines and lessons, whether they are published, and how many have done which."""
    program = watched(request, pk)
    context = {
        "program": program,
        "overview": overview_of(program, by=request.user),
        "can_act": Program.objects.managed_by(request.user).filter(pk=pk).exists(),
    }
    return render(request, "learning/text_list.html", context)


@require_GET
def text_detail(request: Request, pk: UUID, key: str) -> HttpResponse:
    """A text as its readers have it, with the right answers, in one language."""
    program = watched(request, pk)
    language = language_of(request.GET)
    texts = texts_of(program)
    words = found(texts.find(key, language))
    context = {
        **words_of(program, words, language),
        "html": as_html(words.text),
        "is_own": (key, language) in texts.own,
        "can_act": Program.objects.managed_by(request.user).filter(pk=pk).exists(),
        "link": link_of(program, words),
    }
    return render(request, "learning/text_detail.html", context)


@require_http_methods(["GET", "POST"])
def text_edit(request: Request, pk: UUID, key: str) -> HttpResponse:
    """Change a text in one language, the reader's where the address names none."""
    program = managed(request, pk)
    language = language_of(request.GET)
    words = found(texts_of(program).find(key, language))
    form = TextForm(request.POST or None, words=words, language=language)
    if is_done(form, services.save_text, program, key, language=language, by=request.user):
        messages.success(request, _("Saved. So it reads from now on."))
        return redirect(address_of(program, key, language))
    context = words_of(program, words, language) | {"form": form}
    return render(request, "learning/text_edit.html", context)


@require_POST
def text_reset(request: Request, pk: UUID, key: str) -> HttpResponse:
    """Go back to the words that ship."""
    program = managed(request, pk)
    language = language_of(request.POST)
    found(texts_of(program).find(key, language))
    services.reset_text(program, key, language=language, by=request.user)
    messages.success(request, _("The text is back to the words that ship."))
    return redirect(address_of(program, key, language))


@require_POST
def text_publish(request: Request, pk: UUID) -> HttpResponse:
    """Open the guidelines, or the lessons, to those who take part."""
    program, form = managed(request, pk), KindForm(request.POST)
    if form.is_valid():
        try:
            services.publish_texts(program, form.which, by=request.user)
            messages.success(request, _("Published: whoever takes part can read it now."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    return redirect("learning:text_list", pk)


@require_POST
def text_retract(request: Request, pk: UUID) -> HttpResponse:
    """Close the guidelines, or the lessons, again."""
    program, form = managed(request, pk), KindForm(request.POST)
    if form.is_valid():
        services.retract_texts(program, form.which, by=request.user)
        messages.success(request, _("Taken back. What people have done stays done."))
    return redirect("learning:text_list", pk)


def watched(request: Request, pk: UUID) -> Program:
    """For its managers, and for the executive owner, who reads."""
    return get_object_or_404(Program.objects.watched_by(request.user), pk=pk)


def managed(request: Request, pk: UUID) -> Program:
    return get_object_or_404(Program.objects.managed_by(request.user), pk=pk)


def found(text: Guideline | None) -> Guideline:
    if text is None:
        raise Http404
    return text


def language_of(given: Any) -> str:
    form = LanguageForm(given)
    if form.is_valid():
        language: str = form.cleaned_data["language"]
        return language
    here = get_language() or ""
    return here if here in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def address_of(program: Program, key: str, language: str) -> str:
    path = reverse("learning:text_detail", args=[program.pk, key])
    return f"{path}?language={language}"


def link_of(program: Program, words: Guideline) -> str:
    """The link for people who take no part themselves, once the lessons are published."""
    is_published = program.publications.filter(kind=TextKind.LESSONS).exists()
    return lesson_link(program, words.key) if is_published and words.audience in BY_LINK else ""


def words_of(program: Program, words: Guideline, language: str) -> dict[str, Any]:
    """What both pages of a text show."""
    return {
        "program": program,
        "words": words,
        "checks": words.checks if isinstance(words, Lesson) else (),
        "audience": AUDIENCES[words.audience],
        "language": language,
        "languages": settings.LANGUAGES,
        "back": address_of(program, words.key, language),
    }
