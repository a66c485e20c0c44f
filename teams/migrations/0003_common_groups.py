"""The groups of posts that every office has."""

from django.db import migrations

GROUPS = (("টিমের সকল সদস্য", "team"), ("অধীন সকল দপ্তর প্রধান", "heads_below"))


def add_groups(apps, schema_editor):
    groups = apps.get_model("teams", "PostGroup").objects
    for name, kind in GROUPS:
        groups.get_or_create(office=None, name=name, defaults={"kind": kind})


class Migration(migrations.Migration):
    dependencies = [("teams", "0002_groups_and_memos")]

    operations = [migrations.RunPython(add_groups, migrations.RunPython.noop)]
