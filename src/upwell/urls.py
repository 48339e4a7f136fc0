from django.urls import URLPattern, URLResolver, include, path

from upwell.core.views import logo

urlpatterns: list[URLPattern | URLResolver] = [
    path("logo/", logo, name="logo"),
    path("accounts/", include("upwell.people.account_urls")),
    path("people/", include("upwell.people.urls")),
    path("programs/", include("upwell.programs.urls")),
    path("", include("upwell.pairs.urls")),
    path("", include("upwell.desk.urls")),
]
