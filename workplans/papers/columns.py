"""The columns of each printed form of a plan, and of its progress tables.

What a form shows is one set of tasks; the forms differ in their columns alone. A column stands
on one of three levels: what a whole subject says once (its cell spans all its rows), what a task
says once, and what each of a task's indicators says in a line of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ..enums import PlanForm


class Level(StrEnum):
    """What a column's cell is about, and so how many lines it spans."""

    SUBJECT = "subject"
    TASK = "task"
    DETAIL = "detail"


@dataclass(frozen=True, slots=True)
class Column:
    """One column on paper.

    `width` in millimetres is shared out over the page with those of the other columns. Neighbours
    with the same `under` stand under one common heading; `note` is said below the heading in
    smaller letters.
    """

    key: str
    heading: str
    css: str
    width: float
    level: Level = Level.TASK
    under: str = ""
    note: str = ""

    @property
    def content(self) -> dict[str, Any]:
        """The column as plain data."""
        return {
            "key": self.key,
            "heading": self.heading,
            "class": self.css,
            "width": self.width,
            "level": self.level.value,
            "under": self.under,
            "note": self.note,
        }


WHEN = "বাস্তবায়নকাল"
SERIAL = Column("serial", "ক্রঃ নং", "c-serial", 8)
SUBJECT = Column("subject", "বিষয়", "c-subject", 26, Level.SUBJECT)
TEXT_WIDTH = 273  # of A4 lying across, less its margins, in millimetres
TITLE = Column("title", "প্রস্তাবিত বিষয় (গৃহীতব্য কাজের নাম)", "c-title", 66)
START = Column("start", "শুরুর তারিখ", "c-date", 21, under=WHEN)
END = Column("end", "সমাপ্তির তারিখ", "c-date", 21, under=WHEN)
PERIOD = Column("period", WHEN, "c-period", 40)
RESPONSIBLE = Column("responsible", "দায়িত্বপ্রাপ্ত কর্মকর্তা", "c-responsible", 30)
RESULT = Column(
    "expected_result",
    "প্রত্যাশিত ফলাফল",
    "c-result",
    56,
    note="কাজটি সম্পন্ন হলে গুণগত বা পরিমাণগত কী পরিবর্তন আসবে",
)
MEASURE = Column(
    "measure",
    "পরিমাপ",
    "c-measure",
    45,
    note="প্রত্যাশিত ফলাফল তৈরি হয়েছে কি না তা পরিমাপের মানদণ্ড",
)
PROGRESS = Column("progress", "অগ্রগতি", "c-progress", 40)

TARGETS = "লক্ষ্যমাত্রা/নির্ণায়ক"
SELF = "স্ব-মূল্যায়ন"
REVIEWER = "মূল্যায়নকারীর মূল্যায়ন"
GRADES_IN_WORDS = (
    (100, "অসাধারণ"),
    (90, "অতি উত্তম"),
    (80, "উত্তম"),
    (70, "চলতি মান"),
    (60, "চলতি মানের নিম্নে"),
)
_PER_CENT = {100: "১০০%", 90: "৯০%", 80: "৮০%", 70: "৭০%", 60: "৬০%"}


def _detail(key: str, heading: str, css: str, width: float, under: str = "") -> Column:
    return Column(key, heading, css, width, Level.DETAIL, under)


INDICATOR = _detail("indicator", "কর্মসম্পাদন সূচক", "c-indicator", 30)
UNIT = _detail("unit", "একক", "c-unit", 10)
SCORED = (
    Column("subject", "উদ্দেশ্য", "c-objective", 24, Level.SUBJECT),
    Column("subject_weight", "উদ্দেশ্যের মান", "c-figure", 12.5, Level.SUBJECT),
    Column("title", "কার্যক্রম", "c-activity", 36),
    INDICATOR,
    UNIT,
    _detail("weight", "সূচকের মান", "c-weight", 9.5),
    _detail("previous", "পূর্ববর্তী অর্জন", "c-value", 12),
    *(
        Column(
            f"target_{grade}",
            words,
            "c-value",
            12,
            Level.DETAIL,
            TARGETS,
            note=_PER_CENT[grade],
        )
        for grade, words in GRADES_IN_WORDS
    ),
    _detail("projection", "প্রক্ষেপণ", "c-value", 12),
    _detail("achieved", "অর্জন", "c-value", 12, SELF),
    _detail("raw", "খসড়া স্কোর", "c-score", 9.5, SELF),
    _detail("weighted", "ভারিত স্কোর", "c-score", 9.5, SELF),
    _detail("review_achieved", "গৃহীত অর্জন", "c-value", 12, REVIEWER),
    _detail("review_raw", "খসড়া স্কোর", "c-score", 9.5, REVIEWER),
    _detail("review_weighted", "ভারিত স্কোর", "c-score", 9.5, REVIEWER),
)
_QUARTERLY = (
    Column("subject", "বিষয়", "c-subject", 24, Level.SUBJECT),
    Column("title", "কার্যক্রম", "c-work", 48),
    _detail("indicator", "কর্মসম্পাদন সূচক", "c-sign", 38),
    UNIT,
)

TEXT_FORMS: dict[str, tuple[Column, ...]] = {
    PlanForm.SUBJECT: (SUBJECT, TITLE, START, END, RESPONSIBLE, RESULT, MEASURE),
    PlanForm.PROGRESS: (SUBJECT, TITLE, START, END, RESPONSIBLE, RESULT, MEASURE, PROGRESS),
    PlanForm.COMBINED: (TITLE, PERIOD, RESPONSIBLE, RESULT, MEASURE),
}
# The forms of which each column had a number of its own, said again on each page.
NUMBERED = frozenset({PlanForm.SUBJECT, PlanForm.PROGRESS, PlanForm.COMBINED})


def columns_of(form: str, quarters: Sequence[str]) -> tuple[Column, ...]:
    """The columns of a form after the serial; `quarters` are the names of the plan's quarters."""
    if form == PlanForm.SCORED:
        return SCORED
    if form == PlanForm.QUARTERLY:
        return (*_QUARTERLY, *_of_quarters(quarters), _detail("total", "মোট অর্জন", "c-quarter", 16))
    return TEXT_FORMS[form]


def _of_quarters(quarters: Sequence[str]) -> Iterable[Column]:
    for number, name in enumerate(quarters, start=1):
        yield _detail(f"target_q{number}", "লক্ষ্যমাত্রা", "c-quarter", 16, name)
        yield _detail(f"achieved_q{number}", "অর্জন", "c-quarter", 16, name)
