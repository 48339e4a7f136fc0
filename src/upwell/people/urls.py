from django.urls import URLPattern, path

from upwell.people import account_views
from upwell.people.views import addresses, imports, people

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("", people.person_list, name="person_list"),
    path("import/", imports.import_start, name="import_start"),
    path("import/<uuid:pk>/", imports.import_preview, name="import_preview"),
    path("import/<uuid:pk>/confirm/", imports.import_confirm, name="import_confirm"),
    path("import/<uuid:pk>/discard/", imports.import_discard, name="import_discard"),
    path("import/<uuid:pk>/again/", imports.import_retry, name="import_retry"),
    path("import/<uuid:pk>/mapping.toml", imports.import_mapping, name="import_mapping"),
    path("sign-in-addresses/", addresses.sign_in_addresses, name="sign_in_addresses"),
    path("<uuid:pk>/", people.person_detail, name="person_detail"),
    path("<uuid:pk>/contact/", people.person_contact, name="person_contact"),
    path("<uuid:pk>/sign-in/", people.person_sign_in, name="person_sign_in"),
    path("<uuid:pk>/invite/", people.person_invite, name="person_invite"),
    path("<uuid:pk>/roles/grant/", people.role_grant, name="role_grant"),
    path("<uuid:pk>/roles/take/", people.role_take, name="role_take"),
    path("<uuid:pk>/second-factor/", people.second_factor_reset, name="second_factor_reset"),
    path("language/", account_views.language_choose, name="language_choose"),
    path("invitation/", account_views.invitation_accept, name="invitation_accept"),
    path("invitation/<str:token>/", account_views.invitation, name="invitation"),
]
