from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def name_those_from_before(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """So far, a pair without a run was one that continues."""
    apps.get_model("pairs", "Pair").objects.filter(run=None).update(origin="before")


class Migration(migrations.Migration):
    dependencies = [
        ("pairs", "0003_pairs_from_before"),
    ]

    operations = [
        migrations.AddField(
            model_name="pair",
            name="origin",
            field=models.CharField(
                choices=[
                    ("run", "found by a run"),
                    ("before", "continues"),
                    ("chosen", "chosen by both"),
                    ("repair", "found since"),
                ],
                default="run",
                max_length=6,
            ),
        ),
        migrations.RunPython(name_those_from_before, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="pair",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin__in", ["run", "before", "chosen", "repair"])),
                name="pair_origin",
            ),
        ),
    ]
