"""Each job has its place in the line."""

import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def take_place(apps, schema_editor):
    """What waits already stands in the order in which it was asked for."""
    apps.get_model("jobs", "Job").objects.update(turn_at=models.F("created_at"))


class Migration(migrations.Migration):

    dependencies = [
        ('jobs', '0002_outbox'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='job',
            name='group',
            field=models.CharField(blank=True, max_length=60, verbose_name='যাঁদের কাজ'),
        ),
        migrations.AddField(
            model_name='job',
            name='turn_at',
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name='যখন পালা আসবে'),
        ),
        migrations.RunPython(take_place, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(fields=['status', 'turn_at', 'id'], name='job_in_line'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(fields=['group', 'status'], name='job_of_group'),
        ),
    ]
