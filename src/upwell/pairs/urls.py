from django.urls import path

from upwell.pairs import views

app_name = "pairs"
urlpatterns = [
    path("not-with/", views.block_list, name="block_list"),
    path("not-with/remove/", views.block_remove, name="block_remove"),
    path("cohorts/<uuid:pk>/runs/", views.run_list, name="run_list"),
    path("cohorts/<uuid:pk>/runs/start/", views.run_start, name="run_start"),
    path("cohorts/<uuid:pk>/choosing/", views.choosing_open, name="choosing_open"),
    path("choosing/<uuid:pk>/close/", views.choosing_close, name="choosing_close"),
    path("choices/<uuid:pk>/", views.choice_list, name="choice_list"),
    path("choices/<uuid:pk>/save/", views.choice_save, name="choice_save"),
    path("cohorts/<uuid:pk>/pairs/", views.pair_list, name="pair_list"),
    path("cohorts/<uuid:pk>/pairs/table/", views.pair_table, name="pair_table"),
    path("cohorts/<uuid:pk>/kick-off/", views.kickoff_send, name="kickoff_send"),
    path("cohorts/<uuid:pk>/pairs/import/", views.pairs_import, name="pairs_import"),
    path("cohorts/<uuid:pk>/pairs/sample/", views.pairs_sample, name="pairs_sample"),
    path("cohorts/<uuid:pk>/earlier-pairs/", views.earlier_list, name="earlier_list"),
    path(
        "cohorts/<uuid:pk>/earlier-pairs/<uuid:pair>/remove/",
        views.earlier_remove,
        name="earlier_remove",
    ),
    path("pairs-imports/<uuid:pk>/", views.pairs_preview, name="pairs_preview"),
    path("pairs-imports/<uuid:pk>/confirm/", views.pairs_confirm, name="pairs_confirm"),
    path("pairs-imports/<uuid:pk>/discard/", views.pairs_discard, name="pairs_discard"),
    path("pairs-imports/<uuid:pk>/retry/", views.pairs_retry, name="pairs_retry"),
    path("runs/<uuid:pk>/", views.run_detail, name="run_detail"),
    path("runs/<uuid:pk>/check/", views.run_check, name="run_check"),
    path("runs/<uuid:pk>/certificate/", views.run_certificate, name="run_certificate"),
    path("runs/<uuid:pk>/fairness/", views.run_fairness, name="run_fairness"),
    path("runs/<uuid:pk>/people/", views.run_table, name="run_table"),
    path("runs/<uuid:pk>/unplaced/", views.run_unplaced, name="run_unplaced"),
    path("runs/<uuid:pk>/why-not/", views.run_why_not, name="run_why_not"),
    path("runs/<uuid:pk>/publish/", views.run_publish, name="run_publish"),
    path("runs/<uuid:pk>/stop/", views.run_stop, name="run_stop"),
    path("runs/<uuid:pk>/ask-first/", views.run_ask_first, name="run_ask_first"),
    path("runs/<uuid:pk>/ask-first/take-back/", views.run_take_back, name="run_take_back"),
    path("previews/<uuid:pk>/", views.preview_own, name="preview_own"),
]
