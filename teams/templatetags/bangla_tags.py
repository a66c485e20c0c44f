"""Digits, numbers and dates in the language of the page. Built in: no {% load %} needed."""

from datetime import date, datetime, time

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from bangla.dates import (
    format_bangla_date,
    format_date,
    format_time,
    month_name,
    weekday_name,
)
from bangla.digits import Language, format_number, to_bangla
from teams.models import in_bengali

register = template.Library()


def _lang() -> Language:
    return "bn" if in_bengali() else "en"


@register.filter
def digits(value: object) -> str:
    """The text with its digits in the script of the page: ৪২ or 42."""
    if value is None:
        return ""
    return to_bangla(value) if in_bengali() else str(value)


@register.filter
def number(value: int) -> str:
    """A count with lakh grouping: ১২,৩৪,৫৬৭."""
    return format_number(value, lang=_lang())


@register.filter
def day(value: date | datetime | None) -> str:
    """A date in words: ২৬ আগস্ট ২০১৯; nothing for no date."""
    return format_date(_as_date(value), lang=_lang()) if value else ""


@register.filter
def day_short(value: date | datetime | None) -> str:
    """A date without its year: ২৬ আগস্ট."""
    return day(value).rsplit(" ", 1)[0] if value else ""


@register.filter
def month_label(value: date) -> str:
    """The month of a day: নভেম্বর ২০২৬."""
    return f"{month_name(value.month, _lang())} {digits(value.year)}"


@register.filter
def bangla_day(value: date | datetime | None) -> str:
    """The same day in the Bangla calendar: ১১ ভাদ্র ১৪২৬."""
    return format_bangla_date(_as_date(value), lang=_lang()) if value else ""


@register.filter
def weekday(value: date | datetime | None) -> str:
    return weekday_name(_as_date(value), lang=_lang()) if value else ""


@register.filter
def moment(value: time | None) -> str:
    """A time of day in words: দুপুর ১:৩০ টা."""
    return format_time(value, lang=_lang()) if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """Hours and minutes in Dhaka: ১০:৪২."""
    return digits(timezone.localtime(value).strftime("%H:%M")) if value else ""


@register.filter
def filesize(size: int) -> str:
    """A file's size: ৪২ কিলোবাইট, ১.৩ মেগাবাইট."""
    kilobytes = max(1, round(size / 1024))
    if kilobytes < 1024:
        return _("%(number)s কিলোবাইট") % {"number": digits(kilobytes)}
    return _("%(number)s মেগাবাইট") % {"number": digits(f"{size / 1024 / 1024:.1f}")}


def _as_date(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date()
    return value


@register.filter
def cell(row: dict[str, str], key: str) -> str:
    """A row's words under a column's key."""
    return row[key]
