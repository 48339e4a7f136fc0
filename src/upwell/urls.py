from django.urls import URLPattern, URLResolver, include, path

from upwell.core import access as core
from upwell.core.views import logo
from upwell.desk import access as desk
from upwell.learning import access as learning
from upwell.pairs import access as pairs
from upwell.people import access as people
from upwell.programs import access as programs
from upwell.programs.views import call_answer, call_take_back

urlpatterns: list[URLPattern | URLResolver] = [
    path("logo/", logo, name="logo"),
    path("accounts/", include("upwell.people.account_urls")),
    path("people/", include("upwell.people.urls")),
    path("call/<str:token>/", call_answer, name="call_answer"),
    path("call/<str:token>/back/", call_take_back, name="call_take_back"),
    path("programs/", include("upwell.programs.urls")),
    path("", include("upwell.learning.urls")),
    path("", include("upwell.pairs.urls")),
    path("", include("upwell.desk.urls")),
]
ACCESS = [
    *core.ACCESS,
    *people.ACCESS,
    *programs.ACCESS,
    *learning.ACCESS,
    *pairs.ACCESS,
    *desk.ACCESS,
]
