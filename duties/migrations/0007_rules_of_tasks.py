"""When the tasks of a plan are reminded of, and how far up that goes."""

from datetime import date

from django.db import migrations

# What was due before these reminders came is not made good.
START = date(2026, 11, 22)
OWN = "এই ব্যবস্থার নিজস্ব প্রস্তাব; কোনো পরিপত্রে দিন বেঁধে দেওয়া নেই"
DAYS = ((-7, "owner"), (-1, "owner"), (1, "owner"), (7, "head"))


def add_rules(apps, schema_editor):
    rules = apps.get_model("duties", "ReminderRule").objects
    for offset, reaches in DAYS:
        rules.get_or_create(
            kind="task",
            offset_days=offset,
            valid_from=START,
            defaults={"reaches": reaches, "source": OWN},
        )


class Migration(migrations.Migration):
    dependencies = [("duties", "0006_tasks_are_owed")]

    operations = [migrations.RunPython(add_rules, migrations.RunPython.noop)]
