"""Contents of reports as they were frozen, in the shapes that real ones have. All words invented.

The shape is the one in `reports.documents`; whoever needs a report that was written and sent
takes `tests.reports.build.make_report`.
"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bangla.digits import to_bangla
from workplans.documents import COLUMNS, REPORT_COLUMNS
from workplans.enums import PlanForm

Content = dict[str, Any]

# Stacked conjuncts, reph over them, vowel signs that stand before, joiners, and both nukta letters
# in both of their encodings (the second word has them as one code point, as older keyboards write).
HARD_WORDS = (
    "উজ্জ্বল সন্ন্যাস তীক্ষ্ণ বৈশিষ্ট্য স্বাতন্ত্র্য কর্তৃত্ব শ্রদ্ধাঞ্জলি হৃৎপিণ্ড ঊর্ধ্বতন রাষ্ট্রদ্রোহ র‍্যাব লক্ষ্ণৌ "
    "আষাঢ় ব্রাহ্মণবাড়িয়া সময় জ্যোৎস্না ভ্রূণ স্ত্রী e-Service ৩০% (প্রথম ধাপ) “সেবা” ১১টি→৭টি "
) + "সম\u09df আষা\u09dd বা\u09dcি"

SEAL = {
    "code": "7KQ2M4XB92TDFHW3",
    "code_shown": "7KQ2-M4XB-92TD-FHW3",
    "address": "https://udbhabon.example/verify/report/7KQ2M4XB92TDFHW3/",
    "address_shown": "udbhabon.example/verify/report/",
    "receipt_number": "২০২৬-২০২৭/০০০১২৩",
    "sent_at": "২৮ জুলাই ২০২৬, সকাল ১০:৪২ টা",
    "fingerprint": "0" * 64,
}
SENT_AT = datetime(2026, 7, 28, 10, 42, tzinfo=ZoneInfo("Asia/Dhaka"))


def section(
    key: str,
    title: str,
    *paragraphs: str,
    figures: list[Content] | None = None,
    tables: list[Content] | None = None,
    pictures: list[Content] | None = None,
) -> Content:
    return {
        "key": key,
        "number": "",
        "title": title,
        "paragraphs": list(paragraphs),
        "figures": figures or [],
        "tables": tables or [],
        "pictures": pictures or [],
    }


def figure(key: str, label: str, number: int, unit: str = "টি") -> Content:
    text = f"{to_bangla(number)}{unit}"
    value = f"{number}.00"
    return {"key": key, "label": label, "unit": unit, "value": value, "text": text, "reason": ""}


def list_table(
    key: str, title: str, columns: list[tuple[str, str]], rows: list[list[str]]
) -> Content:
    """`columns` are headings and classes."""
    return {
        "key": key,
        "kind": "list",
        "title": title,
        "columns": [
            {"key": f"c{number}", "heading": heading, "class": css}
            for number, (heading, css) in enumerate(columns)
        ],
        "rows": [
            {"key": f"{key}:{number}", "cells": cells} for number, cells in enumerate(rows, start=1)
        ],
    }


def plan_table(
    title: str, form: str, subjects: list[tuple[str, int]], serial_by: str = "task"
) -> Content:
    """A plan's table; each subject has so many tasks."""
    columns = REPORT_COLUMNS if form == PlanForm.PROGRESS else COLUMNS[PlanForm(form)]
    serial = 0
    groups = []
    for subject, tasks in subjects:
        rows = []
        for place in range(1, tasks + 1):
            serial += 1
            rows.append(task_row(serial, place))
        groups.append({"subject": subject, "rows": rows})
    return {
        "key": "tasks",
        "kind": "plan",
        "title": title,
        "serial_by": serial_by,
        "columns": [
            {"key": key, "heading": heading, "class": css} for key, heading, css in columns
        ],
        "groups": groups,
    }


def task_row(serial: int, place: int) -> Content:
    month = to_bangla(serial % 9 + 1)
    return {
        "key": f"task:{serial}",
        "serial": str(serial),
        "title": f"{to_bangla(serial)} নম্বর কাজ: আবেদন থেকে নিষ্পত্তি পর্যন্ত ধাপ কমানো ও {HARD_WORDS}",
        "start": f"০{month}/০৭/২০২৬",
        "end": f"১{month}/১২/২০২৬",
        "period": f"০{month} জুলাই ২০২৬ – ১{month} ডিসেম্বর ২০২৬",
        "responsible": f"সহকারী কমিশনার ({to_bangla(place)})\nইনোভেশন অফিসার",
        "expected_result": "সেবা পেতে সময়, ব্যয় ও যাতায়াত কমবে; নাগরিক সন্তুষ্টি বৃদ্ধি পাবে",
        "measure": f"নিষ্পন্ন আবেদন {to_bangla(serial * 10)}টি",
        "progress": f"প্রথম ধাপ সম্পন্ন, দ্বিতীয় ধাপ চলমান ({to_bangla(serial * 7 % 101)}%)",
        "state": "running",
    }


def report(kind: str, office: str, tier: str, period: str, *sections: Content) -> Content:
    for number, each in enumerate(sections, start=1):
        each["number"] = to_bangla(number)
    title = "বার্ষিক" if kind == "annual" else "অর্ধবার্ষিক"
    return {
        "format": 2,
        "kind": kind,
        "title": f"উদ্ভাবনী কার্যক্রমের {title} প্রতিবেদন",
        "office": office,
        "office_code": "any-office",
        "tier": tier,
        "superior": "মন্ত্রিপরিষদ বিভাগ",
        "period": period,
        "period_code": "2025-2026",
        "starts_on": "2025-07-01",
        "ends_on": "2026-06-30",
        "period_dates": "১ জুলাই ২০২৫ থেকে ৩০ জুন ২০২৬",
        "date": "২৮ জুলাই ২০২৬",
        "bangla_date": "১৩ শ্রাবণ ১৪৩৩",
        "sections": list(sections),
        "signature": {
            "name": "শাহানা পারভীন",
            "designation": "জেলা প্রশাসক",
            "office": office,
        },
    }


def annual(*, tasks: int = 6, pictures: list[Content] | None = None) -> Content:
    """A district's report on a year, with each kind of part."""
    return report(
        "annual",
        "জেলা প্রশাসকের কার্যালয়, স্বর্ণগ্রাম",
        "district",
        "২০২৫–২৬ অর্থবছর",
        section("introduction", "ভূমিকা", f"এ বছর {HARD_WORDS} নিয়ে কাজ হয়েছে।", "দ্বিতীয় অনুচ্ছেদ।"),
        section(
            "meetings",
            "ইনোভেশন টিমের সভা",
            "প্রতি মাসে একটি করে সভা হয়েছে; সিদ্ধান্তের বেশির ভাগ বাস্তবায়িত।",
            figures=[
                figure("held", "অনুষ্ঠিত সভা", 12),
                figure("monthly", "মাসিক সভা হয়েছে এমন মাস", 11, " মাস"),
                figure("decisions", "গৃহীত সিদ্ধান্ত", 48),
                figure("decisions_done", "বাস্তবায়িত সিদ্ধান্ত", 41),
                figure("present", "গড় উপস্থিতি", 9, " জন"),
            ],
            tables=[
                list_table(
                    "list",
                    "সভার তালিকা",
                    [("ক্রম", "c-serial"), ("সভা", ""), ("তারিখ", "c-date"), ("সিদ্ধান্ত", "c-number")],
                    [
                        [to_bangla(n), f"{to_bangla(n)}ম মাসিক সভা", f"{to_bangla(n)} মে ২০২৬", "৪টি"]
                        for n in range(1, 13)
                    ],
                )
            ],
        ),
        section(
            "training",
            "কর্মশালা ও প্রশিক্ষণ",
            "তিনটি ব্যাচে প্রশিক্ষণ হয়েছে।",
            figures=[
                figure("participants", "প্রশিক্ষণার্থী", 124567, " জন"),
                {**figure("women", "নারী", 60, " জন"), "reason": "একটি ব্যাচ অন্য দপ্তর আয়োজন করেছে"},
            ],
            tables=[
                list_table(
                    "activities",
                    "প্রশিক্ষণ ও কর্মশালা",
                    [
                        ("ক্রম", "c-serial"),
                        ("বিষয়", ""),
                        ("তারিখ", "c-date"),
                        ("স্থান", ""),
                        ("ব্যাচ", "c-number"),
                        ("অংশগ্রহণকারী", "c-number"),
                        ("নারী", "c-number"),
                        ("মন্তব্য", "c-words"),
                    ],
                    [
                        [
                            "১",
                            f"নাগরিক সেবায় উদ্ভাবন: {HARD_WORDS}",
                            "৩–৪ মে ২০২৬",
                            "সম্মেলনকক্ষ",
                            "২টি",
                            "৬০ জন",
                            "২৫ জন",
                            "দুই দিনের\nআবাসিক",
                        ]
                    ],
                )
            ],
        ),
        section(
            "plan",
            "কর্মপরিকল্পনা ও বাস্তবায়ন অগ্রগতি",
            "বছরের পরিকল্পনার অগ্রগতি নিচে দেওয়া হলো।",
            figures=[figure("percent", "গড় অগ্রগতি", 72, "%")],
            tables=[
                plan_table(
                    "",
                    PlanForm.PROGRESS,
                    [("দাপ্তরিক কর্মপ্রক্রিয়ার উন্নয়ন", tasks), ("সেবা সহজীকরণ", tasks)],
                )
            ],
        ),
        section("problems", "সমস্যা, শিক্ষা ও সুপারিশ", "জনবলের ঘাটতি; প্রশিক্ষণ দরকার।"),
        section("annexes", "সংযোজনী", "ছবি ও কার্যবিবরণীর সিদ্ধান্ত।", pictures=pictures),
    )


def divisional_half_year(*, tasks: int = 14) -> Content:
    """Narrative parts, then the plan of the next year with one combined period column."""
    return report(
        "half_yearly",
        "বিভাগীয় কমিশনারের কার্যালয়, মেঘনাপার",
        "division",
        "২০২৫ সালের জুলাই–ডিসেম্বর",
        section("introduction", "ভূমিকা", f"বিভাগের {HARD_WORDS} কার্যক্রমের বিবরণ।"),
        section(
            "meetings",
            "ইনোভেশন টিমের সভা",
            "ছয় মাসে ছয়টি সভা হয়েছে। প্রথম সভায় জেলার উদ্যোগগুলো নিয়ে আলোচনা হয়।",
            "দ্বিতীয় সভা থেকে প্রতিটি জেলার একজন প্রতিনিধি অনলাইনে যোগ দিয়েছেন।",
        ),
        section("training", "কর্মশালা ও প্রশিক্ষণ", "দুটি কর্মশালায় ৮০ জন কর্মকর্তা অংশ নিয়েছেন।"),
        section("visits", "পরিবীক্ষণ ও পরিদর্শন", "চারটি জেলার ছয়টি পাইলট পরিদর্শন করা হয়েছে।"),
        section("problems", "সমস্যা, শিক্ষা ও সুপারিশ", "বাজেট বরাদ্দের খাত স্পষ্ট হওয়া দরকার।"),
        section(
            "next_plan",
            "পরবর্তী সময়ের কর্মপরিকল্পনা",
            tables=[plan_table("২০২৬ সালের কর্মপরিকল্পনা", PlanForm.COMBINED, [("", tasks)])],
        ),
    )


def ministry_progress(*, tasks: int = 8) -> Content:
    """The progress table in which several tasks stand under one serial number."""
    subjects = [
        ("দাপ্তরিক অভ্যন্তরীণ কর্মপ্রক্রিয়ার উন্নয়ন", tasks),
        ("সেবা প্রদান প্রক্রিয়ার সহজীকরণ", 3),
        ("সক্ষমতা বৃদ্ধি", 1),
    ]
    return report(
        "annual",
        "পল্লী উদ্যোগ ও জ্যোৎস্নাসেবা মন্ত্রণালয়",
        "ministry",
        "২০২৫–২৬ অর্থবছর",
        section(
            "plan",
            "কর্মপরিকল্পনা ও বাস্তবায়ন অগ্রগতি",
            tables=[plan_table("", PlanForm.PROGRESS, subjects, serial_by="subject")],
        ),
    )
