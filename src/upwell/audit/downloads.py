"""Whoever takes a file away leaves an entry: every answer that is a file to save is recorded."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from upwell.audit.models import AuditEntry
from upwell.audit.services import What, record
from upwell.core.access import table


class DownloadsMiddleware:
    """Stands inside of everything that may refuse. What cannot be recorded is not handed out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_file(response) and request.user.is_authenticated:
            record_download(request, by=request.user)
        return response


def is_file(response: HttpResponse) -> bool:
    disposition = response.headers.get("Content-Disposition", "")
    return response.status_code == 200 and disposition.startswith("attachment")


@transaction.atomic
def record_download(request: HttpRequest, *, by: Model) -> None:
    """By its route and what its id stands for, which the access table knows."""
    match = request.resolver_match
    route = match.view_name if match else ""
    ids = match.kwargs if match else {}
    about = next(rows_meant(route, ids), AuditEntry)
    facts = {"route": route.replace(":", ".")}
    record("audit.file.downloaded", by=by, on=about, facts=facts)


def rows_meant(route: str, ids: dict[str, Any]) -> Iterator[What]:
    for entry in table().get(route, ()):
        for name, model in entry.ids.items():
            if name in ids:
                row: Model = model(pk=ids[name])
                yield row
