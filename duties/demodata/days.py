"""Days as the files say them, so that the story always ends today.

===================  ===============================================================
``month-2 day 10``   the tenth of the month before last
``today-9``          nine days ago
``held+14``          two weeks after the meeting that the words belong to
===================  ===============================================================

The first working day from there on is meant. In a text, such words in braces become a date as
papers write it, and ``{month-2}`` the name of a month: "সেপ্টেম্বর ২০২৬".
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bangla.dates import format_date
from bangla.text import normalise
from meetings.defaults import WEEKEND, month_words
from meetings.months import month_after

_MONTH = re.compile(r"month([+-]\d+)")
_DAY_OF_MONTH = re.compile(r"(month[+-]\d+) day (\d+)")
_DISTANCE = re.compile(r"(today|held)([+-]\d+)")
_BRACES = re.compile(r"\{([^}]+)\}")


@dataclass(frozen=True, slots=True)
class Days:
    """What the words mean on this day, for one meeting if `held` is given."""

    today: date
    held: date | None = None

    def is_day(self, words: str) -> bool:
        return bool(_DAY_OF_MONTH.fullmatch(words) or _DISTANCE.fullmatch(words))

    def day(self, words: str) -> date:
        """Raises ValueError for words that name no day."""
        if match := _DAY_OF_MONTH.fullmatch(words):
            return _working_day(self.month(match[1]).replace(day=int(match[2])))
        match = _DISTANCE.fullmatch(words)
        base = {"today": self.today, "held": self.held}[match[1]] if match else None
        if match is None or base is None:
            raise ValueError(f"no day: {words!r}")
        return _working_day(base + timedelta(days=int(match[2])))

    def month(self, words: str) -> date:
        """The first day of the month. Raises ValueError for other words."""
        match = _MONTH.fullmatch(words)
        if match is None:
            raise ValueError(f"no month: {words!r}")
        return month_after(self.today, int(match[1]))

    def tell(self, text: str) -> str:
        """The text, normalised, with its braces filled in."""
        return normalise(_BRACES.sub(lambda match: self._named(match[1]), text))

    def _named(self, words: str) -> str:
        if self.is_day(words):
            return format_date(self.day(words))
        return month_words(self.month(words))


def _working_day(day: date) -> date:
    while day.weekday() in WEEKEND:
        day += timedelta(days=1)
    return day
