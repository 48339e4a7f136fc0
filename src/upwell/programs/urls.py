from django.urls import URLPattern, path

from upwell.programs import views

app_name = "programs"
urlpatterns: list[URLPattern] = [
    path("", views.program_list, name="program_list"),
    path("new/", views.program_create, name="program_create"),
    path("unmanaged/", views.program_unmanaged, name="program_unmanaged"),
    path("<uuid:pk>/", views.program_detail, name="program_detail"),
    path("<uuid:pk>/policy/", views.policy_edit, name="policy_edit"),
    path("<uuid:pk>/policy/file/", views.policy_file, name="policy_file"),
    path("<uuid:pk>/policy/upload/", views.policy_upload, name="policy_upload"),
    path("<uuid:pk>/managers/add/", views.manager_add, name="manager_add"),
    path("<uuid:pk>/managers/<uuid:person>/remove/", views.manager_remove, name="manager_remove"),
    path("<uuid:pk>/cohorts/new/", views.cohort_create, name="cohort_create"),
    path("cohorts/<uuid:pk>/", views.cohort_detail, name="cohort_detail"),
    path("cohorts/<uuid:pk>/people/", views.participant_list, name="participant_list"),
    path("cohorts/<uuid:pk>/people/add/", views.participant_add, name="participant_add"),
    path("cohorts/<uuid:pk>/people/table/", views.participant_table, name="participant_table"),
    path("cohorts/<uuid:pk>/people/invite/", views.participant_invite, name="participant_invite"),
    path("cohorts/<uuid:pk>/topics/", views.topics_import, name="topics_import"),
    path("topics/<uuid:pk>/", views.topics_preview, name="topics_preview"),
    path("topics/<uuid:pk>/confirm/", views.topics_confirm, name="topics_confirm"),
    path("topics/<uuid:pk>/discard/", views.topics_discard, name="topics_discard"),
    path("topics/<uuid:pk>/again/", views.topics_retry, name="topics_retry"),
    path("people/<uuid:pk>/", views.participant_edit, name="participant_edit"),
    path("people/<uuid:pk>/withdraw/", views.participant_withdraw, name="participant_withdraw"),
]
