"""For directory administrators: whether work is done and mail goes out, without any content."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from upwell.core.http import Request
from upwell.delivery.models import Job, OutboxMessage
from upwell.delivery.services import retry_job, send_again
from upwell.desk.queries.system import state_of_system


@require_GET
def system(request: Request) -> HttpResponse:
    return render(request, "desk/system.html", {"state": state_of_system()})


@require_POST
def job_retry(request: Request, pk: UUID) -> HttpResponse:
    job = get_object_or_404(Job, pk=pk)
    try:
        retry_job(job)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("The job is tried again."))
    return redirect("desk:system")


@require_POST
def message_retry(request: Request, pk: UUID) -> HttpResponse:
    message = get_object_or_404(OutboxMessage, pk=pk)
    try:
        send_again(message)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("The message is sent again."))
    return redirect("desk:system")
