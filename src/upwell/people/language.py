"""The language that somebody has chosen for pages and e-mails."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


class LanguageMiddleware:
    """Puts what a person has chosen over what the browser asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.user.own_language if request.user.is_authenticated else ""
        if chosen in dict(settings.LANGUAGES):  # and not one that Upwell spoke once
            translation.activate(chosen)  # Django's own middleware has set it, and resets it
            request.LANGUAGE_CODE = chosen
        return self.get_response(request)
