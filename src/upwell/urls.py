from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.urls")),
    path("people/", include("upwell.people.urls")),
    path("programs/", include("upwell.programs.urls")),
    path("", include("upwell.pairs.urls")),
    path("", include("upwell.desk.urls")),
    path("system/", include("upwell.delivery.urls")),
]
