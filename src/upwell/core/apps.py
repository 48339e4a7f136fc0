from importlib import import_module

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "upwell.core"

    def ready(self) -> None:
        import_module("upwell.core.privacy")  # registers its check
        import_module("upwell.core.wording").say_what_to_do()
