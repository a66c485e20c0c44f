import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('jobs', '0001_initial'),
        ('teams', '0001_initial'),
        ('teams', '__first__'),
        ('workplans', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('annual', 'বার্ষিক প্রতিবেদন'), ('half_yearly', 'অর্ধবার্ষিক প্রতিবেদন')], max_length=12, verbose_name='ধরন')),
                ('introduction', models.TextField(blank=True, verbose_name='ভূমিকা')),
                ('closing', models.TextField(blank=True, verbose_name='সমস্যা, শিক্ষা ও সুপারিশ')),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='teams.office', verbose_name='দপ্তর')),
                ('plan', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='report', to='workplans.workplan', verbose_name='কর্মপরিকল্পনা')),
            ],
            options={
                'verbose_name': 'প্রতিবেদন',
                'verbose_name_plural': 'প্রতিবেদন',
                'ordering': ('-plan__starts_on', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['annual', 'half_yearly'])), name='report_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='ReportDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.JSONField()),
                ('fingerprint', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('job', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jobs.job')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='reports.report')),
            ],
            options={
                'verbose_name': 'মুদ্রিত প্রতিবেদন',
                'verbose_name_plural': 'মুদ্রিত প্রতিবেদন',
                'ordering': ('-created_at', '-pk'),
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('report', 'fingerprint'), name='reportdocument_one_per_content')],
            },
        ),
    ]
