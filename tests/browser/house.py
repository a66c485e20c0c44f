"""The office the browser tests work in, and the rows it pastes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from bangla.digits import to_bangla
from ideas.enums import IdeaStatus
from meetings.actions import add_item, add_topic
from meetings.enums import MeetingStatus
from meetings.models import Meeting
from teams.actions import give_post, make_group
from teams.enums import Role, Tier
from teams.models import Office, Post, User
from tests.factories import (
    make_office,
    make_person,
    make_plan,
    make_post,
    make_task,
    take_plan_to,
)
from tests.ideas.register import make_idea
from tests.meetings.rows import HELD_ON, decided, make_meeting
from workplans.enums import PlanStatus
from workplans.periods import Period


@dataclass
class Upazila:
    """An upazila's office under a district, the people of its innovation team, a reviewer of the
    Cabinet Division, and the system administrator."""

    office: Office
    head: User
    officer: User
    member: User
    reviewer: User
    administrator: User


def make_upazila() -> Upazila:
    """The office with names as long as real ones; its head, innovation officer and a member."""
    root = make_office("cabinet", Tier.CABINET)
    district = make_office("district", Tier.DISTRICT, root)
    office = make_office("upazila", Tier.UPAZILA, district)
    office.name_bn = "উপজেলা নির্বাহী অফিসারের কার্যালয়, শ্রীপুর, গাজীপুর"
    office.name_en = "Office of the Upazila Nirbahi Officer, Sreepur, Gazipur"
    office.place_bn, office.place_en = "শ্রীপুর উপজেলা", "Sreepur Upazila"
    office.save()
    people = {
        "head": ("নাজমুন নাহার সুলতানা", Role.HEAD, "উপজেলা নির্বাহী অফিসার"),
        "officer": ("মো. শফিকুল ইসলাম", Role.INNOVATION_OFFICER, "সহকারী কমিশনার (ভূমি)"),
        "member": ("তানিয়া আক্তার", Role.MEMBER, "সহকারী প্রোগ্রামার"),
    }
    holders = {}
    for key, (name, role, designation) in people.items():
        holders[key] = make_person(name)
        make_post(office, role, designation, holders[key])
    reviewer = make_person("সেলিনা পারভীন")
    make_post(root, Role.CABINET_REVIEWER, "উপসচিব", reviewer)
    administrator = make_person("অর্ণব সরকার")
    make_post(root, Role.SYSTEM_ADMINISTRATOR, "সিস্টেম অ্যানালিস্ট", administrator)
    return Upazila(office=office, reviewer=reviewer, administrator=administrator, **holders)


def make_full_meeting(upazila: Upazila) -> Meeting:
    """A draft with every kind of agenda item on it, after a meeting that was sent out."""
    lead, post = upazila.head, upazila.member.scope.main_post
    office = upazila.office
    make_meeting(
        office,
        by=lead,
        on=date(HELD_ON.year, HELD_ON.month - 1, 11),
        decisions=[
            decided(post),
            decided(text="দ্রুত সেবা " * 30 + "চাই", due="", by_words="সংশ্লিষ্ট সকলে"),
        ],
        status=MeetingStatus.CIRCULATED,
    )
    plan = make_plan(office, by=lead)
    make_task(plan, by=lead, end_text="৩১ অক্টোবর ২০২৬")
    take_plan_to(plan, PlanStatus.APPROVED, by=lead)
    add_topic(office=office, title="দপ্তরের সেবা সহজীকরণ", by=lead)
    for status in (IdeaStatus.RECEIVED, IdeaStatus.PILOTING):
        make_idea(office, by=lead, status=status)
    meeting = make_meeting(office, by=lead, decisions=[decided(post), decided(post, text="ক" * 90)])
    add_item(meeting=meeting, topic="https://www.bangladesh.gov.bd/innovation/2026/plan", by=lead)
    return meeting


@dataclass
class District:
    """A district's office as it was in 2019, and who sits in its innovation team.

    `members` are all who are called, in the order of their posts. The last four are the heads
    of departments whom decisions reach as a group, “সংশ্লিষ্ট দপ্তর প্রধান (সকল)”.
    """

    office: Office
    chair: Post
    officer: Post
    members: list[Post]


def make_district() -> District:
    """The team of a district: the chair, the officer who writes, and four heads of departments."""
    root = make_office("cabinet", Tier.CABINET)
    office = make_office("district", Tier.DISTRICT, root)
    office.name_bn = "জেলা প্রশাসকের কার্যালয়, শেরপুর"
    office.place_bn = "শেরপুর"
    office.save()
    people = (
        ("মোছাঃ রেহানা পারভীন", Role.HEAD, "অতিরিক্ত জেলা প্রশাসক (সার্বিক)", "০৯৩১-৬১২০৭"),
        ("আবু সাঈদ মোল্লা", Role.INNOVATION_OFFICER, "সহকারী কমিশনার (আইসিটি শাখা)", "০৯৩১-৬১৩৪৮"),
        ("ডাঃ সেলিনা হোসেন", Role.MEMBER, "সিভিল সার্জন", ""),
        ("মোঃ হাফিজুর রহমান", Role.MEMBER, "উপপরিচালক, জেলা সমাজসেবা কার্যালয়", ""),
        ("কৃষ্ণপদ দেবনাথ", Role.MEMBER, "জেলা মৎস্য কর্মকর্তা", ""),
        ("শামীমা নাসরিন", Role.MEMBER, "জেলা শিক্ষা কর্মকর্তা", ""),
    )
    posts = []
    for number, (name, role, designation, phone) in enumerate(people, start=1):
        post = make_post(office, role, designation)
        post.phone, post.email = phone, f"seat{number}.sherpur@office.test"
        post.save()
        give_post(post=post, person=make_person(name), starts_on=date(2018, 7, 1))
        posts.append(post)
    make_group(office=office, name="সংশ্লিষ্ট দপ্তর প্রধান (সকল)", posts=posts[2:], by=None)
    return District(office, chair=posts[0], officer=posts[1], members=posts)


HEADINGS = (
    "ক্রম",
    "বিষয়",
    "প্রস্তাবিত বিষয় (গৃহীতব্য কাজের নাম)",
    "শুরুর তারিখ",
    "সমাপ্তির তারিখ",
    "দায়িত্বপ্রাপ্ত কর্মকর্তা",
    "প্রত্যাশিত ফলাফল",
    "পরিমাপ",
)


@dataclass(frozen=True)
class WordTable:
    """A plan as an office has it in Word: the first subject spans two rows.

    The second row ends on `doubtful`, a day without its year; `certain` is what is meant.
    """

    rows: tuple[tuple[str, ...], ...]
    doubtful: str
    certain: str

    @property
    def subjects(self) -> list[str]:
        return list(dict.fromkeys(row[1] for row in self.rows))

    @property
    def titles(self) -> list[str]:
        return [row[2] for row in self.rows]

    @property
    def text(self) -> str:
        """What Word puts on the clipboard as plain text: a merged cell only on its first row."""
        lines = [HEADINGS]
        for number, row in enumerate(self.rows):
            is_merged = number > 0 and row[1] == self.rows[number - 1][1]
            lines.append((row[0], "" if is_merged else row[1], *row[2:]))
        return "\n".join("\t".join(line) for line in lines)

    @property
    def html(self) -> str:
        """The same as HTML, with rowspan."""
        lines = ["".join(f"<td><p><b>{heading}</b></p></td>" for heading in HEADINGS)]
        subjects = [row[1] for row in self.rows]
        for number, row in enumerate(self.rows):
            cells = [f"<td><p>{text}</p></td>" for text in row]
            span = subjects.count(row[1])
            is_merged = number > 0 and row[1] == subjects[number - 1]
            cells[1] = "" if is_merged else f'<td rowspan="{span}"><p>{row[1]}</p></td>'
            lines.append("".join(cells))
        body = "".join(f"<tr>{line}</tr>" for line in lines)
        return f"<html><body><table border=1>{body}</table></body></html>"


def word_table() -> WordTable:
    """Three rows in two subjects for the fiscal year of today, which the form offers first."""
    period = Period.fiscal_year_of(timezone.localdate())
    this_year, next_year = to_bangla(period.starts_on.year), to_bangla(period.ends_on.year)
    rows = (
        (
            "১",
            "সেবা সহজীকরণ",
            "হোল্ডিং কর আদায়ে গ্রামভিত্তিক ক্যাম্প ও তাৎক্ষণিক রশিদ প্রদান",
            f"১ আগস্ট {this_year}",
            f"৩১ মে {next_year}",
            "সহকারী কমিশনার (ভূমি)",
            "কর দিতে ইউনিয়ন পরিষদে যাতায়াত কমবে",
            "ক্যাম্পে আদায় করা রশিদের সংখ্যা",
        ),
        (
            "২",
            "সেবা সহজীকরণ",
            "মৃত্যু নিবন্ধনের আবেদনে সংযুক্তি পাঁচটি থেকে দুইটিতে নামানো",
            f"১৫ সেপ্টেম্বর {this_year}",
            "৩০ ডিসেম্বর",
            "সহকারী প্রোগ্রামার",
            "উত্তরাধিকারীর কাগজ জোগাড়ের কষ্ট কমবে",
            "নিষ্পত্তির গড় দিন",
        ),
        (
            "৩",
            "দক্ষতা উন্নয়ন",
            "ইউনিয়ন উদ্যোক্তাদের জন্য বাংলা ইউনিকোড টাইপিং প্রশিক্ষণ",
            f"১০/০১/{next_year}",
            f"২৫/০১/{next_year}",
            "সহকারী প্রোগ্রামার",
            "আটটি ইউনিয়নে নির্ভুল আবেদন জমা হবে",
            "প্রশিক্ষিত উদ্যোক্তার সংখ্যা",
        ),
    )
    return WordTable(rows, doubtful="৩০ ডিসেম্বর", certain=f"৩০ ডিসেম্বর {this_year}")
