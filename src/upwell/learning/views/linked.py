"""The lessons of assistants and line managers, who may have no way to sign in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from upwell.learning.forms import AnswerForm
from upwell.learning.links import BY_LINK, meant_by
from upwell.learning.models import TextKind
from upwell.learning.views.lessons import lesson_of, page_of
from upwell.programs.models import Program


@require_http_methods(["GET", "POST"])
@never_cache
@login_not_required
def lesson_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """A published lesson for whoever holds its link; nothing is kept, and nobody named."""
    meant = meant_by(token)
    published = Program.objects.filter(publications__kind=TextKind.LESSONS)
    program = published.filter(pk=meant[0]).first() if meant else None
    if program is None or meant is None:
        return render(request, "learning/lesson_by_link_unknown.html", status=404)
    lesson = lesson_of(program, meant[1])
    if lesson.audience not in BY_LINK:
        return render(request, "learning/lesson_by_link_unknown.html", status=404)
    form = AnswerForm(request.POST or None, lesson=lesson)
    return render(request, "learning/lesson_by_link.html", page_of(program, lesson, form))
