"""What plans were approved before their meeting was asked for, when tasks are due, and the forms.

The forms: the one of 2016 with the subject spanning its rows, with a column of progress from the
years after, and the scored one that work plans have had since the fiscal year 2018-19.
"""

from datetime import date

from django.db import migrations
from django.db.models import F
from django.db.models.functions import TruncDate

FORMS = (
    ("subject", date(2013, 1, 1), date(2016, 12, 31), "২০১৬ সালের বাৎসরিক কর্মপরিকল্পনার ছক"),
    ("progress", date(2017, 1, 1), date(2018, 6, 30), "অগ্রগতির কলামসহ বাৎসরিক কর্মপরিকল্পনার ছক"),
    ("scored", date(2018, 7, 1), None, "২০১৮-১৯ অর্থবছর থেকে উদ্ভাবন কর্মপরিকল্পনার মানভিত্তিক ছক"),
)


def fill(apps, schema_editor):
    plans = apps.get_model("workplans", "WorkPlan")._default_manager.filter(approved_at__isnull=False)
    plans.update(meeting_on=TruncDate("approved_at"))
    tasks = apps.get_model("workplans", "Task")._default_manager.filter(recurrence="")
    tasks.update(due_on=F("ends_on"))
    rules = apps.get_model("workplans", "PlanFormRule")._default_manager
    for form, valid_from, valid_to, source in FORMS:
        rules.get_or_create(
            valid_from=valid_from, defaults={"form": form, "valid_to": valid_to, "source": source}
        )


class Migration(migrations.Migration):
    dependencies = [("workplans", "0004_plan_complete")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
