from django.urls import URLPattern, path

from upwell.desk import views

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("pairs/<uuid:pk>/", views.pair_detail, name="pair_detail"),
]
