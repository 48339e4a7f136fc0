from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "upwell.desk"
