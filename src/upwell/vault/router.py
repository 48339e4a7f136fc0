"""Which tables are in the key store, and which in the database."""

from typing import Any

from django.db import models

STORE = "keys"
APP = "vault"


class KeyRouter:
    """The vault's tables are in the key store, and nothing else is."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str | None:
        return STORE if model._meta.app_label == APP else None  # noqa: SLF001 -- a public API of Django

    def db_for_write(self, model: type[models.Model], **hints: Any) -> str | None:
        return STORE if model._meta.app_label == APP else None  # noqa: SLF001 -- a public API of Django

    def allow_relation(self, first: models.Model, second: models.Model, **hints: Any) -> bool:
        return (first._meta.app_label == APP) == (second._meta.app_label == APP)  # noqa: SLF001 -- a public API of Django

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return (db == STORE) == (app_label == APP)
