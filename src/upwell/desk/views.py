from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from upwell.core.http import Request
from upwell.desk import queries


@require_GET
def home(request: Request) -> HttpResponse:
    return render(request, "desk/home.html", {"home": queries.home_of(request.user)})
