"""Reminders of everything that is owed, not of decisions alone, and how far up each one goes."""

from datetime import date

from django.db import migrations, models
from django.db.models import F, Value
from django.db.models.functions import Cast, Concat

# What was due before reminders came is not made good.
START = date(2026, 11, 22)
OWN = "এই ব্যবস্থার নিজস্ব প্রস্তাব; কোনো পরিপত্রে দিন বেঁধে দেওয়া নেই"
YEARLY = ((-30, "owner"), (-7, "owner"), (-1, "owner"), (1, "head"), (7, "superior"), (30, "superior"))
MONTHLY = ((-7, "owner"), (-1, "owner"), (1, "head"), (7, "superior"))
RULES = {
    "annual_report": YEARLY,
    "half_year": YEARLY,
    "plan": YEARLY,
    "meeting": MONTHLY,
    "resubmission": MONTHLY,
    "review": MONTHLY,
}


def keep_matters(apps, schema_editor):
    """What was told of an assignment stays told."""
    apps.get_model("duties", "Reminder").objects.update(
        matter=Concat(Value("decision:"), Cast(F("assignment_id"), models.CharField()))
    )


def keep_reach(apps, schema_editor):
    """Until now the head heard of a decision from its second day after the due date on."""
    rules = apps.get_model("duties", "ReminderRule").objects.filter(kind="decision")
    after = sorted(set(rules.filter(offset_days__gt=0).values_list("offset_days", flat=True)))
    rules.filter(offset_days__in=after[1:]).update(reaches="head")


def add_rules(apps, schema_editor):
    rules = apps.get_model("duties", "ReminderRule").objects
    for kind, days in RULES.items():
        for offset, reaches in days:
            rules.get_or_create(
                kind=kind,
                offset_days=offset,
                valid_from=START,
                defaults={"reaches": reaches, "source": OWN},
            )


KINDS = [
    ("plan", "বাৎসরিক কর্মপরিকল্পনা"),
    ("meeting", "মাসিক সভা"),
    ("half_year", "অর্ধবার্ষিক প্রতিবেদন"),
    ("annual_report", "বার্ষিক প্রতিবেদন"),
    ("resubmission", "ফেরত প্রতিবেদনের সংশোধন"),
    ("review", "প্রতিবেদন পর্যালোচনা"),
    ("decision", "সভার সিদ্ধান্ত"),
]
REACHES = [
    ("owner", "যাঁর করণীয়"),
    ("head", "দপ্তর প্রধানও"),
    ("superior", "ঊর্ধ্বতন দপ্তরের ইনোভেশন অফিসারও"),
]


class Migration(migrations.Migration):
    dependencies = [("duties", "0004_rules_moved"), ("teams", "0005_due_rules")]

    operations = [
        migrations.AddField(
            "reminderrule",
            "reaches",
            models.CharField(
                choices=REACHES, default="owner", max_length=10, verbose_name="যাঁদের কাছে যায়"
            ),
        ),
        migrations.AlterField(
            "reminderrule",
            "kind",
            models.CharField(choices=KINDS, max_length=20, verbose_name="কী"),
        ),
        migrations.RemoveConstraint("reminderrule", "reminderrule_kind_known"),
        migrations.AddConstraint(
            "reminderrule",
            models.CheckConstraint(
                condition=models.Q(("kind__in", [key for key, _ in KINDS])),
                name="reminderrule_kind_known",
            ),
        ),
        migrations.AddConstraint(
            "reminderrule",
            models.CheckConstraint(
                condition=models.Q(("reaches__in", [key for key, _ in REACHES])),
                name="reminderrule_reach_known",
            ),
        ),
        migrations.AddField(
            "reminder", "matter", models.CharField(default="", max_length=80), preserve_default=False
        ),
        migrations.RunPython(keep_matters, migrations.RunPython.noop),
        migrations.RemoveConstraint("reminder", "reminder_told_once"),
        migrations.RemoveField("reminder", "assignment"),
        migrations.AddConstraint(
            "reminder",
            models.UniqueConstraint(
                fields=("matter", "due_on", "offset_days", "person"), name="reminder_told_once"
            ),
        ),
        migrations.RunPython(keep_reach, migrations.RunPython.noop),
        migrations.RunPython(add_rules, migrations.RunPython.noop),
    ]
