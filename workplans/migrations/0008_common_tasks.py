"""The library of tasks that offices plan every year, in the words of workplans.library."""

from datetime import date

from django.db import migrations

from workplans.library.common_tasks import COMMON_TASKS

SINCE = date(2013, 4, 8)
SOURCE = "ইনোভেশন টিমের ২০১৩ ও ২০২৩ সালের কার্যপরিধি অনুযায়ী প্রচলিত কাজ"


def fill(apps, schema_editor):
    manager = apps.get_model("workplans", "CommonTask")._default_manager
    manager.bulk_create(
        manager.model(**words._asdict(), valid_from=SINCE, source=SOURCE) for words in COMMON_TASKS
    )


class Migration(migrations.Migration):
    dependencies = [("workplans", "0007_source_of_imports")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
