from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GATES = ("mentees", "mentors", "match")


def open_all(apps: Any, schema_editor: Any) -> None:
    """Nobody was asked for anything when these cohorts began, so nothing stands in their way."""
    opening = apps.get_model("programs", "Opening")
    cohorts = apps.get_model("programs", "Cohort").objects.values_list("pk", "created_at")
    opening.objects.bulk_create(
        [
            opening(cohort_id=cohort, gate=gate, opened_at=since, opened_by=None, missing=[])
            for cohort, since in cohorts
            for gate in GATES
        ],
        batch_size=500,
        ignore_conflicts=True,
    )


def close_again(apps: Any, schema_editor: Any) -> None:
    apps.get_model("programs", "Opening").objects.filter(opened_by=None).delete()


class Migration(migrations.Migration):
    dependencies = [("programs", "0004_catalog")]

    operations = [
        migrations.AlterField(
            model_name="opening",
            name="opened_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="gates_opened",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(open_all, close_again, elidable=True),
    ]
