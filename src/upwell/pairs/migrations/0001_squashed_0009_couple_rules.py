import django.db.models.deletion
import django.utils.timezone
import upwell.vault.fields
import uuid
from django.conf import settings
from django.db import migrations, models

from upwell.core.migrating import CreateModels


class Migration(migrations.Migration):

    replaces = [('pairs', '0001_initial'), ('pairs', '0002_whole_proofs_stay_sealed'), ('pairs', '0003_pairs_from_before'), ('pairs', '0004_pair_origin'), ('pairs', '0005_findings'), ('pairs', '0006_choosing'), ('pairs', '0007_preview_and_stop'), ('pairs', '0008_repairs'), ('pairs', '0009_couple_rules')]

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
                    ('is_ranked', models.BooleanField(default=False)),
                    ('follows', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='followers', to='pairs.matchrun')),
                    ('kept_added', models.PositiveIntegerField(default=0)),
                    ('told_from', models.DateTimeField(blank=True, help_text='Before this nobody is told, and it can be stopped.', null=True)),
                    ('bans_added', models.PositiveIntegerField(default=0)),
                    ('couple_rules', models.JSONField(blank=True, default=list)),
                    ('has_other_rules', models.BooleanField(default=False)),
                    ('name', models.CharField(blank=True, max_length=40, verbose_name='short name')),
                    ('pins_added', models.PositiveIntegerField(default=0)),
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
                    ('origin', models.CharField(choices=[('run', 'found by a run'), ('before', 'continues'), ('chosen', 'chosen by both'), ('repair', 'found since')], default='run', max_length=6)),
                    ('shown_from', models.DateTimeField(default=django.utils.timezone.now, help_text='Before this its members do not know of it.')),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'ordering': ['created_at', 'id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('origin__in', ['run', 'before', 'chosen', 'repair'])), name='pair_origin')],
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
            migrations.CreateModel(
                name='RunFindings',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('remedies', models.JSONField(blank=True, default=list)),
                    ('standings', models.JSONField(blank=True, default=dict)),
                    ('arrays', models.BinaryField(blank=True, default=b'')),
                    ('enrollments', models.BinaryField(blank=True, default=b'')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('run', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='pairs.matchrun')),
                ],
            ),
            migrations.CreateModel(
                name='ChoiceRound',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('way', models.CharField(choices=[('chosen', 'two who both say yes'), ('ranked', 'put in order')], max_length=6)),
                    ('is_named', models.BooleanField(default=False)),
                    ('state', models.CharField(choices=[('preparing', 'being prepared'), ('open', 'open'), ('closed', 'closed'), ('failed', 'failed')], default='preparing', max_length=9)),
                    ('closes_on', models.DateField(verbose_name='people choose until')),
                    ('policy_json', models.TextField()),
                    ('faults', models.JSONField(blank=True, default=list)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ('finished_at', models.DateTimeField(blank=True, help_text='When whoever had found nobody was told so.', null=True)),
                    ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choice_rounds', to='programs.cohort')),
                    ('job', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='delivery.job')),
                    ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='choice_rounds_opened', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['created_at', 'id'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['preparing', 'open'])), fields=('cohort',), name='one_round_under_way'), models.CheckConstraint(condition=models.Q(('state__in', ['preparing', 'open', 'closed', 'failed'])), name='round_state'), models.CheckConstraint(condition=models.Q(('way__in', ['chosen', 'ranked'])), name='round_way')],
                },
            ),
            migrations.CreateModel(
                name='ChoiceSheet',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('kept', upwell.vault.fields.SealedTextField(blank=True, label='pairs.choice_sheet.kept', null=True, scope=('person', 'person_id'))),
                    ('enrollment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choice_sheets', to='programs.enrollment')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choice_sheets', to=settings.AUTH_USER_MODEL)),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sheets', to='pairs.choiceround')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('round', 'enrollment'), name='choice_sheet_unique')],
                },
            ),
            migrations.CreateModel(
                name='ListEntry',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('mentor_place', models.PositiveSmallIntegerField()),
                    ('mentee_place', models.PositiveSmallIntegerField()),
                    ('reasons', models.JSONField(blank=True, default=list)),
                    ('mentee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='listed_as_mentee', to='programs.enrollment')),
                    ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='listed_as_mentor', to='programs.enrollment')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='pairs.choiceround')),
                ],
                options={
                    'ordering': ['round', 'mentor', 'mentor_place'],
                    'constraints': [models.UniqueConstraint(fields=('round', 'mentor', 'mentee'), name='list_entry_unique')],
                },
            ),
            migrations.CreateModel(
                name='Preview',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('state', models.CharField(choices=[('open', 'open'), ('closed', 'over'), ('taken_back', 'taken back')], default='open', max_length=10)),
                    ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('closes_at', models.DateTimeField()),
                    ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='previews', to='programs.cohort')),
                    ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='previews_opened', to=settings.AUTH_USER_MODEL)),
                    ('run', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='preview', to='pairs.matchrun')),
                ],
                options={
                    'ordering': ['opened_at', 'id'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('cohort',), name='one_open_preview')],
                },
            ),
            migrations.CreateModel(
                name='Repair',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('state', models.CharField(choices=[('waiting', 'waiting'), ('done', 'done'), ('failed', 'failed'), ('applied', 'used')], default='waiting', max_length=10)),
                    ('policy_json', models.TextField(blank=True)),
                    ('standing', models.JSONField(blank=True, default=list)),
                    ('options', models.JSONField(blank=True, default=list)),
                    ('faults', models.JSONField(blank=True, default=list)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('finished_at', models.DateTimeField(blank=True, null=True)),
                    ('applied_at', models.DateTimeField(blank=True, null=True)),
                    ('applied_option', models.PositiveIntegerField(blank=True, null=True)),
                    ('applied_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='repairs_applied', to=settings.AUTH_USER_MODEL)),
                    ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='repairs', to='programs.cohort')),
                    ('job', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='repairs', to='delivery.job')),
                    ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='repairs_started', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-created_at', 'id'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('cohort',), name='one_waiting_repair'), models.CheckConstraint(condition=models.Q(models.Q(('applied_option__isnull', False), ('state', 'applied')), models.Q(models.Q(('state', 'applied'), _negated=True), ('applied_option__isnull', True)), _connector='OR'), name='repair_applied_by_option')],
                },
            ),
            migrations.CreateModel(
                name='CoupleRule',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('pin', 'kept together'), ('ban', 'kept apart')], max_length=3)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='couple_rules', to='programs.cohort')),
                    ('mentee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules_as_mentee', to='programs.enrollment')),
                    ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules_as_mentor', to='programs.enrollment')),
                    ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='couple_rules_set', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['created_at', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('mentor', 'mentee'), name='couple_rule_once'), models.CheckConstraint(condition=models.Q(('mentor', models.F('mentee')), _negated=True), name='couple_rule_of_two'), models.CheckConstraint(condition=models.Q(('kind__in', ['pin', 'ban'])), name='couple_rule_kind')],
                },
            ),
        ]),
    ]
