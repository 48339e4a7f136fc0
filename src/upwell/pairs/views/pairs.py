"""The pairs of a cohort, as its managers see them: who with whom, and nothing of what is said."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from upwell.core.downloads import ending_of, table_file
from upwell.core.http import Request
from upwell.core.paging import page_of_wide, query_without_page
from upwell.pairs import queries, services
from upwell.pairs.forms import PairFilter
from upwell.programs.models import Cohort
from upwell.sheets.exports import export


def cohort_of(request: Request, pk: UUID) -> Cohort:
    cohorts = Cohort.objects.managed_by(request.user).select_related("program")
    return get_object_or_404(cohorts, pk=pk)


@require_GET
def pair_list(request: Request, pk: UUID) -> HttpResponse:
    cohort = cohort_of(request, pk)
    form = PairFilter(request.GET)
    text, quality = form.chosen(), form.wanted
    page = page_of_wide(request, services.couples_of(cohort).naming(text).of_quality(quality))
    rows = [services.row_of(couple) for couple in page.object_list]
    query = query_without_page(request)
    context = {"cohort": cohort, "form": form, "page": page, "rows": rows, "query": query}
    if request.htmx:
        return render(request, "pairs/pair_list.html#pairs", context)
    found = queries.conflicts_of(cohort)
    context |= {
        "conflicts": found,
        "advice": queries.conflict_advice() if found else "",
        **services.counts_of_couples(cohort),
        "adrift": queries.adrift_counts([cohort])[cohort.pk],
        "run": cohort.runs.published().for_pages().first(),
    }
    return render(request, "pairs/pair_list.html", context)


@export("pairs of a cohort")
@require_GET
def pair_table(request: Request, pk: UUID) -> HttpResponse:
    """All pairs with their reasons, as a workbook or, where ``as`` says so, CSV."""
    cohort = cohort_of(request, pk)
    name = f"{slugify(cohort.name) or 'cohort'}-pairs"
    sheets = {_("Pairs"): services.pair_rows(cohort)}
    return table_file(name, sheets, ending_of(request.GET.get("as", "")))
