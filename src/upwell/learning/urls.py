from django.urls import URLPattern, path

from upwell.learning import views

app_name = "learning"
urlpatterns: list[URLPattern] = [
    path("programs/<uuid:pk>/texts/", views.text_list, name="text_list"),
    path("programs/<uuid:pk>/texts/publish/", views.text_publish, name="text_publish"),
    path("programs/<uuid:pk>/texts/retract/", views.text_retract, name="text_retract"),
    path("programs/<uuid:pk>/texts/<slug:key>/", views.text_detail, name="text_detail"),
    path("programs/<uuid:pk>/texts/<slug:key>/edit/", views.text_edit, name="text_edit"),
    path("programs/<uuid:pk>/texts/<slug:key>/reset/", views.text_reset, name="text_reset"),
    path("programs/<uuid:pk>/lessons/", views.lesson_list, name="lesson_list"),
    path("programs/<uuid:pk>/lessons/certificate/", views.certificate, name="certificate"),
    path("programs/<uuid:pk>/lessons/<slug:key>/", views.lesson_detail, name="lesson_detail"),
    path(
        "programs/<uuid:pk>/guidelines/<slug:key>/",
        views.guideline_detail,
        name="guideline_detail",
    ),
    path("cohorts/<uuid:pk>/lessons/remind/", views.lessons_remind, name="lessons_remind"),
    path("lessons/<str:token>/", views.lesson_by_link, name="lesson_by_link"),
]
