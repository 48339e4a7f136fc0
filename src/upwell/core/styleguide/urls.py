from django.urls import URLPattern, path

from upwell.core.styleguide import views

app_name = "styleguide"
urlpatterns: list[URLPattern] = [
    path("", views.styleguide, name="styleguide"),
]
