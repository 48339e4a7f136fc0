"""Whether the database still refuses to change entries: the triggers of migration 0003."""

from django.db import connection

WANTED = {
    "sqlite": ("audit_no_delete", "audit_no_update"),
    "postgresql": ("audit_no_delete", "audit_no_truncate", "audit_no_update"),
}
FOUND = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'",
}


def missing() -> list[str]:
    """Names of the triggers that somebody took away or switched off."""
    with connection.cursor() as cursor:
        cursor.execute(FOUND[connection.vendor])
        found = {name for (name,) in cursor.fetchall()}
    return [name for name in WANTED[connection.vendor] if name not in found]
