"""The criteria by which ideas are scored until a circular sets others."""

from datetime import date

from django.db import migrations

# key, name, name in English, help, help in English, weight
CRITERIA = (
    (
        "benefit",
        "সময়, খরচ ও যাতায়াতে উপকার",
        "Benefit in time, cost and visits",
        "সেবাগ্রহীতার সময়, খরচ ও যাতায়াত কতটা কমবে, আর কতজনের",
        "How much less time, cost and travel, and for how many people",
        40,
    ),
    (
        "feasibility",
        "বাস্তবায়নযোগ্যতা",
        "Feasibility",
        "দপ্তরের এখতিয়ার, জনবল ও সময়ের মধ্যে করা যাবে কি না",
        "Whether the office's mandate, people and time allow it",
        20,
    ),
    (
        "cost",
        "বাস্তবায়নের খরচ",
        "Cost of carrying it out",
        "খরচ যত কম ও অর্থের উৎস যত নিশ্চিত, নম্বর তত বেশি",
        "The lower the cost and the surer its source, the more points",
        10,
    ),
    (
        "novelty",
        "নতুনত্ব",
        "Novelty",
        "এই দপ্তর বা এই সেবায় আগে হয়েছে কি না",
        "Whether it is new to this office or this service",
        10,
    ),
    (
        "replicability",
        "অন্যত্র প্রয়োগের সুযোগ",
        "Replicability",
        "একই সেবা দেয় এমন অন্য দপ্তরে কতটা সহজে নেওয়া যাবে",
        "How easily other offices with the same service could take it over",
        20,
    ),
)


def add_criteria(apps, schema_editor):
    criteria, _created = apps.get_model("ideas", "Criteria").objects.get_or_create(
        valid_from=date(2023, 11, 16),
        defaults={"source": "ব্যবস্থার নিজস্ব প্রস্তাব; পরিপত্র হলে নতুন সারিতে বদলাবে"},
    )
    rows = apps.get_model("ideas", "Criterion").objects
    for position, (key, name_bn, name_en, help_bn, help_en, weight) in enumerate(CRITERIA, 1):
        rows.get_or_create(
            criteria=criteria,
            key=key,
            defaults={
                "position": position,
                "name_bn": name_bn,
                "name_en": name_en,
                "help_bn": help_bn,
                "help_en": help_en,
                "weight": weight,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("ideas", "0001_initial")]

    operations = [migrations.RunPython(add_criteria, migrations.RunPython.noop)]
