from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "upwell.people"

    def ready(self) -> None:
        from upwell.people.failures import listen  # noqa: PLC0415 -- models are loaded by now

        listen()
