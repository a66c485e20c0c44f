"""Due rules have moved to `teams`, where every room can ask them; what an office added goes along."""

from django.db import migrations

COLUMNS = ("month", "day", "valid_to", "source")


def carry_over(apps, schema_editor):
    moved = apps.get_model("teams", "DueRule").objects
    for rule in apps.get_model("duties", "DueRule").objects.all():
        moved.update_or_create(
            kind=rule.kind,
            month=rule.month,
            valid_from=rule.valid_from,
            defaults={name: getattr(rule, name) for name in COLUMNS},
        )


class Migration(migrations.Migration):

    dependencies = [
        ("duties", "0003_reminders"),
        ("teams", "0005_due_rules"),
    ]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.DeleteModel(name="DueRule"),
    ]
