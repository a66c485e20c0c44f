"""The due dates in force. The gazette of 16 November 2023 names one day, 31 July; where it says
"at the beginning of the year" or "each month" the day is this system's own proposal."""

from datetime import date

from django.db import migrations

GAZETTE = "মন্ত্রিপরিষদ বিভাগের প্রজ্ঞাপন, ১৬ নভেম্বর ২০২৩, কার্যপরিধি "
PROPOSED = "; দিনটি এই ব্যবস্থার নিজস্ব প্রস্তাব"
START, GAZETTED = date(2026, 7, 1), date(2023, 11, 16)
# No office was asked for the half-year that was over when the system began.
FIRST_HALF = date(2026, 8, 1)
# kind, month, day, days after, from when on, source
RULES = (
    ("annual_report", 7, 31, None, GAZETTED, GAZETTE + "(৫)"),
    ("plan", 7, 31, None, START, GAZETTE + "(২)" + PROPOSED),
    ("meeting", None, 31, None, START, GAZETTE + "(৩)" + PROPOSED),
    ("half_year", 1, 31, None, FIRST_HALF, "এই ব্যবস্থার নিজস্ব প্রস্তাব"),
    ("half_year", 7, 31, None, FIRST_HALF, "এই ব্যবস্থার নিজস্ব প্রস্তাব"),
    ("review", None, None, 15, START, "এই ব্যবস্থার নিজস্ব প্রস্তাব"),
    ("resubmission", None, None, 10, START, "এই ব্যবস্থার নিজস্ব প্রস্তাব"),
)


def add_rules(apps, schema_editor):
    rules = apps.get_model("teams", "DueRule").objects
    for kind, month, day, days_after, valid_from, source in RULES:
        rules.get_or_create(
            kind=kind,
            month=month,
            valid_from=valid_from,
            defaults={"day": day, "days_after": days_after, "source": source},
        )


class Migration(migrations.Migration):

    dependencies = [("teams", "0004_deadlines")]

    operations = [migrations.RunPython(add_rules, migrations.RunPython.noop)]
