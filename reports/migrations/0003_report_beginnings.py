"""The rules of reports until a circular sets others; older reports take their new shape."""

from datetime import date

from django.db import migrations

OWN = "এই ব্যবস্থার নিজস্ব প্রস্তাব, মাঠের প্রতিবেদনগুলোর গড়ন দেখে; পরিপত্র হলে নতুন সারিতে বদলাবে"
EARLIEST = date(2010, 1, 1)
# Plans and reports were about calendar years until the middle of 2017, and about fiscal years since.
YEARS = (
    ("annual", "calendar", EARLIEST, date(2017, 6, 30)),
    ("annual", "fiscal", date(2017, 7, 1), None),
    ("half_yearly", "half", EARLIEST, None),
)
# section, required in the annual report, in half-yearly ones too
SECTIONS = (
    ("introduction", True, True),
    ("meetings", True, True),
    ("training", False, True),
    ("projects", True, True),
    ("visits", False, True),
    ("circles", False, True),
    ("social_media", False, True),
    ("e_services", False, True),
    ("ideas", True, True),
    ("showcase", False, True),
    ("replication", False, True),
    ("finance", False, True),
    ("problems", True, True),
    ("plan", True, True),
    ("scores", False, False),
    ("next_plan", True, True),
    ("annexes", False, True),
)
SCORES_SINCE = date(2018, 7, 1)
# key, name, name in English, help, help in English, points
CRITERIA = (
    (
        "complete",
        "সব অংশ আছে",
        "Every part is there",
        "নির্ধারিত সব অংশ আছে; যেটি নেই তার কারণ বলা আছে",
        "All parts asked for are there, and a reason stands where one is not",
        20,
    ),
    (
        "true",
        "সংখ্যাগুলো নথির সঙ্গে মেলে",
        "The numbers agree with the records",
        "হাতে বদলানো সংখ্যার কারণ গ্রহণযোগ্য",
        "Where a number was typed by hand its reason can be accepted",
        25,
    ),
    (
        "plan",
        "কর্মপরিকল্পনার বাস্তবায়ন",
        "The plan was carried out",
        "কাজগুলোর অগ্রগতি ও না হওয়ার কারণ স্পষ্ট",
        "Progress of the tasks, and why what was not done was not, are clear",
        25,
    ),
    (
        "results",
        "সেবাগ্রহীতার উপকার দেখানো হয়েছে",
        "What people gained is shown",
        "সময়, খরচ ও যাতায়াত কতটা কমেছে তা মাপা",
        "Time, cost and visits saved were measured",
        20,
    ),
    (
        "lessons",
        "সমস্যা ও শিক্ষা থেকে পরের পরিকল্পনা",
        "Next year's plan follows from this year's lessons",
        "পরের পরিকল্পনায় এ বছরের শিক্ষার প্রতিফলন আছে",
        "What was learnt this year shows in the next plan",
        10,
    ),
)


def add_rules(apps, schema_editor):
    years = apps.get_model("reports", "ReportingYear").objects
    for kind, period_kind, first, last in YEARS:
        years.get_or_create(
            kind=kind,
            valid_from=first,
            defaults={"period_kind": period_kind, "valid_to": last, "source": OWN},
        )
    rules = apps.get_model("reports", "SectionRule").objects
    for kind in ("annual", "half_yearly"):
        for position, (section, is_required, in_half) in enumerate(SECTIONS, start=1):
            if kind == "half_yearly" and not in_half:
                continue
            rules.get_or_create(
                kind=kind,
                section=section,
                valid_from=SCORES_SINCE if section == "scores" else EARLIEST,
                defaults={"position": position, "is_required": is_required, "source": OWN},
            )
    criteria = apps.get_model("reports", "ReviewCriterion").objects
    for position, (key, name_bn, name_en, help_bn, help_en, points) in enumerate(CRITERIA, 1):
        criteria.get_or_create(
            key=key,
            valid_from=date(2023, 11, 16),
            defaults={
                "position": position,
                "name_bn": name_bn,
                "name_en": name_en,
                "help_bn": help_bn,
                "help_en": help_en,
                "points": points,
                "source": OWN,
            },
        )


def carry_over(apps, schema_editor):
    """A report of the first slice had two boxes of words and the period of its plan."""
    sections = apps.get_model("reports", "Section").objects
    for report in apps.get_model("reports", "Report").objects.select_related("plan"):
        report.period_kind = report.plan.period_kind
        report.starts_on, report.ends_on = report.plan.starts_on, report.plan.ends_on
        report.save(update_fields=["period_kind", "starts_on", "ends_on"])
        words = {"introduction": report.introduction, "problems": report.closing}
        for position, (section, is_required, in_half) in enumerate(SECTIONS, start=1):
            if report.kind == "half_yearly" and not in_half:
                continue
            if section == "scores" and report.ends_on < SCORES_SINCE:
                continue
            sections.create(
                report=report,
                key=section,
                position=position,
                is_required=is_required,
                words=words.get(section, ""),
                is_own_words=bool(words.get(section)),
            )


class Migration(migrations.Migration):

    dependencies = [("reports", "0002_report_life")]

    operations = [
        migrations.RunPython(add_rules, migrations.RunPython.noop),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
