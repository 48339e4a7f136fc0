"""A part of a page asked for after the session ended leads the whole page to the sign-in."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails


class SignInAgainMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        target = urlsplit(response.headers.get("Location", "")).path
        htmx = HtmxDetails(request)
        if response.status_code != 302 or not htmx or not is_of_sign_in(target):
            return response
        page = htmx.current_url_abs_path or "/"
        return HttpResponseClientRedirect(f"{target}?{urlencode({'next': page})}")


def is_of_sign_in(path: str) -> bool:
    """Whether a page is one of those on which people prove who they are."""
    folder = reverse("account_login").removesuffix("login/")
    return path.startswith(folder)
