"""Lessons and guidelines for those who take part."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from upwell.core.documents import pdf_response
from upwell.core.http import Request
from upwell.learning import services
from upwell.learning.documents import certificate_of
from upwell.learning.forms import AnswerForm
from upwell.learning.markdown import as_html
from upwell.learning.models import TextKind
from upwell.learning.queries import Course, course_of, readers_program, texts_of
from upwell.learning.texts import Lesson
from upwell.learning.words import AUDIENCES
from upwell.programs.models import Program


@require_GET
def lesson_list(request: Request, pk: UUID) -> HttpResponse:
    """One's lessons in a program, with how far one is, and its guidelines."""
    program = get_object_or_404(readers_program(request.user), pk=pk)
    published = set(program.publications.values_list("kind", flat=True))
    guidelines = texts_of(program).guidelines(get_language() or "")
    context = {
        "program": program,
        "course": course_of(program, request.user) if TextKind.LESSONS in published else None,
        "guidelines": guidelines if TextKind.GUIDELINES in published else (),
        "audiences": AUDIENCES,
    }
    return render(request, "learning/lesson_list.html", context)


@require_http_methods(["GET", "POST"])
def lesson_detail(request: Request, pk: UUID, key: str) -> HttpResponse:
    """A lesson with its check; a POST says of each answer whether it is right, and keeps none.

    Once all are, whose lesson it is has done it.
    """
    program = get_object_or_404(readers_program(request.user, TextKind.LESSONS), pk=pk)
    lesson = lesson_of(program, key)
    course = course_of(program, request.user)
    form = AnswerForm(request.POST or None, lesson=lesson)
    if form.is_right and course.item_of(key):
        try:
            services.finish_lesson(
                program, lesson, answers=form.answers, version=form.version_read, by=request.user
            )
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("learning:lesson_detail", pk, key)
        course = course_of(program, request.user)
    context = page_of(program, lesson, form) | {
        "course": course,
        "item": course.item_of(key),
        "following": following(course, key),
    }
    return render(request, "learning/lesson_detail.html", context)


@require_GET
def guideline_detail(request: Request, pk: UUID, key: str) -> HttpResponse:
    program = get_object_or_404(readers_program(request.user, TextKind.GUIDELINES), pk=pk)
    every = texts_of(program).guidelines(get_language() or "")
    text = next((one for one in every if one.key == key), None)
    if text is None:
        raise Http404
    context = {"program": program, "text": text, "html": as_html(text.text), "every": every}
    return render(request, "learning/guideline_detail.html", context)


@require_GET
def certificate(request: Request, pk: UUID) -> HttpResponse:
    """A page to print for whoever has done all lessons of their role, and for nobody else."""
    program = get_object_or_404(readers_program(request.user, TextKind.LESSONS), pk=pk)
    course = course_of(program, request.user)
    if not course.is_done:
        raise Http404
    return pdf_response(certificate_of(course, request.user), "certificate")


def lesson_of(program: Program, key: str) -> Lesson:
    found = texts_of(program).find(key, get_language() or "")
    if not isinstance(found, Lesson):
        raise Http404
    return found


def page_of(program: Program, lesson: Lesson, form: AnswerForm) -> dict[str, Any]:
    """What every page of a lesson shows."""
    return {
        "program": program,
        "lesson": lesson,
        "html": as_html(lesson.text),
        "form": form,
        "answered": list(form.answered()),
        "audience": AUDIENCES[lesson.audience],
    }


def following(course: Course, key: str) -> Lesson | None:
    """The lesson of one's own that is to be done after this one; none where this is the last."""
    left = [item.lesson for item in course.items if not item.is_done and item.lesson.key != key]
    return left[0] if left else None
