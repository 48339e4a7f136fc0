"""Earlier pairs of a program, which are kept apart, and the wrong ones among them."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from upwell.core.http import Request
from upwell.core.paging import page_of, query_without_page
from upwell.pairs import services
from upwell.pairs.forms import NameFilter
from upwell.pairs.models import EarlierPair
from upwell.pairs.views.pairs import cohort_of


@require_GET
def earlier_list(request: Request, pk: UUID) -> HttpResponse:
    """The earlier pairs of the cohort's program, by the mentor's name."""
    cohort = cohort_of(request, pk)
    form = NameFilter(request.GET)
    rows = EarlierPair.objects.filter(program=cohort.program_id)
    page = page_of(request, rows.naming(form.chosen()).for_list())
    query = query_without_page(request)
    context = {"cohort": cohort, "form": form, "page": page, "query": query}
    return render(request, "pairs/earlier_list.html", context)


@require_POST
def earlier_remove(request: Request, pk: UUID, pair: UUID) -> HttpResponse:
    """Forget an earlier pair, so that the two may be paired again."""
    cohort = cohort_of(request, pk)
    rows = EarlierPair.objects.filter(program=cohort.program_id)
    found = get_object_or_404(rows.select_related("mentor", "mentee"), pk=pair)
    try:
        services.remove_earlier_pair(found, cohort=cohort, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        names = {"mentor": found.mentor, "mentee": found.mentee}
        said = _("%(mentor)s and %(mentee)s may be paired from the next run on.") % names
        messages.success(request, said)
    return redirect("pairs:earlier_list", cohort.pk)
