"""Finds what a cell of a schedule says, by patterns over the kinds of its words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bangla.dates.cells import Cell, Moment, MonthDay, Part
from bangla.dates.doubts import DoubtCode
from bangla.dates.recurrence import Recurrence, RecurrenceUnit
from bangla.dates.tokens import Token, signature, tokenise
from bangla.text import normalise

# A cell of a plan is a line or two; what is longer is prose and is not read for dates.
_LONGEST_CELL: Final = 500

_UNITS: Final = {
    "W": RecurrenceUnit.WEEK,
    "M": RecurrenceUnit.MONTH,
    "Q": RecurrenceUnit.QUARTER,
    "H": RecurrenceUnit.HALF,
    "Y": RecurrenceUnit.YEAR,
}
_ADJECTIVES: Final = {
    "সাপ্তাহিক": (RecurrenceUnit.WEEK, 1),
    "weekly": (RecurrenceUnit.WEEK, 1),
    "পাক্ষিক": (RecurrenceUnit.WEEK, 2),
    "fortnightly": (RecurrenceUnit.WEEK, 2),
    "মাসিক": (RecurrenceUnit.MONTH, 1),
    "monthly": (RecurrenceUnit.MONTH, 1),
    "দ্বিমাসিক": (RecurrenceUnit.MONTH, 2),
    "quarterly": (RecurrenceUnit.QUARTER, 1),
}
_YEARLY: Final = (RecurrenceUnit.YEAR, 1)
_PART_MONTHS: Final = {"Q": 3, "H": 6}
_LAST_DAY: Final = 31

# Patterns over signatures (the kinds are listed in `tokens`). Where several fit, the first does.
_TO_MONTH = "o?t?[-/.,]?f*[mb]"
# "The 1st week of the month" names no day.
_MONTH_DAY = "(?:n(?=[ot<>-]|$)(?!o?[DWMQHY])o?t?|l[tD])"
_PATTERNS: Final = {
    "iso": r"y(?P<s>[-/.])n(?P=s)n",
    "numbers": r"n/n/[yn](?!/[nxy])|n\.n\.[yn](?!\.[nxy])|n-n-[yn]",
    "named": (
        r"no?(?P<t>[-/.])[mb](?P=t)[yn]"
        r"|no?t?,?f*[mb]M?[-/.,fs]*y"
        rf"|no?,?[mb],?n(?![ot]|[-/.]n|{_TO_MONTH})"
        r"|[mb]\.?no?,?y"
        r"|[mb]Mno?t(?:,?y)?"
        r"|yf*sf*,?(?:no?f*)?[mb]M?"
        rf"|n{_TO_MONTH}M?"
        r"|[mb]M?(?:[-/.,fs]*y)?"
    ),
    "day": rf"no?t?(?=[->]n{_TO_MONTH})",
    "fiscal": r"y[-/][ny]f*Y|Yf*y[-/][ny]",
    "year": r"yf*s",
    "part": r"(?:no|c)f*[QH]|[QH][-.]?n",
    "whole": r"af*Yj?|Yj|A",
    "cycle": r"eW?d|e?[nk][WMQHY](?:i|rr)+|ef*[nk]?[WMQHY]i*|e?h-?P|e?P|[QH]i*",
    "monthday": rf"[NS]M{_MONTH_DAY}|(?<=M){_MONTH_DAY}|no?t|n(?=[->]no?t)",
    "ongoing": r"g",
    "weekday": r"d",
}
_MENTION: Final = re.compile("|".join(f"(?P<{name}>{p})" for name, p in _PATTERNS.items()))

# Kinds that may stand beside a date without changing it.
_IDLE: Final = frozenset("otfs,.-/><&")
# Kinds that do change it when they are not part of what was understood.
_CHANGING: Final = frozenset("nyxkr")


def read_cell(text: str) -> Cell:
    """Read one cell."""
    words = normalise(text)
    return _Reader(words, tokenise(words) if len(words) <= _LONGEST_CELL else []).cell()


class _Reader:
    """Walks once through the tokens of a cell and collects what they say."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.signature = signature(tokens)
        self.moments: list[tuple[Moment, re.Match[str]]] = []
        self.parts: list[Part] = []
        self.cycles: list[Recurrence] = []
        self.month_days: list[MonthDay] = []
        self.weekdays: list[int] = []
        self.ongoing = False

    def cell(self) -> Cell:
        """Return what the cell says."""
        unread = list(self.tokens)
        for match in _MENTION.finditer(self.signature):
            tokens = self.tokens[match.start() : match.end()]
            if self._take(match, tokens):
                unread = [token for token in unread if token not in tokens]
        unread = [token for token in unread if token.kind not in _IDLE]
        between, after = self._around_moments()
        return Cell(
            text=self.text,
            blank=len(self.text) <= _LONGEST_CELL and set(self.signature) <= set("-/.,"),
            moments=self._completed_moments(),
            parts=tuple(self.parts),
            cycles=tuple(dict.fromkeys(self.cycles)),
            month_days=tuple(self.month_days),
            weekdays=tuple(self.weekdays),
            ongoing=self.ongoing,
            says_from=">" in self.signature,
            says_until="<" in self.signature,
            linked=bool(set(between) & set("-><"))
            or (not set(between) & set("&,/") and "<" in after),
            apart=not set(between) & set("-><") and bool(set(between) & set("&,/")),
            unread=" ".join(self._words([token]) for token in unread),
            certain=not any(token.kind in _CHANGING for token in unread),
        )

    def _take(self, match: re.Match[str], tokens: list[Token]) -> bool:
        """Note one mention; return whether it makes sense."""
        match match.lastgroup:
            case "ongoing":
                self.ongoing = True
            case "weekday":
                self.weekdays.append(tokens[0].value)
            case "part":
                return self._take_part(tokens)
            case "whole":
                self.parts.append(Part(1, 12, self._words(tokens)))
            case "cycle":
                return self._take_cycle(tokens)
            case "monthday":
                return self._take_month_day(
                    tokens, follows_month=self.signature[match.start() - 1 : match.start()] == "M"
                )
            case name:
                moment = self._moment(name, tokens)
                if moment is not None:
                    self.moments.append((moment, match))
                return moment is not None
        return True

    def _take_part(self, tokens: list[Token]) -> bool:
        months = next(_PART_MONTHS[token.kind] for token in tokens if token.kind in _PART_MONTHS)
        place = next(token.value for token in tokens if token.kind in "nc")
        if not 1 <= place <= 12 // months:
            return False
        self.parts.append(Part(place, months, self._words(tokens)))
        return True

    def _take_cycle(self, tokens: list[Token]) -> bool:
        named = {token.kind: token for token in tokens}
        every = next((token.value for token in tokens if token.kind in "nk"), 1)
        weekday = named["d"].value if "d" in named else None
        if weekday is not None:
            unit = RecurrenceUnit.WEEK
        elif "P" in named:
            unit, every = _ADJECTIVES.get(named["P"].word, _YEARLY)
            if "h" in named:
                if unit is not RecurrenceUnit.YEAR:
                    return False
                unit = RecurrenceUnit.HALF
        else:
            unit = next(_UNITS[token.kind] for token in tokens if token.kind in _UNITS)
        if every < 1:
            return False
        self.cycles.append(Recurrence(unit, every, start_day=weekday))
        return True

    def _take_month_day(self, tokens: list[Token], *, follows_month: bool) -> bool:
        day = next((token.value for token in tokens if token.kind == "n"), _LAST_DAY)
        if not 1 <= day <= _LAST_DAY:
            return False
        offset: int | None
        if tokens[0].kind in "NS":
            offset = int(tokens[0].kind == "N")
        elif follows_month:
            offset = 0
        else:
            # The second of two days belongs to the month named for the first.
            offset = self.month_days[-1].offset if self.month_days else None
        self.month_days.append(MonthDay(day, offset))
        return True

    def _moment(self, pattern: str | None, tokens: list[Token]) -> Moment | None:
        """Return the moment that the tokens name by one of the date patterns."""
        words = self._words(tokens)
        numbers = [token for token in tokens if token.kind in "ny"]
        values = [token.value for token in numbers]
        match pattern:
            case "iso":
                year, month, day = values
                return Moment(year, month, day, words)
            case "numbers":
                return _numeric_moment(numbers, words)
            case "day":
                return Moment(None, None, values[0], words)
            case "year":
                return Moment(values[0], 1, None, words, months=12)
            case "fiscal":
                first, second = values
                follows = second in (first + 1, (first + 1) % 100)
                return Moment(first, 7, None, words, months=12) if follows else None
        return _named_moment(tokens, numbers, words)

    def _completed_moments(self) -> tuple[Moment, ...]:
        """Return the moments; a day without a month has that of the moment that follows it."""
        moments = [moment for moment, _ in self.moments]
        for i in reversed(range(len(moments) - 1)):
            if moments[i].month is None:
                following = moments[i + 1]
                moments[i] = replace(
                    moments[i],
                    year=following.year,
                    month=following.month,
                    bangla=following.bangla,
                )
        return tuple(moments)

    def _around_moments(self) -> tuple[str, str]:
        """Return the signatures between the first two moments and after the second."""
        if len(self.moments) < 2:
            return "", ""
        (_, first), (_, second) = self.moments[:2]
        return self.signature[first.end() : second.start()], self.signature[second.end() :]

    def _words(self, tokens: list[Token]) -> str:
        """Return the words of consecutive tokens as written."""
        return self.text[tokens[0].start : tokens[-1].end]


def _numeric_moment(numbers: list[Token], words: str) -> Moment:
    """Return day/month/year in numbers. Bangladesh writes the day first."""
    day, month, _ = (number.value for number in numbers)
    doubts: tuple[DoubtCode, ...] = ()
    if month > 12 >= day:
        day, month = month, day
        doubts = (DoubtCode.MONTH_FIRST,)
    year, year_doubts = _year(numbers[2])
    return Moment(year, month, day, words, doubts=doubts + year_doubts)


def _named_moment(tokens: list[Token], numbers: list[Token], words: str) -> Moment:
    """Return a moment whose month is written as a word."""
    month = next(token for token in tokens if token.kind in "mb")
    doubts: tuple[DoubtCode, ...] = (DoubtCode.MONTH_REPAIRED,) if month.repaired else ()
    years = [number for number in numbers if number.kind == "y"]
    days = [number for number in numbers if number.kind == "n"]
    year = None
    if years or len(days) == 2:
        year, year_doubts = _year((years or days[1:])[0])
        doubts += year_doubts
    return Moment(
        year,
        month.value,
        days[0].value if days else None,
        words,
        bangla=month.kind == "b",
        doubts=doubts,
    )


def _year(number: Token) -> tuple[int, tuple[DoubtCode, ...]]:
    """Return a year of four digits as it is, one of two digits as 1970 to 2069 with a doubt."""
    if number.kind == "y":
        return number.value, ()
    century = 1900 if number.value >= 70 else 2000
    return century + number.value, (DoubtCode.TWO_DIGIT_YEAR,)
