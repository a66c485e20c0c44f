"""Dates in words, as government papers write them."""

from __future__ import annotations

from datetime import date, time
from typing import Final

from bangla.calendar import from_gregorian
from bangla.dates.names import BANGLA_MONTH_NAMES, iso_weekday_name, month_name
from bangla.digits import Language, to_bangla

# The part of the day that begins at each of these hours.
_PARTS: Final = ((20, "রাত"), (18, "সন্ধ্যা"), (15, "বিকাল"), (12, "দুপুর"), (6, "সকাল"), (4, "ভোর"))


def format_date(d: date, *, lang: Language = "bn") -> str:
    """Return ``"২৬ আগস্ট ২০১৯"``, or ``"26 August 2019"`` in English."""
    words = f"{d.day} {month_name(d.month, lang)} {d.year}"
    return to_bangla(words) if lang == "bn" else words


def format_bangla_date(d: date, *, lang: Language = "bn") -> str:
    """Return the Bangla date of a Gregorian day: ``"১১ ভাদ্র ১৪২৬"``, or ``"11 Bhadro 1426"``."""
    bangla = from_gregorian(d)
    words = f"{bangla.day} {BANGLA_MONTH_NAMES[lang][bangla.month - 1]} {bangla.year}"
    return to_bangla(words) if lang == "bn" else words


def weekday_name(d: date, lang: Language = "bn") -> str:
    """Return the weekday of `d`: ``"সোমবার"``."""
    return iso_weekday_name(d.isoweekday(), lang)


def format_time(t: time, *, lang: Language = "bn") -> str:
    """Return ``"দুপুর ১:৩০ টা"``, or ``"1:30 PM"`` in English; `parse_time` reads both back."""
    clock = f"{t.hour % 12 or 12}:{t.minute:02}"
    if lang == "en":
        return f"{clock} {'AM' if t.hour < 12 else 'PM'}"
    part = next((name for hour, name in _PARTS if t.hour >= hour), "রাত")
    return f"{part} {to_bangla(clock)} টা"
