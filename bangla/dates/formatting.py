"""Dates in words, as government papers write them."""

from __future__ import annotations

from datetime import date

from bangla.calendar import from_gregorian
from bangla.dates.names import iso_weekday_name, month_name
from bangla.digits import Language, to_bangla


def format_date(d: date, *, lang: Language = "bn") -> str:
    """Return ``"২৬ আগস্ট ২০১৯"``, or ``"26 August 2019"`` in English."""
    words = f"{d.day} {month_name(d.month, lang)} {d.year}"
    return to_bangla(words) if lang == "bn" else words


def format_bangla_date(d: date) -> str:
    """Return the Bangla date of a Gregorian day: ``"১১ ভাদ্র ১৪২৬"``."""
    bangla = from_gregorian(d)
    return to_bangla(f"{bangla.day} {bangla.month_name} {bangla.year}")


def weekday_name(d: date, lang: Language = "bn") -> str:
    """Return the weekday of `d`: ``"সোমবার"``."""
    return iso_weekday_name(d.isoweekday(), lang)
