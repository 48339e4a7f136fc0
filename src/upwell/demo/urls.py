"""The shipped URLs, with the demo's own before them."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import import_string

from upwell.core.styleguide import access as styleguide
from upwell.core.styleguide.views import styleguide as show_styleguide
from upwell.demo import access, views

demo: tuple[list[URLPattern], str] = (
    [
        path("", views.welcome, name="welcome"),
        path("sign-in/<uuid:pk>/", views.sign_in, name="sign_in"),
        path("mailbox/", views.mailbox, name="mailbox"),
        path("mailbox/<str:key>/", views.message, name="message"),
    ],
    "demo",
)

guide: tuple[list[URLPattern], str] = (
    [path("", views.here_only(show_styleguide), name="styleguide")],
    "styleguide",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("demo/", include(demo)),
    path("styleguide/", include(guide)),
    path("", include("upwell.urls")),
]
ACCESS = [*access.ACCESS, *styleguide.ACCESS, *import_string("upwell.urls.ACCESS")]
