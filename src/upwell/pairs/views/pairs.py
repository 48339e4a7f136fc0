"""The pairs of a cohort, as its managers see them: who with whom, and nothing of what is said."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from upwell.core.http import Request
from upwell.core.paging import page_of, query_without_page
from upwell.pairs.forms import PairFilter
from upwell.pairs.models import Couple, Proposal
from upwell.programs.models import Cohort


@require_GET
def pair_list(request: Request, pk: UUID) -> HttpResponse:
    cohorts = Cohort.objects.managed_by(request.user).select_related("program")
    cohort = get_object_or_404(cohorts, pk=pk)
    form = PairFilter(request.GET)
    text, quality = form.chosen()
    couples = Couple.objects.of_cohort(cohort).with_people().with_quality()
    page = page_of(request, couples.naming(text).of_quality(quality))
    rows = [(couple, label_of(couple)) for couple in page.object_list]
    query = query_without_page(request)
    context = {"cohort": cohort, "form": form, "page": page, "rows": rows, "query": query}
    part = "#pairs" if request.htmx else ""
    return render(request, f"pairs/pair_list.html{part}", context)


def label_of(couple: Couple) -> str:
    """The quality in words; "" where the published run has no such proposal any more."""
    quality = getattr(couple, "quality", None)
    return str(Proposal.Quality(quality).label) if quality else ""
