"""One thing to do, and how its due date is shown."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bangla.dates import format_date
from teams.models import in_bengali
from teams.templatetags.bangla_tags import digits

from ..enums import Urgency

SOON_DAYS = 7
NEXT_DAYS = 45
MOST_ITEMS = 60


@dataclass(frozen=True, slots=True)
class DutyItem:
    """One thing to do, with its one button."""

    urgency: Urgency
    due: date | None
    chip: str
    chip_kind: str
    title: str
    detail: str
    url: str
    action: str

    @property
    def order(self) -> tuple[int, date, str]:
        rank = list(Urgency).index(self.urgency)
        return (rank, self.due or date.min, self.title)


def when(due: date, today: date, *, is_late: bool) -> tuple[Urgency, str, str]:
    """The urgency of something due on a day, its chip and the chip's kind."""
    days = (due - today).days
    if is_late:
        return Urgency.LATE, _late_chip(-days), "late"
    if days <= SOON_DAYS:
        return Urgency.SOON, _day_chip(due, days), "risk" if days <= 1 else ""
    return Urgency.NEXT, _short(due), ""


def _late_chip(days: int) -> str:
    return ngettext("%(days)s দিন দেরি", "%(days)s দিন দেরি", days) % {"days": digits(days)}


def _day_chip(due: date, days: int) -> str:
    return {0: _("আজ"), 1: _("আগামীকাল")}.get(days) or _short(due)


def _short(day: date) -> str:
    """২৫ নভেম্বর"""
    return format_date(day, lang="bn" if in_bengali() else "en").rsplit(" ", 1)[0]
