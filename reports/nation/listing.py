"""The list behind a figure of the page: exactly the offices and reports that were counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Self, TypeVar
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from workplans.periods import Period, PeriodError

from ..enums import ReportKind
from .figures import BY_KEY, values_of
from .ground import CHOICES, REST, By, Ground
from .periods import Calendar
from .standing import Standing, standings
from .tally import SHOWS, unsent_by_lateness

Choice = TypeVar("Choice", ReportKind, By)
# Before the order of 8 April 2013 there were no innovation teams.
EARLIEST = 2013
# reports:nation_reports as it is seen from reports:nation.
LISTS = "reports/"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for. `group` "" means all groups; `figure` narrows down to the
    accepted reports that hold that number."""

    kind: ReportKind
    period: Period
    by: By = By.TIER
    group: str = ""
    show: str = "due"
    figure: str = ""

    @classmethod
    def of_page(cls, query: Mapping[str, str]) -> Self:
        """Read the address of the page: year, kind, by.

        One query, for the rules of the calendar. Raises ValidationError with a sentence.
        """
        kind = _one_of(ReportKind, query.get("kind") or ReportKind.ANNUAL)
        by = _one_of(By, query.get("by") or By.TIER)
        if by not in CHOICES:
            raise _unknown()
        return cls(kind, _period(kind, query.get("year") or ""), by)

    @classmethod
    def of_list(cls, query: Mapping[str, str]) -> Self:
        """Read the address of a list: year, kind, in (such as "district:gazipur"), show, figure.

        One query. Raises ValidationError with a sentence.
        """
        kind = _one_of(ReportKind, query.get("kind") or ReportKind.ANNUAL)
        by, _colon, group = query.get("in", "").partition(":")
        show, figure = query.get("show") or "due", query.get("figure") or ""
        if show not in SHOWS or (figure and figure not in BY_KEY):
            raise _unknown()
        period = _period(kind, query.get("year") or "")
        return cls(kind, period, _one_of(By, by or By.TIER), group, show, figure)

    def url(self) -> str:
        """The address of the list, from the page of the nation: there are hundreds of these."""
        said = {
            "year": self.period.code,
            "kind": self.kind if self.kind != ReportKind.ANNUAL else "",
            "in": f"{self.by}:{self.group}" if self.group else "",
            "show": self.show if not self.figure else "",
            "figure": self.figure,
        }
        asked = urlencode({name: value for name, value in said.items() if value}, safe=":")
        return f"{LISTS}?{asked}"

    def behind(self, show: str, group: str = "", *, by: By | None = None) -> str:
        """The address of the list behind one count."""
        return replace(self, show=show, group=group, by=by or self.by, figure="").url()

    def holding(self, figure: str) -> str:
        """The address of the list of reports that hold a figure."""
        return replace(self, figure=figure, group="", show="due").url()


@dataclass(frozen=True, slots=True)
class Line:
    """An office of the list; `value` is what its report says, where the list is about a figure."""

    standing: Standing
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """The whole list, before it is cut into pages. `total` is the sum of the values."""

    title: str
    lines: list[Line]
    total: Decimal | None = None


def listing(ground: Ground, asked: Asked) -> Listing:
    """What stands behind a figure. Raises ValidationError for a group nobody is in."""
    if asked.group and not _knows(ground, asked):
        raise _unknown()
    found = [
        standing
        for standing in standings(ground, asked.kind, [asked.period])[asked.period]
        if not asked.group or standing.place.group(asked.by) == asked.group
    ]
    where = f"{ground.label(asked.by, asked.group)}: " if asked.group else ""
    if asked.figure:
        kept = BY_KEY[asked.figure]
        values = values_of(ground, asked.kind, asked.period, [asked.figure])[asked.figure]
        lines = [Line(s, values[s.place.pk]) for s in found if s.place.pk in values]
        lines.sort(key=lambda line: (-(line.value or 0), line.standing.place.path))
        total = sum((line.value or Decimal() for line in lines), Decimal())
        return Listing(f"{where}{kept.label}", lines, total)
    show = SHOWS[asked.show]
    picked = [standing for standing in found if show.picks(standing)]
    if asked.show == "unsent":
        picked = unsent_by_lateness(picked, timezone.localdate())
    return Listing(f"{where}{show.label}", [Line(standing) for standing in picked])


def _knows(ground: Ground, asked: Asked) -> bool:
    """Whether the group can be called by a name and holds anybody."""
    named = asked.group == REST or asked.by == By.TIER or asked.group in ground.known
    return named and ground.has_group(asked.by, asked.group)


def _period(kind: ReportKind, code: str) -> Period:
    """The period as written in the address; without one, the last that is over.

    Only periods the kind of report is about: a page of a year nobody reports on says nothing.
    """
    calendar = Calendar(kind)
    today = timezone.localdate()
    if not code:
        return calendar.last_over(today)
    try:
        period = Period.parse(code)
    except PeriodError as wrong:
        raise ValidationError(str(wrong)) from wrong
    if period != calendar.containing(period.ends_on):
        raise _unknown()
    if not EARLIEST <= period.starts_on.year <= today.year:
        raise ValidationError(_("এই সময়কালের প্রতিবেদন নেই। পাতার তালিকা থেকে বছর বেছে নিন।"))
    return period


def _one_of(choices: type[Choice], value: str) -> Choice:
    try:
        return choices(value)
    except ValueError as wrong:
        raise _unknown() from wrong


def _unknown() -> ValidationError:
    return ValidationError(_("ঠিকানাটি ঠিক নেই। জাতীয় চিত্রের পাতা থেকে আবার বেছে নিন।"))
