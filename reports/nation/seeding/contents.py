"""What a sent report says: short, but in the shape and with the figures of a real one."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import Any

from django.utils import timezone, translation

from bangla.dates import format_bangla_date, format_date
from bangla.digits import format_number, to_bangla
from teams.enums import Tier
from teams.models import Office

from ...documents import FORMAT, TITLES
from ...enums import ReportKind, SectionKey
from ...models import Report
from .lots import HEADS, lot

# How much happens in an office of each tier, beside an upazila.
SCALES = {Tier.MINISTRY: 3, Tier.AGENCY: 2, Tier.DIVISION: 3, Tier.DISTRICT: 2, Tier.UPAZILA: 1}
PROBLEMS = (
    "প্রশিক্ষিত জনবলের ঘাটতি ছিল; বদলির পর নতুন সদস্যদের প্রস্তুত করতে সময় লেগেছে।",
    "ইন্টারনেটের গতি কম থাকায় অনলাইন সেবা চালু রাখতে বারবার বাধা এসেছে।",
    "পাইলটের জন্য বরাদ্দ বছরের শেষ প্রান্তিকে পাওয়া গেছে, তাই দুটি উদ্যোগ পিছিয়েছে।",
    "সেবাগ্রহীতাদের অনেকে অনলাইনে আবেদন করতে অভ্যস্ত নন; সহায়তা ডেস্ক চালু করে উপকার পাওয়া গেছে।",
    "অন্য দপ্তরের সফল উদ্যোগ হুবহু না নিয়ে স্থানীয় প্রয়োজনে সাজিয়ে নেওয়ায় ফল ভালো হয়েছে।",
    "আইডিয়া যাচাইয়ে নাগরিক প্রতিনিধি রাখায় বাস্তব সমস্যাগুলো আগে ধরা পড়েছে।",
)
_PARTS = (
    SectionKey.INTRODUCTION,
    SectionKey.MEETINGS,
    SectionKey.TRAINING,
    SectionKey.PROJECTS,
    SectionKey.IDEAS,
    SectionKey.SHOWCASE,
    SectionKey.REPLICATION,
    SectionKey.PROBLEMS,
    SectionKey.PLAN,
)
_LABELS = {
    "meetings.held": ("অনুষ্ঠিত সভা", "টি"),
    "meetings.monthly": ("মাসিক সভা", "টি"),
    "meetings.decisions": ("গৃহীত সিদ্ধান্ত", "টি"),
    "meetings.decisions_done": ("বাস্তবায়িত সিদ্ধান্ত", "টি"),
    "training.trainings": ("প্রশিক্ষণ", "টি"),
    "training.batches": ("ব্যাচ", "টি"),
    "training.participants": ("প্রশিক্ষণার্থী", "জন"),
    "training.women": ("তাঁদের মধ্যে নারী", "জন"),
    "training.workshops": ("কর্মশালা", "টি"),
    "training.workshop_participants": ("কর্মশালায় অংশগ্রহণকারী", "জন"),
    "projects.approved": ("অনুমোদিত উদ্যোগ", "টি"),
    "projects.pilots_started": ("শুরু হওয়া পাইলট", "টি"),
    "projects.pilots_running": ("চলমান পাইলট", "টি"),
    "projects.pilots_succeeded": ("সফল পাইলট", "টি"),
    "projects.saved_days": ("বছরে বাঁচা সময়", "দিন"),
    "projects.saved_taka": ("বছরে বাঁচা খরচ", "টাকা"),
    "projects.saved_visits": ("বছরে বাঁচা যাতায়াত", "বার"),
    "ideas.received": ("প্রাপ্ত আইডিয়া", "টি"),
    "ideas.from_staff": ("কর্মকর্তা-কর্মচারীর", "টি"),
    "ideas.from_citizens": ("নাগরিকের", "টি"),
    "ideas.shortlisted": ("প্রাথমিক বাছাই", "টি"),
    "ideas.approved": ("অনুমোদিত", "টি"),
    "ideas.declined": ("অগৃহীত", "টি"),
    "showcase.events": ("শোকেসিং আয়োজন", "টি"),
    "showcase.initiatives": ("প্রদর্শিত উদ্যোগ", "টি"),
    "showcase.awards": ("প্রদত্ত পুরস্কার", "টি"),
    "showcase.recognitions": ("প্রাপ্ত স্বীকৃতি", "টি"),
    "replication.taken": ("গৃহীত উদ্যোগ", "টি"),
    "replication.in_use": ("চালু রেপ্লিকেশন", "টি"),
    "replication.by_others": ("অন্যদের নেওয়া", "টি"),
    "plan.tasks": ("পরিকল্পনার কাজ", "টি"),
    "plan.done": ("সম্পন্ন কাজ", "টি"),
    "plan.percent": ("গড় অগ্রগতি", "শতাংশ"),
    "plan.late": ("বিলম্বিত কাজ", "টি"),
}


def content_of(report: Report, sent: datetime) -> dict[str, Any]:
    """A short report in the shape of `reports.documents`, with the figures of the year."""
    office, day = report.office, timezone.localdate(sent)
    chance = lot(f"content:{office.code}:{report.starts_on}")
    values = _values(office, report)
    with translation.override("bn"):
        return {
            "format": FORMAT,
            "kind": report.kind,
            "title": TITLES[ReportKind.ANNUAL],
            "office": office.name_bn,
            "office_code": office.code,
            "tier": office.tier,
            "superior": "",
            "period": report.period.label,
            "period_code": report.period.code,
            "starts_on": report.starts_on.isoformat(),
            "ends_on": report.ends_on.isoformat(),
            "period_dates": f"{format_date(report.starts_on)} থেকে {format_date(report.ends_on)}",
            "date": format_date(day),
            "bangla_date": format_bangla_date(day),
            "sections": [
                _part(key, number, values, chance, office)
                for number, key in enumerate(_PARTS, start=1)
            ],
            "signature": {
                "name": report.submitted_by.name_bn if report.submitted_by else "",
                "designation": HEADS[Tier(office.tier)],
                "office": office.name_bn,
            },
        }


def _values(office: Office, report: Report) -> dict[str, int]:
    """Numbers that agree with each other: no more women than participants, and so on."""
    chance = lot(f"figures:{office.code}:{report.starts_on}")
    scale = SCALES.get(Tier(office.tier), 2)
    quality = lot(f"office:{office.code}").random()
    received = chance.randint(2, 12) * scale
    staff = chance.randint(received // 3, received)
    shortlisted = chance.randint(received // 4, received // 2 + 1)
    approved = chance.randint(0, shortlisted)
    started = chance.randint(0, 2 + scale)
    succeeded = chance.randint(0, started)
    batches = chance.randint(1, 4) * scale
    participants = batches * chance.randint(18, 35)
    tasks = chance.randint(12, 40)
    done = min(tasks, round(tasks * (0.45 + 0.5 * quality)))
    held = chance.randint(6, 12)
    decisions = held * chance.randint(2, 5)
    return {
        "meetings.held": held,
        "meetings.monthly": min(held, 12),
        "meetings.decisions": decisions,
        "meetings.decisions_done": round(decisions * (0.4 + 0.5 * quality)),
        "training.trainings": max(1, batches // 2),
        "training.batches": batches,
        "training.participants": participants,
        "training.women": round(participants * chance.uniform(0.15, 0.45)),
        "training.workshops": chance.randint(1, 3),
        "training.workshop_participants": chance.randint(30, 120),
        "projects.approved": approved,
        "projects.pilots_started": started,
        "projects.pilots_running": started - succeeded,
        "projects.pilots_succeeded": succeeded,
        "projects.saved_days": succeeded * chance.randint(40, 900),
        "projects.saved_taka": succeeded * chance.randint(20, 900) * 1000,
        "projects.saved_visits": succeeded * chance.randint(100, 4000),
        "ideas.received": received,
        "ideas.from_staff": staff,
        "ideas.from_citizens": received - staff,
        "ideas.shortlisted": shortlisted,
        "ideas.approved": approved,
        "ideas.declined": received - shortlisted,
        "showcase.events": chance.randint(0, 2),
        "showcase.initiatives": chance.randint(0, 6),
        "showcase.awards": chance.randint(0, 3),
        "showcase.recognitions": int(chance.random() < 0.15),
        "replication.taken": chance.randint(0, 2),
        "replication.in_use": chance.randint(0, 2),
        "replication.by_others": int(chance.random() < 0.2),
        "plan.tasks": tasks,
        "plan.done": done,
        "plan.percent": min(100, round(100 * done / tasks)),
        "plan.late": tasks - done,
    }


def _part(
    key: SectionKey, number: int, values: dict[str, int], chance: Random, office: Office
) -> dict[str, Any]:
    figures = [
        {
            "key": name.split(".")[1],
            "label": _LABELS[name][0],
            "unit": _LABELS[name][1],
            "value": f"{value}.00",
            "text": f"{format_number(value)} {_LABELS[name][1]}",
        }
        for name, value in values.items()
        if name.startswith(f"{key}.")
    ]
    if key == SectionKey.INTRODUCTION:
        words = [f"{office.name_bn}-এর ইনোভেশন টিমের সারা বছরের কার্যক্রম এই প্রতিবেদনে তুলে ধরা হলো।"]
    elif key == SectionKey.PROBLEMS:
        words = chance.sample(PROBLEMS, 2)
    else:
        words = [", ".join(f"{one['label']} {one['text']}" for one in figures) + "।"]
    return {
        "key": key.value,
        "number": to_bangla(number),
        "title": str(key.label),
        "paragraphs": words,
        "figures": figures,
        "tables": [],
        "pictures": [],
    }
