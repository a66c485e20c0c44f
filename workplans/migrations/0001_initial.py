import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import uuid
import workplans.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('jobs', '0001_initial'),
        ('teams', '0001_initial'),
        ('teams', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='WorkPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period_kind', models.CharField(choices=[('calendar', 'পঞ্জিকা বছর'), ('half', 'অর্ধবছর'), ('fiscal', 'অর্থবছর')], max_length=10, verbose_name='সময়কালের ধরন')),
                ('starts_on', models.DateField(verbose_name='সময়কালের শুরু')),
                ('ends_on', models.DateField(verbose_name='সময়কালের শেষ')),
                ('form', models.CharField(choices=[('subject', 'বিষয়সহ, শুরু ও সমাপ্তির তারিখ'), ('progress', 'বিষয়সহ, অগ্রগতির কলামসহ'), ('combined', 'বিষয় ছাড়া, একটি বাস্তবায়নকাল')], default='progress', max_length=10, verbose_name='ছাপার ছক')),
                ('revision', models.PositiveSmallIntegerField(default=1, verbose_name='সংস্করণ')),
                ('status', models.CharField(choices=[('draft', 'খসড়া'), ('submitted', 'অনুমোদনের অপেক্ষায়'), ('returned', 'সংশোধনের জন্য ফেরত'), ('approved', 'অনুমোদিত'), ('closed', 'সমাপ্ত')], default='draft', max_length=10, verbose_name='অবস্থা')),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('returned_at', models.DateTimeField(blank=True, null=True)),
                ('return_reason', models.TextField(blank=True, verbose_name='ফেরতের কারণ')),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='workplans', to='teams.office', verbose_name='দপ্তর')),
                ('returned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'কর্মপরিকল্পনা',
                'verbose_name_plural': 'কর্মপরিকল্পনা',
                'ordering': ('-starts_on', 'office__path', '-revision'),
                'indexes': [models.Index(fields=['status', 'starts_on'], name='workplan_status_start')],
                'constraints': [models.UniqueConstraint(fields=('office', 'starts_on', 'ends_on', 'revision'), name='workplan_one_per_office_period_revision'), models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='workplan_period_in_order'), models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'submitted', 'returned', 'approved', 'closed'])), name='workplan_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('submitted_at__isnull', True), ('submitted_by__isnull', True)), models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='workplan_submitted_paired'), models.CheckConstraint(condition=models.Q(models.Q(('returned_at__isnull', True), ('returned_by__isnull', True)), models.Q(('returned_at__isnull', False), ('returned_by__isnull', False)), _connector='OR'), name='workplan_returned_paired'), models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', True), ('approved_by__isnull', True)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False)), _connector='OR'), name='workplan_approved_paired'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='workplan_closed_paired')],
            },
        ),
        migrations.CreateModel(
            name='Subject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=500, verbose_name='বিষয়')),
                ('position', models.PositiveIntegerField()),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='subjects', to='workplans.workplan')),
            ],
            options={
                'verbose_name': 'বিষয়',
                'verbose_name_plural': 'বিষয়',
                'ordering': ('position', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('plan', 'name'), name='subject_name_unique_in_plan')],
            },
        ),
        migrations.CreateModel(
            name='StandardSubject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300, verbose_name='বিষয়')),
                ('valid_from', models.DateField(verbose_name='যে তারিখ থেকে')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='যে তারিখ পর্যন্ত')),
            ],
            options={
                'verbose_name': 'প্রচলিত বিষয়',
                'verbose_name_plural': 'প্রচলিত বিষয়',
                'ordering': ('name',),
                'constraints': [models.UniqueConstraint(fields=('name', 'valid_from'), name='standardsubject_unique')],
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('title', models.TextField(verbose_name='প্রস্তাবিত বিষয় (গৃহীতব্য কাজের নাম)')),
                ('start_text', models.CharField(blank=True, max_length=500, verbose_name='শুরুর তারিখ')),
                ('end_text', models.CharField(blank=True, max_length=500, verbose_name='সমাপ্তির তারিখ')),
                ('starts_on', models.DateField(blank=True, null=True)),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('recurrence', models.CharField(blank=True, max_length=60)),
                ('responsible_text', models.TextField(blank=True, verbose_name='দায়িত্বপ্রাপ্ত কর্মকর্তা')),
                ('expected_result', models.TextField(blank=True, verbose_name='প্রত্যাশিত ফলাফল')),
                ('measure', models.TextField(blank=True, verbose_name='পরিমাপ')),
                ('doubts', models.JSONField(blank=True, default=list)),
                ('version', models.PositiveIntegerField(default=1)),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
                ('deleted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('responsible', models.ManyToManyField(blank=True, related_name='tasks', to='teams.post')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='workplans.subject')),
                ('updated_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='workplans.workplan')),
            ],
            options={
                'verbose_name': 'কাজ',
                'verbose_name_plural': 'কাজ',
                'ordering': ('position', 'pk'),
                'indexes': [models.Index(fields=['plan', 'deleted_at', 'position'], name='task_plan_order'), models.Index(fields=['ends_on'], name='task_ends_on')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('deleted_at__isnull', True), ('deleted_by__isnull', True)), ('deleted_at__isnull', False), _connector='OR'), name='task_deleted_paired'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='task_title_given')],
            },
        ),
        migrations.CreateModel(
            name='PlanImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filename', models.CharField(blank=True, max_length=255)),
                ('rows', models.JSONField()),
                ('skipped', models.JSONField(default=list)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('applied_at', models.DateTimeField(blank=True, null=True)),
                ('applied_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='imports', to='workplans.workplan')),
            ],
            options={
                'verbose_name': 'ছক আনা',
                'verbose_name_plural': 'ছক আনা',
                'ordering': ('-created_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='PlanDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.JSONField()),
                ('fingerprint', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('plan_status', models.CharField(choices=[('draft', 'খসড়া'), ('submitted', 'অনুমোদনের অপেক্ষায়'), ('returned', 'সংশোধনের জন্য ফেরত'), ('approved', 'অনুমোদিত'), ('closed', 'সমাপ্ত')], max_length=10)),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('job', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jobs.job')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='workplans.workplan')),
            ],
            options={
                'verbose_name': 'ছাপার রূপ',
                'verbose_name_plural': 'ছাপার রূপ',
                'ordering': ('-created_at', '-pk'),
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('plan', 'fingerprint'), name='plandocument_one_per_content')],
            },
        ),
        migrations.CreateModel(
            name='ProgressEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(default=django.utils.timezone.localdate, verbose_name='তারিখ')),
                ('text', models.TextField(blank=True, verbose_name='কী হয়েছে')),
                ('percent', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='অগ্রগতি (শতাংশ)')),
                ('achieved_value', models.CharField(blank=True, max_length=200, verbose_name='অর্জিত মান')),
                ('evidence', models.FileField(blank=True, upload_to=workplans.models.evidence_path, verbose_name='প্রমাণ (ছবি বা ফাইল)')),
                ('evidence_name', models.CharField(blank=True, max_length=255)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('by_post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.post')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='progress', to='workplans.task')),
            ],
            options={
                'verbose_name': 'অগ্রগতি',
                'verbose_name_plural': 'অগ্রগতি',
                'ordering': ('-on', '-pk'),
                'indexes': [models.Index(fields=['task', '-on'], name='progressentry_task_on')],
                'constraints': [models.CheckConstraint(condition=models.Q(('percent__isnull', True), models.Q(('percent__gte', 0), ('percent__lte', 100)), _connector='OR'), name='progressentry_percent_range'), models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), ('percent__isnull', False), models.Q(('achieved_value', ''), _negated=True), _connector='OR'), name='progressentry_says_something')],
            },
        ),
    ]
