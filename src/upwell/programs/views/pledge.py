from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from upwell.core.http import Request
from upwell.programs import services
from upwell.programs.forms import PledgeForm
from upwell.programs.models import Program
from upwell.programs.queries.pledge import current_pledge


@require_http_methods(["GET", "POST"])
def pledge_edit(request: Request, pk: UUID) -> HttpResponse:
    """What participants of a program sign, and its own words for it."""
    program = get_object_or_404(Program.objects.managed_by(request.user), pk=pk)
    if "shipped" in request.POST:
        return saved(request, program, is_new=services.ship_pledge(program, by=request.user))
    form = PledgeForm(request.POST if request.method == "POST" else None, program=program)
    if form.is_valid():
        try:
            is_new = services.change_pledge(program, form.texts, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return saved(request, program, is_new=is_new)
    pledge = current_pledge(program, get_language() or "")
    context = {"program": program, "form": form, "pledge": pledge}
    return render(request, "programs/pledge_edit.html", context)


def saved(request: Request, program: Program, *, is_new: bool) -> HttpResponse:
    said = _("Saved. Everybody is asked to sign it anew.") if is_new else _("As it was.")
    messages.success(request, said)
    return redirect("programs:pledge_edit", program.pk)
