"""Rules and memory of reminders, with the rules that come with the system."""

from datetime import date

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Days after the due date of a meeting's decision; negative ones lie before it.
OFFSETS = (-7, -1, 1, 7)


def add_rules(apps, schema_editor):
    for offset in OFFSETS:
        apps.get_model("duties", "ReminderRule").objects.get_or_create(
            kind="decision",
            offset_days=offset,
            valid_from=date(2026, 7, 1),
            defaults={"source": "এই ব্যবস্থার নিজস্ব প্রস্তাব; কোনো পরিপত্রে দিন বেঁধে দেওয়া নেই"},
        )


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0002_due_rules"),
        ("jobs", "0002_outbox"),
        ("meetings", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReminderRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="যে তারিখ থেকে")),
                (
                    "valid_to",
                    models.DateField(blank=True, null=True, verbose_name="যে তারিখ পর্যন্ত"),
                ),
                (
                    "source",
                    models.CharField(max_length=300, verbose_name="সূত্র (প্রজ্ঞাপন বা পরিপত্র)"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("decision", "সভার সিদ্ধান্ত")], max_length=20, verbose_name="কী"
                    ),
                ),
                (
                    "offset_days",
                    models.SmallIntegerField(
                        verbose_name="শেষ তারিখের কত দিন পরে (আগে হলে ঋণাত্মক)"
                    ),
                ),
            ],
            options={
                "verbose_name": "মনে করিয়ে দেওয়ার নিয়ম",
                "verbose_name_plural": "মনে করিয়ে দেওয়ার নিয়ম",
                "ordering": ("kind", "offset_days", "valid_from"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "offset_days", "valid_from"),
                        name="reminderrule_one_per_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["decision"])),
                        name="reminderrule_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="reminderrule_period_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_on", models.DateField()),
                ("offset_days", models.SmallIntegerField()),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="meetings.assignment",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="jobs.letter",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "মনে করিয়ে দেওয়া",
                "verbose_name_plural": "মনে করিয়ে দেওয়া",
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assignment", "due_on", "offset_days", "person"),
                        name="reminder_told_once",
                    )
                ],
            },
        ),
        migrations.RunPython(add_rules, migrations.RunPython.noop),
    ]
