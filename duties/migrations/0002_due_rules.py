"""The due dates in force: duty 5 of the gazette asks for the annual report by 31 July."""

from datetime import date

from django.db import migrations


def add_rules(apps, schema_editor):
    apps.get_model("duties", "DueRule").objects.get_or_create(
        kind="annual_report",
        valid_from=date(2023, 11, 16),
        defaults={
            "month": 7,
            "day": 31,
            "source": "মন্ত্রিপরিষদ বিভাগের প্রজ্ঞাপন, ১৬ নভেম্বর ২০২৩, কার্যপরিধি (৫)",
        },
    )


class Migration(migrations.Migration):
    dependencies = [("duties", "0001_initial")]

    operations = [migrations.RunPython(add_rules, migrations.RunPython.noop)]
