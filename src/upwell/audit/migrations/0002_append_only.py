"""The database itself refuses to change or delete what is sealed, and to edit what will be."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

COLUMNS = ("id", "at", "by", "event", "object_kind", "object_id", "facts")
WORDS = "entries of the audit log are neither changed nor deleted"


def sqlite() -> list[str]:
    edited = " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in COLUMNS)
    return [
        f"""CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit_auditentry
        WHEN OLD.sequence IS NOT NULL OR {edited}
        BEGIN SELECT RAISE(ABORT, '{WORDS}'); END""",
        f"""CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit_auditentry
        WHEN OLD.sequence IS NOT NULL
        BEGIN SELECT RAISE(ABORT, '{WORDS}'); END""",
    ]


def postgresql() -> list[str]:  # pragma: no cover -- runs with --db postgres
    edited = " OR ".join(f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in COLUMNS)
    return [
        f"""CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'restrict_violation'; END $$""",
        f"""CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit_auditentry FOR EACH ROW
        WHEN (OLD.sequence IS NOT NULL OR {edited}) EXECUTE FUNCTION audit_refuse()""",
        """CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit_auditentry FOR EACH ROW
        WHEN (OLD.sequence IS NOT NULL) EXECUTE FUNCTION audit_refuse()""",
    ]


STATEMENTS = {"sqlite": sqlite, "postgresql": postgresql}


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in STATEMENTS[schema_editor.connection.vendor]():
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
