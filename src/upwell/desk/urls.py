from django.urls import URLPattern, path

from upwell.desk import system, views

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("pairs/<uuid:pk>/", views.pair_detail, name="pair_detail"),
    path("search/", views.search, name="search"),
    path("who-sees-what/", views.who_sees_what, name="who_sees_what"),
    path("system/", system.system, name="system"),
    path("system/jobs/<uuid:pk>/", system.job_retry, name="job_retry"),
    path("system/messages/<uuid:pk>/", system.message_retry, name="message_retry"),
]
