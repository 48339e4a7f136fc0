"""The levels from the highest down, and those that are not needed any more."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from upwell.core.http import Request
from upwell.people import services
from upwell.people.models import Level
from upwell.people.queries import levels_with_counts
from upwell.people.views.rows import row_or_404


@require_GET
def level_list(request: Request) -> HttpResponse:
    context = {
        "rows": levels_with_counts(),
        "may_change": request.user.is_directory_administrator,
    }
    return render(request, "people/level_list.html", context)


@require_POST
def level_remove(request: Request, pk: str) -> HttpResponse:
    level = row_or_404(Level, pk)
    try:
        services.remove_level(level, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The level %(level)s is removed.") % {"level": level})
    return redirect("people:level_list")
