"""The page of a file on its way into a cohort, while the worker is at it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from upwell.core.http import Request
from upwell.people.services import has_failed


def file_progress(
    request: Request, found: Any, what: str, step: str, routes: tuple[str, str]
) -> HttpResponse:
    """Of an import into a cohort; asked for by htmx, the changing part of the page.

    ``what`` names what the file holds, ``step`` what is being done; ``routes`` are those that try
    again and that give up.
    """
    retry, discard = (reverse(route, args=[found.pk]) for route in routes)
    context = {
        "import": found,
        "what": what,
        "step": step,
        "has_failed": has_failed(found),
        "retry": retry,
        "discard": discard,
    }
    return render(
        request, "programs/file_progress.html" + ("#progress" if request.htmx else ""), context
    )
