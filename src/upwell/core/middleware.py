"""How requests of special kinds are answered."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails


class HeadMiddleware:
    """A HEAD is answered like a GET, without the content: monitors and link checkers send it.

    Stands before everything that looks at the method.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"
        answer = self.get_response(request)
        if isinstance(answer, StreamingHttpResponse):
            answer.streaming_content = []
        elif isinstance(answer, HttpResponse):
            answer.content = b""
        return answer


class WrongMethodMiddleware:
    """A small page in place of the empty answer to whoever opens an address that only takes forms.

    Browsers show a page of their own for an answer without content.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or request.method != "GET" or response.content:
            return response
        page = render(request, "405.html", status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page


class SignInAgainMiddleware:
    """A part of a page asked for after the session ended leads the whole page to the sign-in."""

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
