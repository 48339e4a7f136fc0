"""One page of a long list, and the query that leads to the others."""

from typing import TYPE_CHECKING, TypeVar

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

if TYPE_CHECKING:
    from django.core.paginator import _SupportsPagination

PAGE_SIZE = 50
T = TypeVar("T")


def page_of(request: HttpRequest, rows: "_SupportsPagination[T]") -> Page[T]:
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def query_without_page(request: HttpRequest, *also: str) -> str:
    """The query string for the other pages, without these parameters either."""
    query = request.GET.copy()
    for name in ("page", *also):
        query.pop(name, None)
    return query.urlencode()
