import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('people', '0001_initial'), ('people', '0002_saved_mappings'), ('people', '0003_units_known_as'), ('people', '0004_import_repairs'), ('people', '0005_away_and_holidays'), ('people', '0006_two_people'), ('people', '0007_unwanted_mail'), ('people', '0008_whole_hours')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Directory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0)),
                ('columns', models.JSONField(blank=True, default=list)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='Level',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('height', models.PositiveSmallIntegerField(unique=True, verbose_name='height')),
                ('name', models.CharField(max_length=200, unique=True, verbose_name='name')),
            ],
            options={
                'ordering': ['height'],
            },
        ),
        migrations.CreateModel(
            name='Office',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, unique=True, verbose_name='name')),
                ('zone', models.CharField(blank=True, max_length=64, verbose_name='time zone')),
                ('region', models.CharField(blank=True, max_length=200, verbose_name='region')),
                ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                ('subdivision', models.CharField(blank=True, max_length=50, verbose_name='part of the country')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='OrgUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='people.orgunit')),
                ('known_as', models.JSONField(blank=True, default=list, editable=False)),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('parent', 'name'), name='org_unit_unique'), models.UniqueConstraint(condition=models.Q(('parent__isnull', True)), fields=('name',), name='org_unit_at_the_top_unique')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('employee_id', models.CharField(blank=True, max_length=200, null=True, unique=True, verbose_name='employee ID')),
                ('name', models.CharField(max_length=300, verbose_name='name')),
                ('title', models.CharField(blank=True, max_length=300, verbose_name='title')),
                ('team', models.CharField(blank=True, max_length=200, verbose_name='team')),
                ('service_line', models.CharField(blank=True, max_length=200, verbose_name='service line')),
                ('own_zone', models.CharField(blank=True, max_length=64, verbose_name='own time zone')),
                ('own_region', models.CharField(blank=True, max_length=200, verbose_name='own region')),
                ('hours_from', models.PositiveSmallIntegerField(blank=True, help_text='Minutes after midnight.', null=True, verbose_name='working hours from')),
                ('hours_until', models.PositiveSmallIntegerField(blank=True, help_text='Minutes after midnight.', null=True, verbose_name='working hours until')),
                ('languages', models.JSONField(blank=True, default=list, verbose_name='languages')),
                ('own_language', models.CharField(blank=True, max_length=10, verbose_name='language of pages and e-mails')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='contact address')),
                ('sign_in_email', models.EmailField(blank=True, max_length=254, null=True, unique=True, verbose_name='sign-in address')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('left_at', models.DateTimeField(blank=True, null=True, verbose_name='left')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('sessions_ended', models.PositiveIntegerField(default=0, editable=False)),
                ('level', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='people.level')),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='people.office')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='people.orgunit')),
                ('unwanted_mail', models.JSONField(blank=True, default=list, help_text='Categories of messages.', verbose_name='messages not wanted')),
            ],
            options={
                'ordering': ['name', 'id'],
                'indexes': [models.Index(fields=['is_active', 'name'], name='people_pers_is_acti_3b1f12_idx'), models.Index(fields=['level', 'name'], name='people_pers_level_i_e7b9ff_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('sign_in_email__isnull', True), ('sign_in_email', django.db.models.functions.text.Lower('sign_in_email')), _connector='OR'), name='person_sign_in_email_lower'), models.CheckConstraint(condition=models.Q(models.Q(('hours_from__isnull', True), ('hours_until__isnull', True)), models.Q(('hours_from__isnull', False), ('hours_until__gt', models.F('hours_from')), ('hours_until__isnull', False)), _connector='OR'), name='person_hours', violation_error_message='Working hours end after they begin.')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(max_length=254)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('about', models.CharField(blank=True, max_length=300)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('invited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='invitations_made', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='PeopleImport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('reading', 'being read'), ('ready', 'waiting for your yes'), ('refused', 'not readable as it is'), ('applying', 'being written'), ('done', 'written'), ('discarded', 'discarded')], default='reading', max_length=10)),
                ('file_name', models.CharField(max_length=200)),
                ('mapping', models.TextField(blank=True)),
                ('preview', models.JSONField(blank=True, default=dict)),
                ('counts', models.JSONField(blank=True, default=dict)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('kind', models.CharField(choices=[('part', 'part of the organization'), ('whole', 'the whole organization')], max_length=5, verbose_name='what the file holds')),
                ('read_as', models.JSONField(blank=True, default=dict, editable=False)),
                ('last_time', models.JSONField(blank=True, default=dict, editable=False)),
                ('leaving_confirmed', models.PositiveIntegerField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss', to=settings.AUTH_USER_MODEL)),
                ('repairs', models.JSONField(blank=True, default=dict, editable=False)),
            ],
            options={
                'ordering': ['-created_at'],
                'abstract': False,
                'indexes': [models.Index(fields=['state', 'expires_at'], name='people_peop_state_abf21a_idx')],
            },
        ),
        migrations.CreateModel(
            name='ReportingLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('solid', 'solid'), ('dotted', 'dotted')], default='solid', max_length=6)),
                ('named', models.CharField(blank=True, max_length=300)),
                ('manager', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='lines_below', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'solid')), fields=('person',), name='one_solid_line'), models.UniqueConstraint(condition=models.Q(('kind', 'dotted'), ('manager__isnull', False)), fields=('person', 'manager'), name='dotted_line_unique'), models.CheckConstraint(condition=models.Q(('person', models.F('manager')), _negated=True), name='nobody_reports_to_themselves'), models.CheckConstraint(condition=models.Q(('manager__isnull', False), models.Q(('named', ''), _negated=True), _connector='OR'), name='line_names_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('program_manager', 'program manager'), ('directory_administrator', 'directory administrator')], max_length=30, verbose_name='role')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['kind'],
                'constraints': [models.UniqueConstraint(fields=('person', 'kind'), name='role_unique')],
            },
        ),
        migrations.CreateModel(
            name='SavedMapping',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('key', models.CharField(editable=False, max_length=100, unique=True)),
                ('text', models.TextField()),
                ('headers', models.JSONField(blank=True, default=list, editable=False)),
                ('kind', models.CharField(choices=[('part', 'part of the organization'), ('whole', 'the whole organization')], max_length=5, verbose_name='what the file holds')),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('saved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='mappings_saved', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['key'],
            },
        ),
        migrations.CreateModel(
            name='Away',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('starts_on', models.DateField(verbose_name='first day away')),
                ('ends_on', models.DateField(verbose_name='last day away')),
                ('from_file', models.BooleanField(default=False, editable=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='away', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['starts_on', 'ends_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='away_ends_after_it_starts', violation_error_message='The last day comes before the first.'), models.UniqueConstraint(fields=('person', 'starts_on', 'ends_on', 'from_file'), name='away_once', violation_error_message='These days are entered already.')],
            },
        ),
        migrations.CreateModel(
            name='TwoPeople',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='two_as_one', to=settings.AUTH_USER_MODEL)),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='two_as_other', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('one', 'other'), name='two_people_once'), models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='two_people_ordered')],
            },
        ),
    ]
