import datetime
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import upwell.programs.models.calls
import upwell.programs.models.cohorts
import upwell.programs.models.programs
import upwell.vault.fields
import uuid
from django.conf import settings
from django.db import migrations, models

from upwell.core.migrating import CreateModels


class Migration(migrations.Migration):

    replaces = [('programs', '0001_initial'), ('programs', '0002_goal'), ('programs', '0003_launch'), ('programs', '0004_catalog'), ('programs', '0005_gates_of_earlier_cohorts'), ('programs', '0006_following'), ('programs', '0007_staff_answers'), ('programs', '0008_message_texts'), ('programs', '0009_enrollment'), ('programs', '0010_background'), ('programs', '0011_open_call'), ('programs', '0012_no_zone_of_answers'), ('programs', '0013_turnout')]

    initial = True

    dependencies = [
        ('people', '0001_squashed_0008_whole_hours'),
        ('people', '__first__'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Program',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(error_messages={'unique': 'There is a program of this name already.'}, max_length=120, unique=True, verbose_name='name')),
                    ('mode', models.CharField(choices=[('reverse', 'reverse: juniors mentor seniors'), ('reciprocal', 'reciprocal: both learn')], default='reverse', max_length=10, verbose_name='mode')),
                    ('policy_json', models.TextField(default=upwell.programs.models.programs.shipped_policy, verbose_name='policy')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('goal', models.TextField(blank=True, max_length=1000, verbose_name='goal')),
                    ('functions', models.JSONField(blank=True, default=list, verbose_name='functions that it is about')),
                    ('goal_kind', models.CharField(blank=True, choices=[('technology_fluency', 'technology fluency'), ('inclusion', 'inclusion'), ('younger_customers', 'younger customers'), ('early_careers', 'keeping early-career people'), ('transformation', 'business transformation')], max_length=20, verbose_name='kind of goal')),
                    ('initiative', models.CharField(blank=True, max_length=200, verbose_name='strategic initiative')),
                ],
                options={
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='Cohort',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('starts_on', models.DateField(validators=[upwell.programs.models.cohorts.check_start], verbose_name='starts on')),
                    ('months', models.PositiveSmallIntegerField(choices=[(6, 'six months'), (12, 'twelve months')], default=6, verbose_name='length')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cohorts', to='programs.program')),
                    ('enrolls_until', models.DateField(blank=True, null=True, verbose_name='enrollment until')),
                    ('is_draft', models.BooleanField(default=False)),
                    ('matches_on', models.DateField(blank=True, null=True, verbose_name='matching on')),
                    ('mentees_from', models.DateField(blank=True, null=True, verbose_name='open to mentees from')),
                    ('mentors_from', models.DateField(blank=True, null=True, verbose_name='open to mentors from')),
                    ('midpoint_on', models.DateField(blank=True, null=True, verbose_name='midpoint on')),
                    ('previous', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='following', to='programs.cohort')),
                    ('kicked_off_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'ordering': ['-starts_on', 'name'],
                    'constraints': [models.UniqueConstraint(fields=('program', 'name'), name='cohort_name_unique', violation_error_message='This program already has a cohort of that name.'), models.CheckConstraint(condition=models.Q(('months__in', [6, 12])), name='cohort_months', violation_error_message='A cohort takes six or twelve months.'), models.CheckConstraint(condition=models.Q(('starts_on__gte', datetime.date(2000, 1, 1)), ('starts_on__lt', datetime.date(2100, 1, 1))), name='cohort_starts_on', violation_error_message='A cohort starts in this century.'), models.CheckConstraint(condition=models.Q(('mentees_from__isnull', True), ('mentors_from__isnull', True), ('mentees_from__lte', models.F('mentors_from')), _connector='OR'), name='cohort_mentees_from_before_mentors_from', violation_error_message='Mentees are asked first: their date is not after that of the mentors.'), models.CheckConstraint(condition=models.Q(('mentors_from__isnull', True), ('enrolls_until__isnull', True), ('mentors_from__lte', models.F('enrolls_until')), _connector='OR'), name='cohort_mentors_from_before_enrolls_until', violation_error_message='Enrollment ends after it is open to mentors.'), models.CheckConstraint(condition=models.Q(('enrolls_until__isnull', True), ('matches_on__isnull', True), ('enrolls_until__lte', models.F('matches_on')), _connector='OR'), name='cohort_enrolls_until_before_matches_on', violation_error_message='Matching comes after enrollment.'), models.CheckConstraint(condition=models.Q(('matches_on__isnull', True), ('starts_on__isnull', True), ('matches_on__lte', models.F('starts_on')), _connector='OR'), name='cohort_matches_on_before_starts_on', violation_error_message='Matching comes before the start.'), models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('midpoint_on__isnull', True), ('starts_on__lte', models.F('midpoint_on')), _connector='OR'), name='cohort_starts_on_before_midpoint_on', violation_error_message='The midpoint comes after the start.'), models.UniqueConstraint(fields=('previous',), name='one_following_cohort', violation_error_message='The next cohort is prepared already.')],
                },
            ),
            migrations.CreateModel(
                name='Topic',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('key', models.CharField(editable=False, max_length=200, unique=True)),
                    ('activities', models.JSONField(blank=True, default=list, verbose_name='things to do together')),
                    ('description', models.TextField(blank=True, max_length=400, verbose_name='what it is about')),
                    ('group', models.CharField(blank=True, choices=[('artificial_intelligence', 'Artificial intelligence'), ('choosing_where_to_work', 'Choosing where to work'), ('customers_and_markets', 'Customers and markets'), ('digital_and_social', 'Digital and social'), ('inclusion', 'Inclusion'), ('sustainability', 'Sustainability'), ('ways_of_working', 'Ways of working'), ('wellbeing', 'Wellbeing')], max_length=30, verbose_name='group')),
                    ('is_archived', models.BooleanField(default=False, editable=False)),
                    ('is_edited', models.BooleanField(default=False, editable=False)),
                    ('language', models.CharField(blank=True, max_length=10, verbose_name='language of the texts')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('questions', models.JSONField(blank=True, default=list, verbose_name='questions to ask')),
                    ('reading', models.TextField(blank=True, max_length=3000, verbose_name='to read in a minute')),
                    ('shipped_as', models.CharField(blank=True, editable=False, max_length=200, null=True, unique=True)),
                ],
                options={
                    'ordering': ['name'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('group__in', ['', 'artificial_intelligence', 'choosing_where_to_work', 'customers_and_markets', 'digital_and_social', 'inclusion', 'sustainability', 'ways_of_working', 'wellbeing'])), name='topic_group')],
                },
            ),
            migrations.CreateModel(
                name='Enrollment',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('role', models.CharField(choices=[('mentor', 'mentor'), ('mentee', 'mentee')], max_length=6, verbose_name='role')),
                    ('capacity', models.PositiveSmallIntegerField(blank=True, help_text='Empty: as the policy says.', null=True, validators=[django.core.validators.MaxValueValidator(50)], verbose_name='counterparts at most')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enrollments', to='programs.cohort')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrollments', to=settings.AUTH_USER_MODEL)),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ('asked_at', models.DateTimeField(blank=True, null=True)),
                    ('asks_next', models.BooleanField(default=False, verbose_name='would like to be asked for the next cohort')),
                    ('state', models.CharField(choices=[('asked', 'has not answered'), ('enrolled', 'takes part'), ('waiting', 'on the waiting list'), ('out', 'not this time')], default='asked', max_length=8, verbose_name='state')),
                    ('has_left', models.BooleanField(default=False, editable=False)),
                ],
                options={
                    'ordering': ['person__name'],
                    'constraints': [models.UniqueConstraint(fields=('cohort', 'person'), name='enrolled_once', violation_error_message='This person already takes part in the cohort.'), models.CheckConstraint(condition=models.Q(('role__in', ['mentor', 'mentee'])), name='enrollment_role', violation_error_message='Somebody takes part as a mentor or a mentee.'), models.CheckConstraint(condition=models.Q(('capacity__isnull', True), ('capacity__lte', 50), _connector='OR'), name='enrollment_capacity', violation_error_message='Somebody takes at most 50 counterparts.'), models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'enrolled', 'waiting', 'out'])), name='enrollment_state', violation_error_message='Somebody takes part, waits, or does not.')],
                },
            ),
            migrations.CreateModel(
                name='Place',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('enrollment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='programs.enrollment')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('enrollment', 'number'), name='place_unique')],
                },
            ),
            migrations.CreateModel(
                name='Staff',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(choices=[('program_manager', 'program manager'), ('executive_owner', 'executive owner'), ('concern_contact', 'concern contact')], max_length=30, verbose_name='role')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='staffed', to=settings.AUTH_USER_MODEL)),
                    ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='staff', to='programs.program')),
                    ('accepted_at', models.DateTimeField(blank=True, null=True)),
                    ('asked_at', models.DateTimeField(blank=True, null=True)),
                    ('place', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('declined_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('program', 'person', 'role'), name='staff_unique'), models.UniqueConstraint(fields=('program', 'role', 'place'), name='staff_place_unique'), models.CheckConstraint(condition=models.Q(models.Q(('place__isnull', True), ('role', 'program_manager')), models.Q(('place', 1), ('role', 'executive_owner')), models.Q(('place__in', [1, 2]), ('role', 'concern_contact')), _connector='OR'), name='staff_places'), models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), ('declined_at__isnull', True), _connector='OR'), name='staff_answers_once')],
                },
            ),
            migrations.CreateModel(
                name='EnrollmentTopic',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('offered', 'offered'), ('wanted', 'wanted')], max_length=7)),
                    ('strength', models.PositiveSmallIntegerField(default=2)),
                    ('enrollment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='topics', to='programs.enrollment')),
                    ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrollments', to='programs.topic')),
                ],
                options={
                    'ordering': ['topic__name'],
                    'constraints': [models.UniqueConstraint(fields=('enrollment', 'topic', 'kind'), name='enrollment_topic_unique'), models.CheckConstraint(condition=models.Q(('strength__in', [1, 2, 3])), name='enrollment_topic_strength')],
                },
            ),
            migrations.CreateModel(
                name='TopicsImport',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('state', models.CharField(choices=[('reading', 'being read'), ('ready', 'waiting for your yes'), ('refused', 'not readable as it is'), ('applying', 'being written'), ('done', 'written'), ('discarded', 'discarded')], default='reading', max_length=10)),
                    ('file_name', models.CharField(max_length=200)),
                    ('mapping', models.TextField(blank=True)),
                    ('preview', models.JSONField(blank=True, default=dict)),
                    ('counts', models.JSONField(blank=True, default=dict)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('expires_at', models.DateTimeField()),
                    ('is_adding', models.BooleanField(default=False)),
                    ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='topics_imports', to='programs.cohort')),
                    ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-created_at'],
                    'abstract': False,
                    'indexes': [models.Index(fields=['state', 'expires_at'], name='programs_to_state_24786e_idx')],
                },
            ),
            migrations.CreateModel(
                name='Funding',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='amount')),
                    ('currency', models.CharField(max_length=3, verbose_name='currency')),
                    ('approved_on', models.DateField(verbose_name='approved on')),
                    ('basis', models.TextField(max_length=1000, verbose_name='where the estimate came from')),
                    ('approved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='approved by')),
                    ('program', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='funding', to='programs.program')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='funding_amount', violation_error_message='An amount is not below 0.')],
                },
            ),
            migrations.CreateModel(
                name='Expense',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('spent_on', models.DateField(verbose_name='on')),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='amount')),
                    ('what', models.CharField(max_length=200, verbose_name='for what')),
                    ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('funding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='expenses', to='programs.funding')),
                ],
                options={
                    'ordering': ['-spent_on', 'id'],
                },
            ),
            migrations.CreateModel(
                name='LeaderAnswer',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ('has_changed_work', models.BooleanField(blank=True, null=True)),
                    ('may_be_told', models.BooleanField(blank=True, null=True)),
                    ('words', models.CharField(blank=True, max_length=500, verbose_name='what has changed')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leader_answers', to=settings.AUTH_USER_MODEL)),
                    ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leader_answers', to='programs.program')),
                ],
                options={
                    'ordering': ['-asked_at'],
                    'constraints': [models.UniqueConstraint(fields=('program', 'person'), name='leader_asked_once'), models.CheckConstraint(condition=models.Q(('answered_at__isnull', True), models.Q(('has_changed_work__isnull', False), ('may_be_told__isnull', False)), _connector='OR'), name='leader_answers_both')],
                },
            ),
            migrations.CreateModel(
                name='Measure',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=120, verbose_name='measure')),
                    ('unit', models.CharField(max_length=40, verbose_name='unit')),
                    ('baseline', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='baseline')),
                    ('target', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='target')),
                    ('due_on', models.DateField(verbose_name='to be reached by')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='programs.program')),
                ],
                options={
                    'ordering': ['created_at', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('program', 'name'), name='measure_name_unique', violation_error_message='This program already has a measure of that name.'), models.CheckConstraint(condition=models.Q(('baseline', models.F('target')), _negated=True), name='measure_moves', violation_error_message='The target is another number than the baseline.')],
                },
            ),
            migrations.CreateModel(
                name='Opening',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('gate', models.CharField(choices=[('mentees', 'open to mentees'), ('mentors', 'open to mentors'), ('match', 'ready to match')], max_length=7)),
                    ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('missing', models.JSONField(blank=True, default=list)),
                    ('reason', upwell.vault.fields.SealedTextField(blank=True, label='programs.opening.reason', null=True, scope=('program', 'cohort.program_id'), verbose_name='why opened all the same')),
                    ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='openings', to='programs.cohort')),
                    ('opened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='gates_opened', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['opened_at'],
                    'constraints': [models.UniqueConstraint(fields=('cohort', 'gate'), name='gate_opened_once', violation_error_message='Somebody has opened this already.')],
                },
            ),
            migrations.CreateModel(
                name='PlannedMeeting',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('number', models.PositiveSmallIntegerField(verbose_name='meeting')),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('intent', models.TextField(max_length=500, verbose_name='what it is for')),
                    ('questions', models.JSONField(blank=True, default=list, verbose_name='questions to start from')),
                    ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='planned_meetings', to='programs.program')),
                ],
                options={
                    'ordering': ['number'],
                    'constraints': [models.UniqueConstraint(fields=('program', 'number'), name='planned_meeting_unique')],
                },
            ),
            migrations.CreateModel(
                name='ProgramTopic',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveSmallIntegerField()),
                    ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='topics', to='programs.program')),
                    ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='programs', to='programs.topic')),
                ],
                options={
                    'ordering': ['position', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('program', 'topic'), name='program_topic_unique')],
                },
            ),
            migrations.CreateModel(
                name='Reading',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('taken_on', models.DateField(verbose_name='on')),
                    ('value', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='value')),
                    ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='programs.measure')),
                    ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['taken_on'],
                    'constraints': [models.UniqueConstraint(fields=('measure', 'taken_on'), name='one_reading_a_day', violation_error_message='There is a reading of that day already.')],
                },
            ),
            migrations.CreateModel(
                name='Sponsor',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('state', models.CharField(choices=[('asked', 'asked'), ('considering', 'thinking about it'), ('committed', 'committed'), ('declined', 'declined')], default='asked', max_length=12)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sponsored', to=settings.AUTH_USER_MODEL)),
                    ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sponsors', to='programs.program')),
                    ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sponsors', to='people.orgunit', verbose_name='speaks for')),
                ],
                options={
                    'ordering': ['person__name', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('program', 'person'), name='sponsor_unique', violation_error_message='This person is on the list already.')],
                },
            ),
            migrations.CreateModel(
                name='Approach',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('made_on', models.DateField(verbose_name='on')),
                    ('way', models.CharField(choices=[('talk', 'in person'), ('call', 'by phone or video'), ('email', 'by e-mail'), ('chat', 'by chat')], default='talk', max_length=5, verbose_name='how')),
                    ('answer', models.CharField(choices=[('asked', 'asked'), ('considering', 'thinking about it'), ('committed', 'committed'), ('declined', 'declined')], max_length=12, verbose_name='what they said')),
                    ('words', models.CharField(blank=True, max_length=500, verbose_name='in their words')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='approaches_made', to=settings.AUTH_USER_MODEL)),
                    ('sponsor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='approaches', to='programs.sponsor')),
                ],
                options={
                    'ordering': ['-made_on', '-created_at'],
                },
            ),
            migrations.CreateModel(
                name='Supervision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('held_on', models.DateField(verbose_name='on')),
                    ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supervisions', to='programs.cohort')),
                ],
                options={
                    'ordering': ['held_on'],
                    'constraints': [models.UniqueConstraint(fields=('cohort', 'held_on'), name='supervision_unique', violation_error_message='There is a session on that day already.')],
                },
            ),
            migrations.CreateModel(
                name='TopicName',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=200)),
                    ('key', models.CharField(max_length=200, unique=True)),
                    ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='programs.topic')),
                ],
                options={
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='MessageText',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('invitation', 'Invitation'), ('reminder', 'Reminder of an invitation'), ('enrolled', 'Thank you for taking part'), ('waiting', 'On the waiting list'), ('assistant', 'To an assistant'), ('line-manager', 'To a line manager'), ('pair', 'Your pair'), ('not-placed', 'Not chosen this time'), ('kick-off', 'Kick-off')], max_length=20)),
                    ('language', models.CharField(max_length=10)),
                    ('subject', models.CharField(max_length=200, verbose_name='subject')),
                    ('body', models.TextField(max_length=5000, verbose_name='text')),
                    ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='message_texts', to='programs.program')),
                ],
                options={
                    'ordering': ['kind', 'language'],
                    'constraints': [models.UniqueConstraint(fields=('program', 'kind', 'language'), name='message_text_once')],
                },
            ),
            migrations.CreateModel(
                name='Answers',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('sentence', upwell.vault.fields.SealedTextField(blank=True, label='programs.answers.sentence', null=True, scope=('person', 'person_id'))),
                    ('off_limits', upwell.vault.fields.SealedTextField(blank=True, label='programs.answers.off_limits', null=True, scope=('person', 'person_id'))),
                    ('shows_off_limits', models.BooleanField(default=False, verbose_name='my counterpart may read this')),
                    ('interests', models.CharField(blank=True, max_length=200, verbose_name='other interests')),
                    ('hopes', models.JSONField(blank=True, default=list, verbose_name='perspectives hoped for')),
                    ('languages', models.JSONField(blank=True, default=list, verbose_name='languages')),
                    ('hours_from', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('hours_until', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('tells_manager', models.BooleanField(default=False, verbose_name='my line manager may know')),
                    ('manager_told_at', models.DateTimeField(blank=True, null=True)),
                    ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('assistant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='assisted_answers', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to=settings.AUTH_USER_MODEL)),
                    ('enrollment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='programs.enrollment')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('hours_from__isnull', True), ('hours_until__isnull', True)), models.Q(('hours_from__isnull', False), ('hours_until__gt', models.F('hours_from')), ('hours_until__isnull', False)), _connector='OR'), name='answers_hours', violation_error_message='Working hours end after they begin.')],
                },
            ),
            migrations.CreateModel(
                name='Channel',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('mobile', 'mobile phone'), ('phone', 'work phone'), ('email', 'e-mail'), ('chat', 'chat')], max_length=6)),
                    ('value', models.CharField(max_length=120)),
                    ('enrollment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='channels', to='programs.enrollment')),
                ],
                options={
                    'ordering': ['kind'],
                    'constraints': [models.UniqueConstraint(fields=('enrollment', 'kind'), name='one_channel_of_a_kind'), models.CheckConstraint(condition=models.Q(('kind__in', ['mobile', 'phone', 'email', 'chat'])), name='channel_kind')],
                },
            ),
            migrations.CreateModel(
                name='Pledge',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('version', models.PositiveIntegerField()),
                    ('language', models.CharField(max_length=10)),
                    ('text', models.TextField(max_length=10000)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('program', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pledges', to='programs.program')),
                ],
                options={
                    'ordering': ['-version', 'language'],
                    'constraints': [models.UniqueConstraint(fields=('program', 'version', 'language'), name='own_pledge_once'), models.UniqueConstraint(condition=models.Q(('program', None)), fields=('version', 'language'), name='shipped_pledge_once')],
                },
            ),
            migrations.CreateModel(
                name='Signature',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('signed_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to=settings.AUTH_USER_MODEL)),
                    ('pledge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='programs.pledge')),
                    ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='programs.program')),
                ],
                options={
                    'ordering': ['-signed_at'],
                    'constraints': [models.UniqueConstraint(fields=('program', 'person', 'pledge'), name='signed_once')],
                },
            ),
            migrations.CreateModel(
                name='Background',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('purpose', models.CharField(choices=[('matching', 'matching'), ('monitoring', 'whom the program reaches')], max_length=10)),
                    ('kept', upwell.vault.fields.SealedTextField(label='programs.background.kept', scope=('person', 'person_id'))),
                    ('enrollment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='backgrounds', to='programs.enrollment')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='backgrounds', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('enrollment', 'purpose'), name='background_unique')],
                },
            ),
            migrations.CreateModel(
                name='Estimate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state', models.CharField(choices=[('published', 'matched'), ('no_mentees', 'no mentees'), ('unclear', 'cannot be worked out'), ('enough', 'enough'), ('more', 'more to invite'), ('too_few', 'too few in the directory')], max_length=10)),
                    ('least', models.PositiveIntegerField(default=0)),
                    ('most', models.PositiveIntegerField(default=0)),
                    ('chance', models.FloatField(default=0)),
                    ('best', models.JSONField(blank=True, default=list)),
                    ('figures', models.JSONField(blank=True, default=dict)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('cohort', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='estimate', to='programs.cohort')),
                    ('inputs', models.CharField(blank=True, default='', editable=False, max_length=64)),
                ],
            ),
            migrations.CreateModel(
                name='Willing',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('role', models.CharField(choices=[('mentor', 'mentor'), ('mentee', 'mentee')], max_length=6, verbose_name='role')),
                    ('when', models.CharField(choices=[('next', 'the next one'), ('any', 'the next one, or a later one'), ('named', 'one of them only')], max_length=5, verbose_name='which cohort')),
                    ('lot', models.PositiveIntegerField(default=upwell.programs.models.calls.new_lot, editable=False)),
                    ('said_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                    ('cohort', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='willing', to='programs.cohort')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='willing', to=settings.AUTH_USER_MODEL)),
                    ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='willing', to='programs.program')),
                ],
                options={
                    'ordering': ['said_at'],
                    'constraints': [models.UniqueConstraint(fields=('program', 'person', 'role'), name='willing_once_in_a_role'), models.UniqueConstraint(condition=models.Q(('taken_back_at', None)), fields=('program', 'person'), name='willing_in_one_role'), models.CheckConstraint(condition=models.Q(('cohort', None), ('when', 'named'), _connector='OR'), name='willing_names_a_cohort')],
                },
            ),
            migrations.CreateModel(
                name='WillingTopic',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('strength', models.PositiveSmallIntegerField(default=2)),
                    ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='willing', to='programs.topic')),
                    ('willing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='topics', to='programs.willing')),
                ],
                options={
                    'ordering': ['-strength', 'topic__name'],
                    'constraints': [models.UniqueConstraint(fields=('willing', 'topic'), name='willing_topic_unique'), models.CheckConstraint(condition=models.Q(('strength__in', [1, 2, 3])), name='willing_topic_strength')],
                },
            ),
            migrations.CreateModel(
                name='Assumption',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('joins_low', models.PositiveSmallIntegerField(default=50, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='enroll, at least')),
                    ('joins_usual', models.PositiveSmallIntegerField(default=65, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='enroll, usually')),
                    ('joins_high', models.PositiveSmallIntegerField(default=80, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='enroll, at most')),
                    ('leaves_low', models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='drop out, at least')),
                    ('leaves_usual', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='drop out, usually')),
                    ('leaves_high', models.PositiveSmallIntegerField(default=12, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='drop out, at most')),
                    ('program', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='assumption', to='programs.program')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('joins_low__lte', models.F('joins_usual')), ('joins_usual__lte', models.F('joins_high')), ('joins_high__lte', 100)), name='assumption_joins', violation_error_message='From “at least” to “at most”, the numbers rise.'), models.CheckConstraint(condition=models.Q(('leaves_low__lte', models.F('leaves_usual')), ('leaves_usual__lte', models.F('leaves_high')), ('leaves_high__lte', 100)), name='assumption_leaves', violation_error_message='From “at least” to “at most”, the numbers rise.')],
                },
            ),
            migrations.CreateModel(
                name='OpenCall',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('token', models.CharField(default=upwell.programs.models.calls.new_token, max_length=8, unique=True)),
                    ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('closes_on', models.DateField(blank=True, help_text='Empty: until you close it.', null=True, verbose_name='open until')),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ('takes_mentors', models.BooleanField(default=True, verbose_name='mentors')),
                    ('takes_mentees', models.BooleanField(default=True, verbose_name='mentees')),
                    ('how_chosen', models.TextField(blank=True, max_length=1200, verbose_name='how people are chosen')),
                    ('program', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='open_call', to='programs.program')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('takes_mentors', True), ('takes_mentees', True), _connector='OR'), name='call_takes_somebody', violation_error_message='Please choose at least one role.')],
                },
            ),
        ]),
    ]
