import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('delivery', '0001_initial'), ('delivery', '0002_category'), ('delivery', '0003_urgent')]

    initial = True

    dependencies = [
        ('people', '0001_squashed_0008_whole_hours'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Worker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True)),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['-seen_at'],
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('service', models.CharField(max_length=200)),
                ('target', models.CharField(max_length=64)),
                ('cluster', models.CharField(default='short', max_length=10)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('running', 'running'), ('done', 'done'), ('failed', 'failed')], default='waiting', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('claimed_by', models.CharField(blank=True, max_length=100)),
                ('heartbeat_at', models.DateTimeField(blank=True, null=True)),
                ('retry_at', models.DateTimeField(blank=True, help_text='Not to be tried before; empty on the first attempt.', null=True)),
                ('queue_row', models.BigIntegerField(blank=True, help_text='The row of the queue that brings it to a worker.', null=True)),
                ('progress', models.JSONField(blank=True, default=dict)),
                ('error', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-created_at'],
                'indexes': [models.Index(fields=['state', 'heartbeat_at'], name='delivery_jo_state_c084d6_idx')],
            },
        ),
        migrations.CreateModel(
            name='OutboxMessage',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('address', models.EmailField(max_length=254, verbose_name='address')),
                ('is_bound', models.BooleanField(default=False, help_text="Goes to this address, whatever the person's is by then.")),
                ('template', models.CharField(max_length=100)),
                ('once_key', models.CharField(blank=True, max_length=200, null=True, unique=True)),
                ('message_id', models.CharField(max_length=200, unique=True)),
                ('useful_until', models.DateTimeField(blank=True, help_text='Not sent any later; empty where it is never too late.', null=True)),
                ('has_secret', models.BooleanField(default=False, help_text='Its link or code opens something: it goes as soon as it fails.')),
                ('subject', models.CharField(max_length=300)),
                ('text', models.TextField(blank=True)),
                ('html', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('sending', 'being sent'), ('sent', 'sent'), ('failed', 'failed'), ('expired', 'expired')], default='waiting', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_attempt_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('leased_until', models.DateTimeField(blank=True, null=True)),
                ('leased_by', models.CharField(blank=True, max_length=100)),
                ('error', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(blank=True, help_text='Whom it is for; empty where only an address is known.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='messages', to=settings.AUTH_USER_MODEL)),
                ('category', models.CharField(choices=[('essential', 'essential'), ('reminder', 'reminders'), ('news', 'news')], default='essential', max_length=10)),
                ('is_urgent', models.BooleanField(default=False, help_text='Goes at any hour: its reader waits for it, or must know.')),
            ],
            options={
                'ordering': ['-created_at'],
                'indexes': [models.Index(fields=['state', 'next_attempt_at'], name='delivery_ou_state_47086e_idx')],
            },
        ),
    ]
