from django.urls import URLPattern, path

from upwell.people import account_views

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("invitation/", account_views.invitation_accept, name="invitation_accept"),
    path("invitation/<str:token>/", account_views.invitation, name="invitation"),
]
