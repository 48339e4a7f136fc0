import uuid
from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def give_ids(apps: Any, schema_editor: Any) -> None:
    topics = apps.get_model("programs", "Topic").objects
    for pk in topics.values_list("pk", flat=True):
        topics.filter(pk=pk).update(public_id=uuid.uuid4())


def give_names(apps: Any, schema_editor: Any) -> None:
    """Each topic is found under its own name."""
    model = apps.get_model("programs", "TopicName")
    topics = apps.get_model("programs", "Topic").objects.values_list("pk", "name", "key")
    model.objects.bulk_create(
        [model(topic_id=pk, name=name, key=key) for pk, name, key in topics], batch_size=500
    )


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0003_launch'),
    ]

    operations = [
        migrations.CreateModel(
            name='TopicName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('key', models.CharField(max_length=200, unique=True)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.AddField(
            model_name='topic',
            name='activities',
            field=models.JSONField(blank=True, default=list, verbose_name='things to do together'),
        ),
        migrations.AddField(
            model_name='topic',
            name='description',
            field=models.TextField(blank=True, max_length=400, verbose_name='what it is about'),
        ),
        migrations.AddField(
            model_name='topic',
            name='group',
            field=models.CharField(blank=True, choices=[('artificial_intelligence', 'Artificial intelligence'), ('choosing_where_to_work', 'Choosing where to work'), ('customers_and_markets', 'Customers and markets'), ('digital_and_social', 'Digital and social'), ('inclusion', 'Inclusion'), ('sustainability', 'Sustainability'), ('ways_of_working', 'Ways of working'), ('wellbeing', 'Wellbeing')], max_length=30, verbose_name='group'),
        ),
        migrations.AddField(
            model_name='topic',
            name='is_archived',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='topic',
            name='is_edited',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='topic',
            name='language',
            field=models.CharField(blank=True, max_length=10, verbose_name='language of the texts'),
        ),
        migrations.AddField(
            model_name='topic',
            name='public_id',
            field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
        ),
        migrations.RunPython(give_ids, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name='topic',
            name='public_id',
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AddField(
            model_name='topic',
            name='questions',
            field=models.JSONField(blank=True, default=list, verbose_name='questions to ask'),
        ),
        migrations.AddField(
            model_name='topic',
            name='reading',
            field=models.TextField(blank=True, max_length=3000, verbose_name='to read in a minute'),
        ),
        migrations.AddField(
            model_name='topic',
            name='shipped_as',
            field=models.CharField(blank=True, editable=False, max_length=200, null=True, unique=True),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.CheckConstraint(condition=models.Q(('group__in', ['', 'artificial_intelligence', 'choosing_where_to_work', 'customers_and_markets', 'digital_and_social', 'inclusion', 'sustainability', 'ways_of_working', 'wellbeing'])), name='topic_group'),
        ),
        migrations.AddField(
            model_name='topicname',
            name='topic',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='programs.topic'),
        ),
        migrations.RunPython(give_names, migrations.RunPython.noop, elidable=True),
    ]
