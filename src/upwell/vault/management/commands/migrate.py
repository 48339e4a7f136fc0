"""Django's `migrate`, which knows that there are two databases."""

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS

from upwell.vault.router import APP, STORE


class Unnamed(str):
    """The default alias, told from the same alias when it is given."""

    __slots__ = ()


BOTH = Unnamed(DEFAULT_DB_ALIAS)


class Command(migrate.Command):
    """Without ``--database`` both are brought up to date; the key store has the vault's only."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database=BOTH)

    def handle(self, *arguments: Any, **options: Any) -> None:
        named = options["database"]
        for alias in [STORE, DEFAULT_DB_ALIAS] if named is BOTH else [named]:
            self.migrate_one(alias, *arguments, **options)

    def migrate_one(self, alias: str, *arguments: Any, **options: Any) -> None:
        options["database"] = alias
        if alias == STORE:
            if options["app_label"] not in {None, APP}:
                return
            options |= {"app_label": APP, "run_syncdb": False}
        super().handle(*arguments, **options)
