"""Names of months and weekdays: those the app writes, and every spelling it reads."""

from __future__ import annotations

from typing import Final

from bangla.calendar import MONTHS as BANGLA_MONTHS
from bangla.digits import Language
from bangla.text import fold

MONTHS: Final[dict[Language, tuple[str, ...]]] = {
    "bn": (
        "জানুয়ারি", "ফেব্রুয়ারি", "মার্চ", "এপ্রিল", "মে", "জুন",
        "জুলাই", "আগস্ট", "সেপ্টেম্বর", "অক্টোবর", "নভেম্বর", "ডিসেম্বর",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
BANGLA_MONTH_NAMES: Final[dict[Language, tuple[str, ...]]] = {
    "bn": BANGLA_MONTHS,
    "en": (
        "Boishakh", "Joishtho", "Asharh", "Srabon", "Bhadro", "Ashwin",
        "Kartik", "Ogrohayon", "Poush", "Magh", "Falgun", "Chaitra",
    ),
}  # fmt: skip
WEEKDAYS: Final[dict[Language, tuple[str, ...]]] = {
    "bn": ("সোমবার", "মঙ্গলবার", "বুধবার", "বৃহস্পতিবার", "শুক্রবার", "শনিবার", "রবিবার"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
"""Monday first, as ISO counts."""

# Older spellings that papers still carry, common variants and abbreviations, January first. A
# spelling that is in neither list is matched to the nearest full name, and that is a doubt.
_MONTH_VARIANTS: Final = (
    "জানুয়ারী জানু jan",
    "ফেব্রুয়ারী ফেব্রু ফেব feb",
    "মার্চ্চ mar",
    "এপ্রীল apr",
    "",
    "jun",
    "জুলাঈ jul",
    "আগষ্ট অগাস্ট অগাষ্ট অগস্ট আগাস্ট aug",
    "সেপ্টেম্বার সেপ্টেমবর সেপ্টে সেপ্ট sep sept",
    "অক্টোবার অক্টবর অক্টো oct",
    "নভেম্বার নভেমবর নবেম্বর নভে nov",
    "ডিসেম্বার ডিসেমবর ডিসে dec",
)
_BANGLA_MONTH_VARIANTS: Final = (
    "বোশেখ", "জৈষ্ঠ্য জৈষ্ঠ", "", "শ্রাবন", "", "", "", "অগ্রহায়ন", "", "", "ফাগুন", "চৈত",
)  # fmt: skip
_WEEKDAY_VARIANTS: Final = ("mon", "tue", "wed", "বৃহষ্পতিবার thu", "fri", "sat", "রোববার sun")


def month_name(n: int, lang: Language = "bn") -> str:
    """Return the name of Gregorian month `n`, 1 to 12.

    Raises:
        ValueError: there is no such month.
    """
    if not 1 <= n <= 12:
        raise ValueError(f"no month {n}")
    return MONTHS[lang][n - 1]


def iso_weekday_name(iso_weekday: int, lang: Language = "bn") -> str:
    """Return the name of an ISO weekday, 1 (Monday) to 7 (Sunday)."""
    return WEEKDAYS[lang][iso_weekday - 1]


def _numbered(*name_lists: tuple[str, ...]) -> dict[str, int]:
    """Return every folded name with the place, from 1, that it has in its list."""
    return {
        fold(name): number
        for names in name_lists
        for number, spellings in enumerate(names, start=1)
        for name in spellings.split()
    }


FULL_MONTH_NAMES: Final = _numbered(MONTHS["bn"], MONTHS["en"])
MONTH_SPELLINGS: Final = FULL_MONTH_NAMES | _numbered(_MONTH_VARIANTS)
BANGLA_MONTH_SPELLINGS: Final = _numbered(BANGLA_MONTHS, _BANGLA_MONTH_VARIANTS)
WEEKDAY_SPELLINGS: Final = _numbered(WEEKDAYS["bn"], WEEKDAYS["en"], _WEEKDAY_VARIANTS)
