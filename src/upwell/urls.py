from django.urls import URLPattern, URLResolver, include, path

from upwell.core import access as core
from upwell.core.views import logo
from upwell.desk import access as desk
from upwell.learning import access as learning
from upwell.pairs import access as pairs
from upwell.people import access as people
from upwell.programs import access as programs

urlpatterns: list[URLPattern | URLResolver] = [
    path("logo/", logo, name="logo"),
    path("accounts/", include("upwell.people.account_urls")),
    path("people/", include("upwell.people.urls")),
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
