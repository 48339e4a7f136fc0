"""What is too large is not stored, whoever sends it and wherever to.

Files of people and of topics are large, and come from people with a role on a few pages; whatever
else is sent is small.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from upwell.people.sign_in import has_ended, has_given_second_factor
from upwell.sheets import limits

SMALL = 1024 * 1024  # bytes of a request's body
CHUNK = 64 * 1024


class BodyCapMiddleware:
    """Answers 413 to a large body before anything keeps it.

    Stands before the check of the token against forged requests, which reads the body.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, arguments: Any, parameters: Any
    ) -> HttpResponse | None:
        if length_of(request) <= SMALL or may_send_files(request):
            return None
        drop(request)
        return render(request, "413.html", {"limit": limits.FILE // 2**20}, status=413)


def length_of(request: HttpRequest) -> int:
    """Bytes that follow; a body of no stated length is not read by Django at all."""
    stated = request.META.get("CONTENT_LENGTH") or "0"
    return int(stated) if stated.isascii() and stated.isdigit() else 0


def drop(request: HttpRequest) -> None:
    """Read a body and keep nothing: browsers show no answer to what they could not send."""
    left = min(length_of(request), limits.FILE)
    while left > 0 and (part := request.read(min(left, CHUNK))):
        left -= len(part)


def may_send_files(request: HttpRequest) -> bool:
    route = request.resolver_match.view_name if request.resolver_match else ""
    if route not in settings.UPLOAD_ROUTES or not request.user.is_authenticated:
        return False
    if has_ended(request.session) or not request.user.role_kinds:
        return False
    return has_given_second_factor(request, request.user)


class CapUploadHandler(FileUploadHandler):
    """Passes over the files of a request that is larger than any file of people may be.

    The form then finds no file; ``UPLOAD_TOO_LARGE`` in the request says why.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 -- Django's name
        content_length: Any,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        self.is_too_large = content_length > limits.FILE
        if self.request is not None:
            self.request.META["UPLOAD_TOO_LARGE"] = self.is_too_large

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.is_too_large:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
