"""The old columns go, and periods are held to their rules."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("reports", "0003_report_beginnings")]

    operations = [
        migrations.RemoveField(
            model_name='report',
            name='closing',
        ),
        migrations.RemoveField(
            model_name='report',
            name='introduction',
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(fields=('office', 'kind', 'starts_on', 'ends_on'), name='report_one_per_period'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='report_period_in_order'),
        ),
    ]
