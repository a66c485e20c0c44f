"""Subjects in common use, offered while typing; later circulars add dated rows of their own."""

from datetime import date

from django.db import migrations

SINCE = date(2015, 1, 1)
SUBJECTS = (
    "নিজ দপ্তরের সেবা সহজীকরণ",
    "ই-সেবা চালু ও সম্প্রসারণ",
    "দাপ্তরিক অভ্যন্তরীণ কর্মপ্রক্রিয়ার উন্নয়ন",
    "উদ্ভাবনী ধারণা আহ্বান ও যাচাই-বাছাই",
    "পাইলট উদ্যোগ বাস্তবায়ন",
    "রেপ্লিকেশন ও স্কেল-আপ",
    "উদ্ভাবন প্রদর্শন (শোকেসিং)",
    "প্রশিক্ষণ ও সক্ষমতা বৃদ্ধি",
    "উদ্ভাবনী সহায়ক পরিবেশ তৈরি",
    "স্বীকৃতি ও প্রণোদনা",
    "উদ্ভাবকদের আর্থিক সহায়তা",
    "পার্টনারশিপ ও নেটওয়ার্কিং",
    "সোশ্যাল মিডিয়ার ব্যবহার",
    "ওয়েবসাইট ও ই-নথি হালনাগাদ",
    "সিটিজেন চার্টার বাস্তবায়ন",
    "অভিযোগ প্রতিকার ও মতামত",
    "তথ্য অধিকার ও উন্মুক্ত উপাত্ত",
    "সাইবার নিরাপত্তা ও উপাত্ত সুরক্ষা",
    "পরিবীক্ষণ ও মূল্যায়ন",
    "প্রকাশনা ও ডকুমেন্টেশন",
)


def add_subjects(apps, schema_editor):
    subjects = apps.get_model("workplans", "StandardSubject").objects
    for name in SUBJECTS:
        subjects.get_or_create(name=name, valid_from=SINCE)


class Migration(migrations.Migration):
    dependencies = [("workplans", "0001_initial")]

    operations = [migrations.RunPython(add_subjects, migrations.RunPython.noop)]
