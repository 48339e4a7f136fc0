"""Every component in every state, for whoever works on Upwell; not there in production."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from upwell.core.charts.samples import samples
from upwell.core.styleguide import made_up
from upwell.core.styleguide.forms import NarrowForm, SampleForm


@require_GET
@login_not_required
def styleguide(request: HttpRequest) -> HttpResponse:
    context = {
        "made_up": made_up,
        "charts": samples(),
        "narrow": NarrowForm(request.GET),
        "form": SampleForm(),
        "refused": refused_form(),
        "page": Paginator(range(120), 50).page(2),
        "first": Paginator(range(120), 50).page(1),
        "last": Paginator(range(120), 50).page(3),
    }
    return render(request, "core/styleguide.html", context)


def refused_form() -> SampleForm:
    form = SampleForm({"refused-email": "nobody"}, prefix="refused")
    form.is_valid()
    form.add_error(None, "Two of the fields below need another look.")
    return form
