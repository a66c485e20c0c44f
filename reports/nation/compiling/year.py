"""What the consolidated report is compiled from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bangla.digits import format_number, to_bangla
from workplans.periods import Period

from ...enums import NationalPart, ReportKind
from ...models import NationalReport
from ..figures import Total, totals
from ..ground import Ground
from ..periods import Calendar
from ..standing import Standing, standings
from ..tally import Tally, plain, tally_of

# The figures of a part: key, label, unit.
FIGURES: dict[NationalPart, tuple[tuple[str, str, str], ...]] = {
    NationalPart.MEETINGS: (
        ("meetings.held", "অনুষ্ঠিত সভা", "টি"),
        ("meetings.decisions", "গৃহীত সিদ্ধান্ত", "টি"),
        ("meetings.decisions_done", "বাস্তবায়িত সিদ্ধান্ত", "টি"),
    ),
    NationalPart.TRAINING: (
        ("training.trainings", "প্রশিক্ষণ", "টি"),
        ("training.batches", "প্রশিক্ষণের ব্যাচ", "টি"),
        ("training.participants", "প্রশিক্ষণার্থী", "জন"),
        ("training.women", "তাঁদের মধ্যে নারী", "জন"),
        ("training.workshops", "কর্মশালা ও সেমিনার", "টি"),
        ("training.workshop_participants", "কর্মশালায় অংশগ্রহণকারী", "জন"),
    ),
    NationalPart.IDEAS: (
        ("ideas.received", "প্রাপ্ত আইডিয়া", "টি"),
        ("ideas.from_staff", "কর্মকর্তা-কর্মচারীর আইডিয়া", "টি"),
        ("ideas.from_citizens", "নাগরিকের আইডিয়া", "টি"),
        ("ideas.shortlisted", "প্রাথমিকভাবে বাছাই", "টি"),
        ("ideas.approved", "অনুমোদিত", "টি"),
    ),
    NationalPart.PROJECTS: (
        ("projects.pilots_started", "শুরু হওয়া পাইলট", "টি"),
        ("projects.pilots_running", "চলমান পাইলট", "টি"),
        ("projects.pilots_succeeded", "সফল পাইলট", "টি"),
        ("projects.saved_days", "সেবাগ্রহীতার বছরে বাঁচা সময়", "দিন"),
        ("projects.saved_visits", "বছরে বাঁচা যাতায়াত", "বার"),
        ("projects.saved_taka", "বছরে বাঁচা খরচ", "টাকা"),
    ),
    NationalPart.REPLICATION: (
        ("replication.taken", "অন্য দপ্তরের উদ্যোগ গ্রহণ", "টি"),
        ("replication.in_use", "চালু রেপ্লিকেশন", "টি"),
        ("replication.by_others", "অন্য দপ্তরে ছড়ানো নিজ উদ্যোগ", "টি"),
    ),
    NationalPart.SHOWCASE: (
        ("showcase.events", "শোকেসিং আয়োজন", "টি"),
        ("showcase.initiatives", "প্রদর্শিত উদ্যোগ", "টি"),
        ("showcase.awards", "প্রদত্ত পুরস্কার", "টি"),
        ("showcase.recognitions", "প্রাপ্ত স্বীকৃতি", "টি"),
    ),
}
KEYS = tuple(key for figures in FIGURES.values() for key, _label, _unit in figures)


@dataclass(frozen=True, slots=True)
class Year:
    """What the report is compiled from."""

    kind: ReportKind
    period: Period
    before: Period
    ground: Ground
    now: list[Standing]
    then: list[Standing]
    sums: dict[tuple[str, date], Total]

    @property
    def all(self) -> Tally:
        return tally_of(self.now)


def load_year(report: NationalReport) -> Year:
    """Everything that is counted, in a fixed number of queries."""
    kind, period = ReportKind(report.kind), report.period
    before = Calendar(kind).before(period)
    ground = Ground.whole()
    by_year = standings(ground, kind, [period, before])
    return Year(
        kind,
        period,
        before,
        ground,
        by_year[period],
        by_year[before],
        totals(ground, kind, [period, before], KEYS),
    )


# --- Numbers in words ----------------------------------------------------------------------------
def count(count: int) -> str:
    return format_number(count)


def amount(value: Decimal) -> str:
    return format_number(plain(value))


def share(value: int | None) -> str:
    return "—" if value is None else f"{to_bangla(value)}%"
