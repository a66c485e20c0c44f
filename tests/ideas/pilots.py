"""Pilots for tests, made through the application's own actions."""

import io
from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from ideas.actions import MeasureRow, People, PilotPlan, VisitText, save_measures, update_pilot
from ideas.models import Idea, Pilot
from teams.models import Office, User
from teams.uploads import CleanFile, clean_upload
from tests.ideas.register import make_idea

PLAN = PilotPlan(
    place="বক্তারপুর ইউনিয়ন",
    starts_on=date(2026, 10, 1),
    ends_on=date(2026, 12, 31),
    mentor="ড. ফারজানা হক, সহযোগী অধ্যাপক",
    budget=120_000,
    budget_source="উদ্ভাবন খাত",
    expected="আবেদন নিষ্পত্তি ১২ দিন থেকে ৩ দিনে নামবে",
)
VISIT = VisitText(
    visited_on=date(2026, 11, 5),
    visitor="তানিয়া আক্তার, সহকারী প্রোগ্রামার",
    notes="হাটের দিনে ৪১ জন এসেছেন।\nদুজনের কাগজ অসম্পূর্ণ ছিল।",
    advice="কাগজের তালিকা আগের হাটে টাঙানো দরকার",
)
ROWS = (
    MeasureRow("time", "day", Decimal("12.5"), Decimal("3")),
    MeasureRow("cost", "taka", Decimal("850"), Decimal("120.50")),
    MeasureRow("visits", "visit", Decimal("4"), Decimal("1")),
)


def make_pilot(office: Office, *, by: User, plan: PilotPlan = PLAN, **words: object) -> Pilot:
    """A running pilot with a plan; `by` leads the team, `words` are the idea's."""
    pilot = make_idea(office, by=by, status="piloting", **words).pilot
    return update_pilot(pilot=pilot, version=pilot.version, plan=plan, by=by)


def measure(pilot: Pilot, *, by: User, people: int | None = 1200, rows=ROWS) -> None:
    save_measures(of=pilot, rows=rows, people=People(people, "সেবা রেজিস্টার"), by=by)


def picture_bytes(colour: str = "white", kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 6), colour).save(out, kind)
    return out.getvalue()


def upload(colour: str = "white", name: str = "ছবি.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture_bytes(colour), "image/png")


def picture(colour: str = "white") -> CleanFile:
    return clean_upload(upload(colour), pictures_only=True)


def fresh(idea: Idea) -> Idea:
    return Idea.objects.get(pk=idea.pk)
