"""The database refuses to delete what waits for its seal, too, and any change but the sealing."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

COLUMNS = ("id", "at", "by", "event", "object_kind", "object_id", "facts")
WORDS = "entries of the audit log are neither changed nor deleted"
TABLE = "audit_auditentry"


def sqlite() -> list[str]:
    edited = " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in COLUMNS)
    refuse = f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    return [
        f"""CREATE TRIGGER audit_no_update BEFORE UPDATE ON {TABLE}
        WHEN OLD.sequence IS NOT NULL OR NEW.sequence IS NULL OR {edited} {refuse}""",
        f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON {TABLE} {refuse}",
    ]


def postgresql() -> list[str]:  # pragma: no cover -- runs with --db postgres
    edited = " OR ".join(f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in COLUMNS)
    refuse = "EXECUTE FUNCTION audit_refuse()"
    return [
        f"""CREATE TRIGGER audit_no_update BEFORE UPDATE ON {TABLE} FOR EACH ROW
        WHEN (OLD.sequence IS NOT NULL OR NEW.sequence IS NULL OR {edited}) {refuse}""",
        f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON {TABLE} FOR EACH ROW {refuse}",
        f"""CREATE OR REPLACE FUNCTION audit_refuse_all() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN IF EXISTS (SELECT 1 FROM {TABLE}) THEN
        RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'restrict_violation'; END IF;
        RETURN NULL; END $$""",
        f"""CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_all()""",
    ]


def without(names: tuple[str, ...], vendor: str) -> list[str]:
    of_table = f" ON {TABLE}" if vendor == "postgresql" else ""
    return [f"DROP TRIGGER IF EXISTS {name}{of_table}" for name in names]


STATEMENTS = {"sqlite": sqlite, "postgresql": postgresql}
NAMES = {
    "sqlite": ("audit_no_update", "audit_no_delete"),
    "postgresql": ("audit_no_update", "audit_no_delete", "audit_no_truncate"),
}


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    vendor = schema_editor.connection.vendor
    for statement in without(NAMES[vendor], vendor):
        schema_editor.execute(statement)


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    drop(apps, schema_editor)
    for statement in STATEMENTS[schema_editor.connection.vendor]():
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
