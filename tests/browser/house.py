"""The office the browser tests work in, and the rows it pastes."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from bangla.digits import to_bangla
from teams.enums import Role, Tier
from teams.models import Office, User
from tests.factories import make_office, make_person, make_post
from workplans.periods import Period


@dataclass
class Upazila:
    """An upazila's office under a district, and the people of its innovation team."""

    office: Office
    head: User
    officer: User
    member: User


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
    return Upazila(office=office, **holders)


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
