from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from upwell.core.http import Request
from upwell.desk import queries
from upwell.desk.forms import SearchForm
from upwell.pairs.models import Pair


@require_GET
def home(request: Request) -> HttpResponse:
    return render(request, "desk/home.html", {"home": queries.home_of(request.user)})


@require_GET
def pair_detail(request: Request, pk: UUID) -> HttpResponse:
    """A pair for its members; whoever manages the cohort finds nothing here."""
    pairs = Pair.objects.of(request.user).select_related("cohort__program")
    page = queries.pair_page(get_object_or_404(pairs, pk=pk), request.user)
    return render(request, "desk/pair_detail.html", {"page": page})


@require_GET
def search(request: Request) -> HttpResponse:
    """People and programs by name; a part of the page for whoever asks while typing."""
    text = SearchForm(request.GET).text
    found = queries.search(request.user, text)
    template = "desk/search.html#found" if request.htmx else "desk/search.html"
    return render(request, template, {"found": found, "text": text})


@require_GET
def who_sees_what(request: Request) -> HttpResponse:
    """Everything that pages show about whoever asks, with who sees it."""
    user = request.user
    context = {
        "all_viewers": queries.who_sees(user),
        "subjects": queries.parts_of_subjects(user),
        "roles": queries.roles_of(user),
    }
    return render(request, "desk/who_sees_what.html", context)
