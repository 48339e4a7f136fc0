"""Two questions to leaders who have had a mentor, and what may be told of the answers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from upwell.core.http import Request, flash_errors
from upwell.core.paging import page_of, query_without_page
from upwell.programs import services
from upwell.programs.forms.leaders import AskLeadersForm, LeaderAnswerForm
from upwell.programs.models import LeaderAnswer, Program
from upwell.programs.queries.leaders import leaders_to_ask, told_of


@require_http_methods(["GET", "POST"])
def leader_list(request: Request, pk: UUID) -> HttpResponse:
    """What leaders let be told, and who can still be asked; asks those who are ticked."""
    program = get_object_or_404(Program.objects.managed_by(request.user), pk=pk)
    people = leaders_to_ask(program, by=request.user)
    if request.method == "POST":
        ask(request, program, AskLeadersForm(request.POST, people=people))
        return redirect(request.path)
    context = {
        "program": program,
        "told": told_of(program),
        "page": page_of(request, people),
        "query": query_without_page(request),
    }
    return render(request, "programs/leader_list.html", context)


def ask(request: Request, program: Program, form: AskLeadersForm) -> None:
    if not form.is_valid():
        flash_errors(request, form)
        return
    people = [person.pk for person in form.cleaned_data["person"]]
    count = services.ask_leaders(program, people, by=request.user)
    said = ngettext("%(count)s e-mail is on its way.", "%(count)s e-mails are on their way.", count)
    messages.success(request, said % {"count": count})


@require_http_methods(["GET", "POST"])
def leader_answer(request: Request, pk: UUID) -> HttpResponse:
    """The two questions for whoever was asked; a yes can be taken back at any time."""
    answers = LeaderAnswer.objects.filter(person=request.user).select_related("program", "person")
    answer = get_object_or_404(answers, pk=pk)
    form = LeaderAnswerForm(request.POST or None, answer=answer)
    if form.is_valid():
        services.answer_leader(answer, **form.cleaned_data)
        messages.success(request, _("Thank you. You can change your answer here at any time."))
        return redirect(answer)
    context = {"answer": answer, "program": answer.program, "form": form}
    return render(request, "programs/leader_answer.html", context)
