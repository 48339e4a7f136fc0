"""One page of a long list, and the query that leads to the others."""

from typing import TYPE_CHECKING, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

if TYPE_CHECKING:
    from django.core.paginator import _SupportsPagination

PAGE_SIZE = 50
T = TypeVar("T")
M = TypeVar("M", bound=Model)


def page_of(request: HttpRequest, rows: "_SupportsPagination[T]") -> Page[T]:
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def page_of_wide(request: HttpRequest, rows: QuerySet[M]) -> Page[M]:
    """The same for rows with many joins: which are on the page is found out first.

    A database sorts all rows before it takes some, and wide rows cost it a multiple. Three queries.
    """
    page = Paginator(rows.values_list("pk", flat=True), PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = list(rows.filter(pk__in=list(page.object_list)))
    return page


def query_without_page(request: HttpRequest, *also: str) -> str:
    """The query string for the other pages, without these parameters either."""
    query = request.GET.copy()
    for name in ("page", *also):
        query.pop(name, None)
    return query.urlencode()
