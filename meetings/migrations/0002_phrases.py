"""Sentences that minutes use all the time, offered to every office while it types."""

from django.db import migrations

PHRASES = (
    ("discussion", "সভাপতি বিষয়টি উপস্থাপন করেন এবং উপস্থিত সদস্যদের মতামত চান।"),
    ("discussion", "বিষয়টি নিয়ে বিস্তারিত আলোচনা হয় এবং সকলে একমত হন।"),
    ("discussion", "সংশ্লিষ্ট কর্মকর্তা এ পর্যন্ত হওয়া অগ্রগতি সভাকে জানান।"),
    ("discussion", "তথ্য না পাওয়ায় বিষয়টি এ সভায় আলোচনা করা যায়নি।"),
    ("decision", "নির্ধারিত সময়ের মধ্যে কাজটি শেষ করে পরবর্তী সভায় প্রতিবেদন দিতে হবে।"),
    ("decision", "অগ্রগতির তথ্য প্রমাণসহ সভার অন্তত তিন দিন আগে জমা দিতে হবে।"),
    ("decision", "সংশ্লিষ্ট সকলকে পত্র দিয়ে বিষয়টি জানাতে হবে।"),
    ("decision", "কার্যক্রম চলমান থাকবে এবং প্রতি সভায় অগ্রগতি জানাতে হবে।"),
    ("opening", "সভাপতি উপস্থিত সকলকে স্বাগত জানিয়ে সভার কাজ শুরু করেন।"),
    ("closing", "আর কোনো আলোচ্য বিষয় না থাকায় সভাপতি সকলকে ধন্যবাদ জানিয়ে সভা শেষ করেন।"),
)


def add_phrases(apps, schema_editor):
    phrases = apps.get_model("meetings", "Phrase").objects
    for place, text in PHRASES:
        phrases.get_or_create(office=None, place=place, text=text)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]

    operations = [migrations.RunPython(add_phrases, migrations.RunPython.noop)]
