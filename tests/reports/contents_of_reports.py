"""Contents of reports as they are frozen, small but with something of every shape."""

from copy import deepcopy
from typing import Any

from reports.models import Submission

MEETING_COLUMNS = [
    {"key": "serial", "heading": "ক্রম", "class": "c-serial"},
    {"key": "held_on", "heading": "তারিখ", "class": "c-date"},
    {"key": "topic", "heading": "আলোচ্য বিষয়", "class": ""},
]
PLAN_COLUMNS = [
    {"key": "title", "heading": "গৃহীতব্য কাজ", "class": "c-title"},
    {"key": "end", "heading": "সমাপ্তি", "class": "c-date"},
    {"key": "progress", "heading": "অগ্রগতি", "class": ""},
]
SECTIONS: list[dict[str, Any]] = [
    {
        "key": "introduction",
        "number": "১",
        "title": "ভূমিকা",
        "paragraphs": ["নাগরিক সেবা সহজ করতে এ বছর ইনোভেশন টিম বারোটি উদ্যোগ নিয়েছে।"],
        "figures": [],
        "tables": [],
        "pictures": [],
    },
    {
        "key": "meetings",
        "number": "২",
        "title": "ইনোভেশন টিমের সভা",
        "paragraphs": ["প্রতি মাসে একটি করে সভা হয়েছে।", "সিদ্ধান্তের অগ্রগতি প্রতি সভায় দেখা হয়।"],
        "figures": [
            {"key": "held", "label": "অনুষ্ঠিত সভা", "unit": "টি", "value": "12", "text": "১২টি"},
            {"key": "decisions", "label": "সিদ্ধান্ত", "unit": "টি", "value": "48", "text": "৪৮টি"},
        ],
        "tables": [
            {
                "key": "meetings",
                "kind": "list",
                "title": "সভার তালিকা",
                "columns": MEETING_COLUMNS,
                "rows": [
                    {"key": "meeting:1", "cells": ["১", "১২ জুলাই ২০২৫", "বার্ষিক কর্মপরিকল্পনা"]},
                    {"key": "meeting:2", "cells": ["২", "১৪ আগস্ট ২০২৫", "ই-নথির ব্যবহার"]},
                ],
            }
        ],
        "pictures": [],
    },
    {
        "key": "plan",
        "number": "৩",
        "title": "কর্মপরিকল্পনা ও বাস্তবায়ন অগ্রগতি",
        "paragraphs": [],
        "figures": [],
        "tables": [
            {
                "key": "plan",
                "kind": "plan",
                "title": "",
                "columns": PLAN_COLUMNS,
                "groups": [
                    {
                        "subject": "সেবা সহজীকরণ",
                        "rows": [
                            {
                                "key": "task:1",
                                "serial": "১",
                                "title": "নামজারি আবেদনের ধাপ কমানো",
                                "start": "১ জুলাই ২০২৫",
                                "end": "৩১ ডিসেম্বর ২০২৫",
                                "period": "",
                                "responsible": "সহকারী কমিশনার (ভূমি)",
                                "expected_result": "যাতায়াত কমবে",
                                "measure": "নিষ্পন্ন আবেদন",
                                "progress": "প্রথম ধাপের ফরম চালু হয়েছে",
                                "state": "সম্পন্ন",
                            },
                            {
                                "key": "task:2",
                                "serial": "২",
                                "title": "মৃত্যু নিবন্ধনের সংযুক্তি কমানো",
                                "start": "১ আগস্ট ২০২৫",
                                "end": "৩০ এপ্রিল ২০২৬",
                                "period": "",
                                "responsible": "সহকারী প্রোগ্রামার",
                                "expected_result": "কষ্ট কমবে",
                                "measure": "গড় দিন",
                                "progress": "",
                                "state": "চলমান",
                            },
                        ],
                    }
                ],
            }
        ],
        "pictures": [{"sha256": "a" * 64, "name": "ছবি.jpg", "caption": "সভার ছবি"}],
    },
]


def sections() -> list[dict[str, Any]]:
    """A fresh copy, to be changed at will."""
    return deepcopy(SECTIONS)


def section(parts: list[dict[str, Any]], key: str) -> dict[str, Any]:
    return next(one for one in parts if one["key"] == key)


def freeze(submission: Submission, parts: list[dict[str, Any]]) -> Submission:
    """Let a submission say just this, as if it had been sent so."""
    submission.content = {**submission.content, "sections": parts}
    submission.save(update_fields=["content"])
    return submission
