"""Dates in words, as government papers write them."""

from __future__ import annotations

from datetime import date

from bangla.calendar import from_gregorian
from bangla.dates.names import BANGLA_MONTH_NAMES, iso_weekday_name, month_name
from bangla.digits import Language, to_bangla


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
