"""How offices word heads and dates."""

# ruff: noqa: E501 -- a line is a document, or a row of one

from collections.abc import Callable
from datetime import date, timedelta

from bangla.dates import format_bangla_date, format_date, month_name, weekday_name
from bangla.digits import to_bangla
from tests.workplans.importers.build import Column

HEADS: dict[str, dict[str, str]] = {
    "2016": {
        "serial": "ক্রঃ নং", "subject": "বিষয়", "title": "প্রস্তাবিত বিষয় (গৃহীতব্য কাজের নাম)", "starts_on": "শুরুর তারিখ",
        "ends_on": "সমাপ্তির তারিখ", "responsible": "দায়িত্বপ্রাপ্ত কর্মকর্তা",
        "expected_result": "প্রত্যাশিত ফলাফল (কাজটি সম্পন্ন হলে গুণগত বা পরিমাণগত কী পরিবর্তন আসবে)",
        "measure": "পরিমাপ (প্রত্যাশিত ফলাফল তৈরী হয়েছে কি না তা পরিমাপের মানদণ্ড)", "period": "বাস্তবায়নকাল", "progress": "অগ্রগতি",
    },
    "2017": {
        "serial": "ক্রমিক নং", "subject": "উদ্দেশ্য", "title": "গৃহীতব্য কাজ", "starts_on": "আরম্ভের তারিখ", "ends_on": "শেষের তারিখ",
        "responsible": "বাস্তবায়নকারী কর্মকর্তা", "expected_result": "প্রত্যাশিত ফল", "measure": "পরিমাপের মানদণ্ড", "period": "সময়সীমা",
        "progress": "বাস্তবায়ন অগ্রগতি",
    },
    "misspelt": {
        "serial": "ক্র: নং", "subject": "বিষয়সমূহ", "title": "গৃহিতব্য কাজের নাম", "starts_on": "শুরূর তারিখ", "ends_on": "সমাপ্তীর তারিখ",
        "responsible": "দায়ীত্বপ্রাপ্ত কর্মকর্তা", "expected_result": "প্রত্যাশীত ফলাফল", "measure": "পরিমাপের মানদন্ড",
        "period": "বাস্তবায়ন কাল", "progress": "অগগতি",
    },
    "broken": {
        "serial": "ক্র. নং", "subject": "বিষ য়", "title": "কার্য ক্রম", "starts_on": "শুরু র তারিখ", "ends_on": "সমাপ্তি র তারিখ",
        "responsible": "দায়িত্ব প্রাপ্ত কর্ম কর্তা", "expected_result": "প্রত্যা শিত ফলাফল", "measure": "পরি মাপ", "period": "বাস্তবায়ন কাল",
        "progress": "অগ্র গতি",
    },
    "short": {
        "serial": "নং", "subject": "ক্ষেত্র", "title": "কাজ", "starts_on": "শুরু", "ends_on": "শেষ", "responsible": "দায়িত্ব",
        "expected_result": "ফলাফল", "measure": "সূচক", "period": "সময়", "progress": "অগ্রগতি",
    },
    "english": {
        "serial": "SL No.", "subject": "Subject", "title": "Proposed Activities", "starts_on": "Start Date", "ends_on": "End Date",
        "responsible": "Responsible Officer", "expected_result": "Expected Results", "measure": "Measurement", "period": "Timeframe",
        "progress": "Progress",
    },
    "english-2": {
        "serial": "S/N", "subject": "Area", "title": "Activity", "starts_on": "Starting date", "ends_on": "Completion date",
        "responsible": "Responsibility", "expected_result": "Output", "measure": "Performance indicator", "period": "Duration",
        "progress": "Status",
    },
    "both": {
        "serial": "ক্রমিক (SL)", "subject": "বিষয় (Subject)", "title": "কার্যক্রম (Activities)", "starts_on": "শুরু (Start)",
        "ends_on": "শেষ (End)", "responsible": "দায়িত্বপ্রাপ্ত (Responsible)", "expected_result": "ফলাফল (Result)",
        "measure": "পরিমাপ (Measure)", "period": "সময়কাল (Time)", "progress": "অগ্রগতি (Progress)",
    },
    "long": {
        "serial": "ক্রমিক নম্বর", "subject": "কার্যক্রমের ক্ষেত্র", "title": "উদ্ভাবনী উদ্যোগের শিরোনাম", "starts_on": "কাজ শুরুর সম্ভাব্য তারিখ",
        "ends_on": "কাজ সমাপ্তির সম্ভাব্য তারিখ", "responsible": "বাস্তবায়নের দায়িত্বপ্রাপ্ত কর্মকর্তা/শাখা",
        "expected_result": "উদ্যোগটির প্রত্যাশিত ফলাফল", "measure": "ফলাফল পরিমাপের সূচক", "period": "বাস্তবায়নের সময়কাল",
        "progress": "কাজের অগ্রগতি",
    },
    "visarga": {
        "serial": "ক্রঃনং", "subject": "বিষয়ঃ", "title": "কর্মসূচিঃ", "starts_on": "আরম্ভঃ", "ends_on": "সমাপ্তিঃ", "responsible": "দায়িত্বেঃ",
        "expected_result": "প্রত্যাশাঃ", "measure": "মানদণ্ডঃ", "period": "মেয়াদঃ", "progress": "অগ্রগতিঃ",
    },
    "steps": {
        "serial": "ক্রম", "subject": "উদ্দেশ্যসমূহ", "title": "গৃহীত পদক্ষেপ", "starts_on": "শুরুর সময়", "ends_on": "শেষ সময়",
        "responsible": "দায়িত্বপ্রাপ্ত ব্যক্তি", "expected_result": "প্রত্যাশিত আউটপুট", "measure": "যাচাইয়ের উপায়", "period": "সময়",
        "progress": "অর্জিত অগ্রগতি",
    },
    "from-to": {
        "serial": "ক্রমিক", "subject": "বিষয়", "title": "উদ্যোগের নাম", "starts_on": "হতে", "ends_on": "পর্যন্ত", "responsible": "দায়িত্বপ্রাপ্ত কর্মকর্তার নাম",
        "expected_result": "প্রত্যাশিত ফলাফল", "measure": "পরিমাপ", "period": "তারিখ", "progress": "অগ্রগতির বিবরণ",
    },
    "ministry": {
        "serial": "ক্রমিক নং", "subject": "বিষয়/উদ্দেশ্য", "title": "প্রস্তাবিত কার্যাবলি", "starts_on": "প্রারম্ভের তারিখ", "ends_on": "সমাপনী তারিখ",
        "responsible": "বাস্তবায়নকারী অনুবিভাগ/কর্মকর্তা", "expected_result": "প্রত্যাশিত ফলাফল/প্রভাব", "measure": "কর্মসম্পাদন সূচক",
        "period": "বাস্তবায়নের সময়সীমা", "progress": "বাস্তবায়ন অগ্রগতি",
    },
}  # fmt: skip

_LONG_MONTHS = [month_name(month, "en") for month in range(1, 13)]
_SHORT_MONTHS = [month[:3] for month in _LONG_MONTHS]
_ODD_MONTHS = {8: "আগষ্ট", 2: "ফেব্রুয়ারী", 1: "জানুয়ারী", 9: "সেপ্টেম্বার", 4: "এপ্রীল", 11: "নবেম্বর"}


def _bn(pattern: str) -> Callable[[date], str]:
    return lambda day: to_bangla(_en(pattern)(day))


def _en(pattern: str) -> Callable[[date], str]:
    return lambda day: pattern.format(
        d=day.day, m=day.month, y=day.year, yy=day.year % 100, mon=_SHORT_MONTHS[day.month - 1],
        month=_LONG_MONTHS[day.month - 1], mash=month_name(day.month, "bn"),
        odd=_ODD_MONTHS.get(day.month, month_name(day.month, "bn")), weekday=weekday_name(day, "bn"),
        broken=_broken(month_name(day.month, "bn")), th=_ordinal(day.day),
    )  # fmt: skip


def _broken(month: str) -> str:
    """A month's name as a narrow column parts it."""
    return f"{month[:-2]} {month[-2:]}" if len(month) > 5 else month


def _ordinal(day: int) -> str:
    if day == 1:
        return "লা"
    if day in (2, 3):
        return "রা"
    return "ঠা" if day == 4 else "ই" if day < 19 else "শে"


def _both_calendars(day: date) -> str:
    return f"{format_bangla_date(day)}/{format_date(day)} খ্রিস্টাব্দ"


def _excel_number(day: date) -> str:
    return str((day - date(1899, 12, 30)) // timedelta(days=1))


DATES: dict[str, Callable[[date], str]] = {
    "words": _bn("{d} {mash} {y}"),
    "words, comma": _bn("{d} {mash}, {y}"),
    "slashes": _bn("{d:02}/{m:02}/{y}"),
    "dashes": _bn("{d:02}-{m:02}-{y}"),
    "dots": _bn("{d:02}.{m:02}.{y}"),
    "slashes, bare": _bn("{d}/{m}/{y}"),
    "Latin slashes": _en("{d:02}/{m:02}/{y}"),
    "Latin dashes": _en("{d:02}-{m:02}-{y}"),
    "Latin dots": _en("{d:02}.{m:02}.{y}"),
    "English": _en("{d} {month} {y}"),
    "English, month first": _en("{month} {d}, {y}"),
    "English, short": _en("{d:02}-{mon}-{y}"),
    "English, shorter": _en("{d:02}-{mon}-{yy:02}"),
    "ISO": _en("{y}-{m:02}-{d:02}"),
    "khri": _bn("{d} {mash} {y} খ্রি."),
    "khrih": _bn("{d:02}-{m:02}-{y} খ্রিঃ"),
    "khristabda": _bn("{d} {mash} {y} খ্রিস্টাব্দ"),
    "ing": _bn("{d:02}/{m:02}/{y} ইং"),
    "ordinal": _bn("{d}{th} {mash} {y}"),
    "misspelt": _bn("{d} {odd} {y}"),
    "no blank": _bn("{d}{mash} {y}"),
    "broken": _bn("{d} {broken} {y}"),
    "weekday": _bn("{weekday}, {d} {mash} {y}"),
    "two digits": _bn("{d:02}/{m:02}/{yy:02}"),
    "apostrophe": _bn("{d} {mash} ’{yy:02}"),
    "both calendars": _both_calendars,
    "Excel number": _excel_number,
    "no year": _bn("{d} {mash}"),
    "tarikh": _bn("{d:02}/{m:02}/{y} তারিখ"),
}
PERIODS: dict[str, str] = {
    "hote": "{start} হতে {end}",
    "theke": "{start} থেকে {end} পর্যন্ত",
    "dash": "{start} - {end}",
    "en dash": "{start} – {end}",
    "lines": "{start} হতে\n{end} পর্যন্ত",
    "to": "{start} to {end}",
}


def form(head: str, *attributes: str, over: str = "") -> tuple[Column, ...]:
    """Columns under the labels of `head`; with `over`, the two dates stand below that label."""
    labels = HEADS[head]
    columns = []
    for attribute in attributes:
        label = labels[attribute]
        if over and attribute == "starts_on":
            columns.append(Column(attribute, over, label))
        elif over and attribute == "ends_on":
            columns.append(Column(attribute, "", label))
        else:
            columns.append(Column(attribute, label))
    return tuple(columns)
