"""Of tasks written before: how many parts each has, and by when the next thing is due."""

from django.db import migrations

from workplans.parts import Reported, due_day, parts_of

MANY = 500


def add_due_days(apps, schema_editor):
    tasks = apps.get_model("workplans", "Task")._default_manager.select_related("plan")
    whole, of_parts = _told(apps.get_model("workplans", "ProgressEntry"))
    changed = []
    for task in tasks.order_by("pk").iterator(MANY):
        parts = parts_of(task)
        task.part_count = len(parts)
        task.due_on = due_day(task, parts, of_parts.get(task.pk, {}), whole.get(task.pk))
        if task.part_count or task.due_on:
            changed.append(task)
    tasks.bulk_update(changed, ["part_count", "due_on"], batch_size=MANY)


def _told(entries):
    """The latest of each whole task and of each part."""
    whole, of_parts = {}, {}
    columns = ("task_id", "on", "percent", "part", "part_percent")
    for task, on, percent, part, part_percent in entries._default_manager.order_by(
        "on", "pk"
    ).values_list(*columns):
        if percent is not None:
            whole[task] = percent
        if part and part_percent is not None:
            of_parts.setdefault(task, {})[part] = Reported(part_percent, on)
    return whole, of_parts


class Migration(migrations.Migration):
    dependencies = [("workplans", "0008_common_tasks")]

    operations = [migrations.RunPython(add_due_days, migrations.RunPython.noop)]
