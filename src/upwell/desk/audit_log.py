"""For directory administrators: who did what, when, on which object; never what it says."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from upwell.audit.models import AuditEntry
from upwell.core.http import Request
from upwell.core.paging import page_of, query_without_page
from upwell.desk.forms import AuditLogForm
from upwell.desk.queries.audit_log import rows_of, state_of_log


@require_GET
def audit_log(request: Request) -> HttpResponse:
    """The newest first, narrowed by kind, person and day, 50 a page."""
    form = AuditLogForm(request.GET)
    page = page_of(request, form.entries(AuditEntry.objects.newest(), by=request.user))
    context = {
        "form": form,
        "page": page,
        "rows": rows_of(list(page.object_list)),
        "query": query_without_page(request),
        "log": state_of_log(),
    }
    return render(request, "desk/audit_log.html", context)
