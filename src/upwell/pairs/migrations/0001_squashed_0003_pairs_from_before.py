import django.db.models.deletion
import django.utils.timezone
import upwell.vault.fields
import uuid
from django.conf import settings
from django.db import migrations, models

from upwell.core.migrating import CreateModels


class Migration(migrations.Migration):

    replaces = [('pairs', '0001_initial'), ('pairs', '0002_whole_proofs_stay_sealed'), ('pairs', '0003_pairs_from_before')]

    initial = True

    dependencies = [
        ('delivery', '0001_squashed_0003_urgent'),
        ('people', '0001_squashed_0008_whole_hours'),
        ('people', '__first__'),
        ('programs', '0001_squashed_0013_turnout'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='BlockList',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('colleagues', upwell.vault.fields.SealedTextField(blank=True, label='pairs.block_list.colleagues', null=True, scope=('person', 'person_id'))),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='block_list', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='MatchRun',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('number', models.PositiveIntegerField()),
                    ('state', models.CharField(choices=[('waiting', 'waiting'), ('done', 'done'), ('failed', 'failed')], default='waiting', max_length=10)),
                    ('policy_json', models.TextField()),
                    ('read_on', models.DateField()),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('finished_at', models.DateTimeField(blank=True, null=True)),
                    ('inputs', models.BinaryField(blank=True, default=b'')),
                    ('certificate', models.TextField(blank=True)),
                    ('problem_digest', models.CharField(blank=True, max_length=64)),
                    ('figures', models.JSONField(blank=True, default=dict)),
                    ('faults', models.JSONField(blank=True, default=list)),
                    ('checked_at', models.DateTimeField(blank=True, null=True)),
                    ('check_faults', models.JSONField(blank=True, default=list)),
                    ('unchecked_reason', upwell.vault.fields.SealedTextField(blank=True, label='pairs.run.unchecked_reason', null=True, scope=('program', 'cohort.program_id'), verbose_name='why published unchecked')),
                    ('private_part', upwell.vault.fields.SealedTextField(blank=True, label='pairs.run.private_part', null=True, scope=('installation', ''))),
                    ('published_at', models.DateTimeField(blank=True, null=True)),
                    ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='runs', to='programs.cohort')),
                    ('job', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='runs', to='delivery.job')),
                    ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='runs_published', to=settings.AUTH_USER_MODEL)),
                    ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs_started', to=settings.AUTH_USER_MODEL)),
                    ('earlier_added', models.PositiveIntegerField(default=0)),
                ],
                options={
                    'ordering': ['-number'],
                    'constraints': [models.UniqueConstraint(fields=('cohort', 'number'), name='run_number_unique'), models.UniqueConstraint(condition=models.Q(('published_at__isnull', False)), fields=('cohort',), name='one_published_run'), models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('cohort',), name='one_waiting_run')],
                },
            ),
            migrations.CreateModel(
                name='Pair',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('state', models.CharField(choices=[('active', 'active'), ('ended', 'ended')], default='active', max_length=10)),
                    ('reasons', models.JSONField(blank=True, default=list)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pairs', to='programs.cohort')),
                    ('run', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pairs', to='pairs.matchrun')),
                ],
                options={
                    'ordering': ['created_at', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Member',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('is_active', models.BooleanField(default=True)),
                    ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='programs.place')),
                    ('pair', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='pairs.pair')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('pair', 'place'), name='member_unique'), models.UniqueConstraint(condition=models.Q(('is_active', True)), fields=('place',), name='place_taken_once')],
                },
            ),
            migrations.CreateModel(
                name='Couple',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('is_active', models.BooleanField(default=True)),
                    ('mentee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='couples_as_mentee', to=settings.AUTH_USER_MODEL)),
                    ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='couples_as_mentor', to=settings.AUTH_USER_MODEL)),
                    ('pair', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='couples', to='pairs.pair')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('is_active', True)), fields=('mentor', 'mentee'), name='couple_active_once'), models.CheckConstraint(condition=models.Q(('mentor', models.F('mentee')), _negated=True), name='couple_of_two')],
                },
            ),
            migrations.CreateModel(
                name='Proposal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('score', models.IntegerField()),
                    ('quality', models.CharField(choices=[('strong', 'strong'), ('good', 'good'), ('weak', 'weak')], max_length=6)),
                    ('reasons', models.JSONField(blank=True, default=list)),
                    ('mentee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals_as_mentee', to='programs.enrollment')),
                    ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals_as_mentor', to='programs.enrollment')),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='pairs.matchrun')),
                ],
                options={
                    'ordering': ['score', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('run', 'mentor', 'mentee'), name='proposal_unique')],
                },
            ),
            migrations.CreateModel(
                name='Unplaced',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('why', models.CharField(max_length=20)),
                    ('rules', models.JSONField(blank=True, default=list)),
                    ('enrollment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unplaced', to='programs.enrollment')),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unplaced', to='pairs.matchrun')),
                ],
                options={
                    'ordering': ['enrollment__role', 'enrollment__person__name'],
                    'constraints': [models.UniqueConstraint(fields=('run', 'enrollment'), name='unplaced_unique')],
                },
            ),
            migrations.CreateModel(
                name='Conflict',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('rule', models.CharField(choices=[('reporting_line', 'one reporting line'), ('level_gap', 'too close in level')], max_length=20)),
                    ('found_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('couple', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conflicts', to='pairs.couple')),
                ],
                options={
                    'ordering': ['found_at', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('couple', 'rule'), name='conflict_once')],
                },
            ),
            migrations.CreateModel(
                name='RunShare',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('secret', upwell.vault.fields.SealedTextField(label='pairs.run_share.secret', scope=('person', 'person_id'))),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='run_shares', to=settings.AUTH_USER_MODEL)),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='pairs.matchrun')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('run', 'person'), name='run_share_unique')],
                },
            ),
            migrations.CreateModel(
                name='EarlierPair',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('ended_on', models.DateField(blank=True, null=True, verbose_name='ended on')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('mentee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='earlier_as_mentee', to=settings.AUTH_USER_MODEL)),
                    ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='earlier_as_mentor', to=settings.AUTH_USER_MODEL)),
                    ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='earlier_pairs', to='programs.program')),
                ],
                options={
                    'ordering': ['created_at', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('program', 'mentor', 'mentee'), name='earlier_pair_unique'), models.CheckConstraint(condition=models.Q(('mentor', models.F('mentee')), _negated=True), name='earlier_pair_of_two')],
                },
            ),
            migrations.CreateModel(
                name='PairsImport',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('state', models.CharField(choices=[('reading', 'being read'), ('ready', 'waiting for your yes'), ('refused', 'not readable as it is'), ('applying', 'being written'), ('done', 'written'), ('discarded', 'discarded')], default='reading', max_length=10)),
                    ('file_name', models.CharField(max_length=200)),
                    ('mapping', models.TextField(blank=True)),
                    ('preview', models.JSONField(blank=True, default=dict)),
                    ('counts', models.JSONField(blank=True, default=dict)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('expires_at', models.DateTimeField()),
                    ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pairs_imports', to='programs.cohort')),
                    ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-created_at'],
                    'abstract': False,
                    'indexes': [models.Index(fields=['state', 'expires_at'], name='pairs_pairs_state_d2643b_idx')],
                },
            ),
        ]),
    ]
