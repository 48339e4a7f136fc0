from django.urls import URLPattern, path

from upwell.desk import audit_log, launch, system, views
from upwell.programs.models import Opening

app_name = "desk"
MENTEES, MENTORS, MATCH = ({"gate": gate} for gate in Opening.Gate)
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("pairs/<uuid:pk>/", views.pair_detail, name="pair_detail"),
    path("programs/<uuid:pk>/launch/", launch.launch, name="launch"),
    path("cohorts/<uuid:pk>/mentees/", launch.gate_open, MENTEES, name="gate_mentees"),
    path("cohorts/<uuid:pk>/mentors/", launch.gate_open, MENTORS, name="gate_mentors"),
    path("cohorts/<uuid:pk>/match/", launch.gate_open, MATCH, name="gate_match"),
    path("search/", views.search, name="search"),
    path("who-sees-what/", views.who_sees_what, name="who_sees_what"),
    path("system/", system.system, name="system"),
    path("system/audit/", audit_log.audit_log, name="audit_log"),
    path("system/jobs/<uuid:pk>/", system.job_retry, name="job_retry"),
    path("system/messages/<uuid:pk>/", system.message_retry, name="message_retry"),
]
